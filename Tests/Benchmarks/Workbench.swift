// What the benchmarks share: a temporary folder, the sizes, and inputs that are made when the first one needs them.

import Domain
import Foundation
import Store

final class Workbench {
    struct Sizes {
        var log = 2_000_000
        var store = 20_000_000
        /// How often what ends is measured; the fastest counts, for ours and for peers.
        var rounds = 3
        var keys = 400
        var idleSeconds = 30
        var memorySeconds = 60
        var clients = 100_000
        var tokens = 1_000_000
        /// Recorded events for a replay.
        var events = 1_000_000
        /// Random cases in which peers have to give our answers.
        var peerCases = 10_000

        static let quick = Sizes(
            log: 100_000, store: 500_000, rounds: 1, keys: 40, idleSeconds: 5, memorySeconds: 8, clients: 10_000,
            tokens: 100_000, events: 100_000, peerCases: 500)
    }

    let sizes: Sizes
    let folder: String
    let program: String
    /// What peers and ours get to see: a home of their own, so that nobody's settings or caches matter.
    let environment: [String: String]
    private(set) var notes: [String] = []
    private var madeLog: String?
    private var madeStore: String?
    private var madeLargeStore: (path: String, end: Timestamp)?
    private var madePolicyStore: LargeStore?

    init(sizes: Sizes) throws {
        self.sizes = sizes
        let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        folder = "\(parent)/gatehouse-benchmarks-\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        program = URL(filePath: own).deletingLastPathComponent().appending(path: "gatehouse").path
        guard access(program, X_OK) == 0 else {
            throw BenchmarkError("\(program) isn't there; make it with: swift build -c release --product gatehouse")
        }
        environment = [
            "HOME": folder, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin", "LC_ALL": "C.UTF-8",
            "TERM": "xterm-256color", "TZ": "UTC",
        ]
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: folder)
    }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Adds a line to what is printed below the table.
    func note(_ text: String) { notes.append(text) }

    /// Says on stderr what is going on.
    func say(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }

    /// Whether a peer is on PATH.
    func isInstalled(_ name: String) -> Bool {
        (environment["PATH"] ?? "").split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
    }

    /// Runs a program to its end; the time that took.
    func time(_ words: [String], output: String? = nil) throws -> Duration {
        let descriptor = output.map { open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600) }
        defer { if let descriptor { close(descriptor) } }
        let start = ContinuousClock.now
        try Child(words, output: descriptor, environment: environment).wait()
        return ContinuousClock.now - start
    }

    /// The fastest of some runs; what has taken longer than twenty seconds isn't run again.
    func fastest(_ body: () throws -> Duration) rethrows -> Duration {
        var best = Duration.seconds(86_400)
        var total = Duration.zero
        for _ in 0..<sizes.rounds where total < .seconds(20) {
            let time = try body()
            best = min(best, time)
            total += time
        }
        return best
    }

    /// A combined log of one day up to now.
    func log() throws -> String {
        if let madeLog { return madeLog }
        let path = path("access.log")
        say("generating \(sizes.log) lines")
        let end = SystemClock.now()
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw BenchmarkError("\(path): \(errorText())") }
        defer { close(descriptor) }
        var log = AccessLog()
        try log.write(
            sizes.log, over: TimeWindow(start: end.advanced(by: -Day.microseconds), end: end), to: descriptor)
        madeLog = path
        return path
    }

    /// A store of that log.
    func store() throws -> String {
        if let madeStore { return madeStore }
        let path = path("store")
        _ = try time([program, "ingest", "--store", path, try log()])
        madeStore = path
        return path
    }

    /// Takes a store that is there for the large one; its traffic ends with its newest event.
    func use(store path: String) throws {
        let reader = TrafficReader(folder: StoreFolder(path))
        guard try reader.refresh(), let newest = reader.status().newest else {
            throw BenchmarkError("\(path) holds no events")
        }
        madeLargeStore = (path, newest.advanced(by: 1))
    }

    /// A store with the traffic of 30 days up to the time at which it was made.
    func largeStore() throws -> (path: String, end: Timestamp) {
        if let madeLargeStore { return madeLargeStore }
        let path = path("large-store")
        say("generating and storing \(sizes.store) events")
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw BenchmarkError("pipe: \(errorText())") }
        for descriptor in ends { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        let words = [program, "ingest", "--store", path, "--format", "combined", "-"]
        let ingest = try Child(words, input: ends[0], environment: environment)
        close(ends[0])
        let end = SystemClock.now()
        var log = AccessLog(seed: 2)
        do {
            defer { close(ends[1]) }
            let window = TimeWindow(start: end.advanced(by: -30 * Day.microseconds), end: end)
            try log.write(sizes.store, over: window, to: ends[1])
        }
        try ingest.wait()
        madeLargeStore = (path, end)
        return (path, end)
    }

    /// A store with the large policy and many tokens.
    func largePolicyStore() throws -> LargeStore {
        if let madePolicyStore { return madePolicyStore }
        say("storing \(sizes.clients) clients and \(sizes.tokens) tokens")
        let made = try LargeStore(path: path("policy-store"), clients: sizes.clients, tokens: sizes.tokens)
        madePolicyStore = made
        return made
    }

    /// Bytes of all files in a folder.
    func bytes(in folder: String) -> Int {
        ProcessFiles.names(in: folder).reduce(0) { sum, name in
            var status = stat()
            return stat("\(folder)/\(name)", &status) == 0 ? sum + Int(status.st_size) : sum
        }
    }
}
