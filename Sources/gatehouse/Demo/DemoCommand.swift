import ArgumentParser
import Store

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Open the console on simulated traffic that leaves nothing behind.",
        discussion: """
            A shop's API on an ordinary day, with a story that repeats every ten minutes: a partner runs into its \
            quota, a few addresses try stolen client secrets, a release of the order service fails, and scanners \
            come by. The screen says DEMO throughout. The store is a temporary folder, removed at the end.

              gatehouse demo
              gatehouse demo --seed 7 --rate 200 --screen traffic
            """
    )

    @Option(help: "What the simulation grows from; the same number gives the same traffic.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Requests a second at an average hour, 1 to 2000.", valueName: "n"))
    var rate: Double = 60

    @OptionGroup var console: ConsoleOptions

    func validate() throws {
        guard (1...2000).contains(rate) else { throw ValidationError("--rate must be from 1 to 2000") }
    }

    func run() throws {
        try ConsoleLauncher.requireTerminal()
        let store = try TemporaryStore()
        defer { store.remove() }
        let feed = DemoFeed(traffic: DemoTraffic(seed: seed, rate: rate), folder: StoreFolder(store.path))
        try feed.start()
        defer { feed.stop() }
        try ConsoleLauncher.run(store: StoreFolder(store.path), options: console, isReadOnly: true, isDemo: true)
    }
}
