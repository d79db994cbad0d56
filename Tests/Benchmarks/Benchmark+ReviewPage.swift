// How soon the review page shows what a replay of a million recorded events finds, and lets go of it, in the real
// program.

import Domain
import Foundation
import Store

extension Benchmark {
    /// A client of the large policy is to go: its page opened, the replay stopped, and the page opened anew, which waits
    /// for the desk to have let go of the replay before. The slowest of the rounds.
    static let reviewPage = Benchmark(
        name: "review", what: "1M recorded events on the review page: the page; what a replay found first; a stop",
        bar: "at once", aim: "≤ 33 ms; ≤ 1 s; ≤ 33 ms"
    ) { bench in
        let path = try recordedStore(bench)
        let console = try ConsoleProcess([bench.program, "--store", path], environment: bench.environment)
        _ = try console.firstScreen(showing: "/v1/")
        _ = try console.press("3", until: "client-1")
        // The last one has no quota of its own, which would have to go with it.
        _ = try console.press("G", until: "client-9999")
        var opened: [Duration] = []
        var found: [Duration] = []
        var stopped: [Duration] = []
        for _ in 0..<max(2, bench.sizes.rounds) {
            console.run(for: .seconds(1))
            opened.append(try console.press("d", until: "ctrl-t stops"))
            found.append(try console.time(to: "decided again"))
            stopped.append(try console.press("\u{14}", until: "stopped at"))
            _ = try console.press("\u{1B}", until: "client-9")
        }
        // Without a rest between them: what the desk was at has to give way.
        _ = try console.press("d", until: "ctrl-t stops")
        _ = try console.time(to: "decided again")
        let escaped = try console.press("\u{1B}", until: "client-9")
        _ = try console.press("d", until: "ctrl-t stops")
        let again = try console.time(to: "decided again")
        _ = try console.press("\u{1B}", until: "client-9")
        try console.quit()
        func worst(_ times: [Duration]) -> String { Figures.milliseconds(times.max() ?? .zero) }
        bench.note(
            """
            The review page: first found after \(worst(found)) at worst, and \(Figures.milliseconds(again)) when the page \
            opens again right after it was left, which took \(Figures.milliseconds(escaped)).
            """)
        return Result(ours: "\(worst(opened)); \(worst(found)); \(worst(stopped)) at worst")
    }

    /// The large policy, and a log of its last day.
    private static func recordedStore(_ bench: Workbench) throws -> String {
        let path = bench.path("review-store")
        bench.say("storing \(bench.sizes.clients) clients and \(bench.sizes.events) events")
        _ = try LargeStore(path: path, clients: bench.sizes.clients, tokens: 1000)
        let log = bench.path("review.log")
        let descriptor = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw BenchmarkError("\(log): \(errorText())") }
        defer { close(descriptor) }
        let end = SystemClock.now()
        var lines = AccessLog(seed: 3)
        let window = TimeWindow(start: end.advanced(by: -Day.microseconds * 23 / 24), end: end)
        try lines.write(bench.sizes.events, over: window, to: descriptor)
        _ = try bench.time([bench.program, "ingest", "--store", path, log])
        return path
    }
}
