import ArgumentParser
import Dispatch
import Domain
import Foundation

struct MeasureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "Run the benchmarks and print their table as Markdown.",
        discussion: """
            Inputs are generated in a temporary folder (a log of 2 million lines, a store of 20 million events), which is \
            removed at the end. Peers are run when they are installed: goaccess, lnav, and with Python casbin and cedarpy. \
            `gatehouse` must have been built in release mode too.

              swift build -c release && swift run -c release benchmarks
              swift run -c release benchmarks --quick --only ingest
            """)

    @Flag(help: "Small sizes, to see whether everything runs; the figures mean nothing.") var quick = false
    @Option(help: "Only these rows: \(Benchmark.all.map(\.name).joined(separator: ", ")).") var only: [String] = []
    @Option(help: "A store to ask for the console's rows, instead of a generated one; some add events to it.")
    var store: String?
    @Option(help: "Minutes for which memory is watched, instead of one.") var minutes: Int?

    func validate() throws {
        for name in only where !Benchmark.all.contains(where: { $0.name == name }) {
            throw ValidationError("--only: there is no row “\(name)”")
        }
    }

    func run() throws {
        var sizes = quick ? Workbench.Sizes.quick : Workbench.Sizes()
        if let minutes { sizes.memorySeconds = minutes * 60 }
        let bench = try Workbench(sizes: sizes)
        defer { bench.remove() }
        if let store { try bench.use(store: store) }
        let interrupt = removeOnInterrupt(bench.folder)
        defer { interrupt.cancel() }
        var rows: [String] = []
        let load = Machine.load
        for benchmark in Benchmark.all where only.isEmpty || only.contains(benchmark.name) {
            bench.say("\(benchmark.name) …")
            rows.append(benchmark.row(try benchmark.measure(bench)))
        }
        print(Benchmark.head)
        for row in rows { print(row) }
        print("")
        let (lines, events) = (Self.spaced(sizes.log), Self.spaced(sizes.store))
        print("\(Machine.description); load \(load) before, \(Machine.load) after.")
        print("\(lines) lines for reading, \(events) events over 30 days for the console.")
        for note in bench.notes { print(note) }
    }

    private static func spaced(_ number: Int) -> String {
        number < 1000 ? "\(number)" : spaced(number / 1000) + " " + "\(number % 1000 + 1000)".dropFirst()
    }

    /// Gigabytes must not stay behind when someone has waited long enough.
    private func removeOnInterrupt(_ folder: String) -> any DispatchSourceSignal {
        // A handler rather than SIG_IGN, which programs that are started from here would take over.
        signal(SIGINT) { _ in }
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler {
            try? FileManager.default.removeItem(atPath: folder)
            _exit(130)
        }
        source.resume()
        return source
    }
}
