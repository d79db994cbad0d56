// How fast a draft is replayed over requests in memory: one that concerns few of them, one of routes, and one of a limit
// that counts them all.

import Dispatch
import Domain

extension Benchmark {
    static let replay = Benchmark(
        name: "replay",
        what: "replay of a draft over recorded events: of ten roles; of 20 routes; of a quota of everybody",
        bar: "1M ≤ 2 s", aim: "≤ 1 s"
    ) { bench in
        let (large, snapshot, requests) = try largePolicy(bench, permissions: 10_000)
        let facts = requests.map { fact($0, snapshot) }
        let pages = stride(from: 0, to: facts.count, by: 4096).map { Array(facts[$0..<min($0 + 4096, facts.count)]) }
        var limited = large.policy
        try LargePolicy.addQuotas(to: &limited)
        var settings = limited.settings
        settings.defaultTier = try Name("tier0")
        limited.put(.settings(settings))
        let times = [
            try replayed(large.policy, rolesDraft(of: large.policy), pages, bench),
            try replayed(large.policy, routesDraft(of: large.policy), pages, bench),
            try replayed(limited, quotaDraft(of: limited), pages, bench),
        ]
        return Result(ours: "1M in " + times.map { Figures.milliseconds($0) }.joined(separator: "; "))
    }

    private static func fact(_ request: AccessRequest, _ snapshot: PolicySnapshot) -> TrafficFact {
        let client: String? =
            switch request.caller {
            case .anonymous, .refused: nil
            case .client(let index, _), .token(let index, _): snapshot.client(index).name.text
            }
        return TrafficFact(
            client: client, method: request.method?.name ?? "GET",
            path: String(decoding: request.target, as: UTF8.self), address: request.address, time: request.time)
    }

    /// The time for a million.
    private static func replayed(
        _ policy: Policy, _ draft: Policy, _ pages: [[TrafficFact]], _ bench: Workbench
    ) throws -> Duration {
        let before = try PolicySnapshot(compiling: policy, zones: zone)
        let after = try PolicySnapshot(compiling: draft, zones: zone)
        let rounds = max(1, bench.sizes.events / pages.reduce(0) { $0 + $1.count })
        var (requests, changed) = (0, 0)
        let time = ContinuousClock().measure {
            var tally = ReplayTally(from: before, to: after, zones: zone) { one, other in
                DispatchQueue.concurrentPerform(iterations: 2) { $0 == 0 ? one() : other() }
            }
            for _ in 0..<rounds { for page in pages { tally.add(page) } }
            (requests, changed) = (tally.requests, tally.newlyAllowed + tally.newlyDenied)
        }
        guard changed > 0 else { throw BenchmarkError("the draft changes nothing") }
        return time * 1_000_000 / requests
    }

    private static func rolesDraft(of policy: Policy) -> Policy {
        var draft = policy
        for var role in policy.roles.prefix(10) {
            role.permissions.removeLast()
            draft.put(.role(role))
        }
        return draft
    }

    /// The routes of one service require one more scope.
    private static func routesDraft(of policy: Policy) -> Policy {
        var draft = policy
        for var route in policy.routes where route.name.text.hasPrefix("service7-") {
            route.requiredScopes = policy.scopes.prefix(1).map(\.name)
            draft.put(.route(route))
        }
        return draft
    }

    /// The tier that all clients have admits almost nothing.
    private static func quotaDraft(of policy: Policy) -> Policy {
        var draft = policy
        for var quota in policy.quotas where quota.name.text == "tier0-0" {
            (quota.limit, quota.burst) = (1, 0)
            draft.put(.quota(quota))
        }
        return draft
    }
}
