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

    @Option(
        help: ArgumentHelp(
            "Instead of opening the console, write what it shows to a file: .svg, .ansi or .txt.", valueName: "file"),
        completion: .file(extensions: DemoPicture.Form.allCases.map(\.rawValue)))
    var picture: String?

    @Option(
        help: ArgumentHelp("For a picture, the moment shown, so that it comes out the same again.", valueName: "time"))
    var at: String = "2026-11-20T12:04:31Z"

    @Option(help: ArgumentHelp("For a picture, its columns and rows.", valueName: "WxH"))
    var size: String = "120x36"

    @Option(help: ArgumentHelp("For a picture, keys to press first, by their names.", valueName: "keys"))
    var press: String = ""

    func validate() throws {
        guard (1...2000).contains(rate) else { throw ValidationError("--rate must be from 1 to 2000") }
    }

    func run() throws {
        if let picture {
            try DemoPicture(self).write(to: picture)
            return
        }
        try ConsoleLauncher.requireTerminal()
        let store = try TemporaryStore()
        defer { store.remove() }
        try DemoPolicy(.shop).make(in: StoreFolder(store.path))
        let feed = DemoFeed(traffic: DemoTraffic(seed: seed, rate: rate), folder: StoreFolder(store.path))
        try feed.start()
        defer { feed.stop() }
        try ConsoleLauncher.run(store: StoreFolder(store.path), options: console, isReadOnly: false, isDemo: true)
    }
}
