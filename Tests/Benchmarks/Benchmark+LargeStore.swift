// How long the console's desks and the console itself take on a store with the large policy and a million tokens.

import Domain
import Foundation
import Store

extension Benchmark {
    /// What the Tokens screen, a client's detail and the dialog that revokes ask, each the slowest of five.
    static let tokens = Benchmark(
        name: "tokens", what: "1M tokens, 100 000 of them live: those listed; what a revocation would end",
        bar: "≤ 100 ms; ≤ 100 ms", aim: "≤ 33 ms; ≤ 33 ms"
    ) { bench in
        let large = try bench.largePolicyStore()
        let store = try PolicyStore(folder: large.folder, for: .reading)
        let newest = try store.tokens(TokenSelection(state: .active))
        guard newest.count == 1000, let first = newest.first else { throw BenchmarkError("no token is alive") }
        let lists: [(String, TokenSelection)] = [
            ("alive", TokenSelection(state: .active)), ("all", TokenSelection()),
            ("expired", TokenSelection(state: .expired)), ("revoked", TokenSelection(state: .revoked)),
            ("of a client", TokenSelection(client: first.client, state: .active, limit: 200)),
            ("of a subject", TokenSelection(subject: first.subject, state: .active)),
            ("by an id", TokenSelection(state: .active, idPrefix: String(first.id.prefix(6)))),
        ]
        let listed = try lists.map { name, selection in
            (name: name, time: try slowest { _ = try store.tokens(selection) })
        }
        let targets: [(String, RevocationTarget)] = [
            ("a client", .client(first.client)), ("a subject", .subject(first.subject)), ("everything", .everything),
        ]
        let previews = try targets.map { name, target in
            (name: name, time: try slowest { _ = try store.preview(target) })
        }
        bench.note("Tokens listed: \(ScreenWalk.list(listed)).")
        bench.note("What revoking would end: \(ScreenWalk.list(previews)).")
        return Result(ours: "\(ScreenWalk.worst(listed)); \(ScreenWalk.worst(previews)) at worst")
    }

    private static func slowest(_ body: () throws -> Void) rethrows -> Duration {
        try (0..<5).map { _ in try ContinuousClock().measure(body) }.max() ?? .zero
    }

    /// In a terminal: the Tokens screen from its key to its first row, and a change's review page over the traffic of a
    /// day, from its key to its first line of progress, and from the key that stops it until it says so.
    static let review = Benchmark(
        name: "review", what: "on that store: Tokens opened; a review's replay on the screen; stopped",
        bar: "≤ 100 ms; at once; at once", aim: "≤ 33 ms each"
    ) { bench in
        let large = try bench.largePolicyStore()
        _ = try bench.time([bench.program, "ingest", "--store", large.folder.path, try bench.log()])
        let store = try PolicyStore(folder: large.folder, for: .reading)
        guard let first = try store.tokens(TokenSelection(state: .active)).first else {
            throw BenchmarkError("no token is alive")
        }
        var tokens: [Duration] = []
        var shown: [Duration] = []
        var stopped: [Duration] = []
        for _ in 0..<bench.sizes.rounds {
            let console = try ConsoleProcess(
                [bench.program, "--store", large.folder.path], environment: bench.environment)
            _ = try console.firstScreen(showing: "policy 2")
            console.run(for: .seconds(2))
            tokens.append(try console.press("8", until: String(first.id.prefix(8))))
            console.run(for: .seconds(1))
            _ = try console.press("4", until: "role0")
            _ = try console.press("e", until: "ctrl-s")
            // To the note, which is the last field, and a letter in it.
            _ = try console.press("\u{1b}[A", until: "note")
            _ = try console.press("n", until: "changed")
            shown.append(try console.press("\u{13}", until: "replaying"))
            stopped.append(try console.press("\u{14}", until: "stopped"))
            console.run(for: .milliseconds(300))
            _ = try console.press("\u{1b}", until: "note")
            try console.child.stop()
        }
        func best(_ times: [Duration]) -> String { Figures.milliseconds(times.min() ?? .zero) }
        return Result(ours: "\(best(tokens)); \(best(shown)); \(best(stopped))")
    }
}
