// How long the store takes for what the console's desks ask it about a million tokens.

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
}
