import Testing

@testable import Domain

struct ReplayAgreementTests {
    @Test func `a replay that leaves callers out finds what deciding every request finds`() throws {
        var changed = 0
        var narrow = 0
        for seed in 0..<400 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            var policies = RandomPolicy(seed: seed)
            let (policy, before) = try policies.policy()
            let (other, _) = try policies.policy()
            let draft = Self.draft(of: policy, with: other, &random)
            guard let after = try? draft.compiled() else { continue }
            let facts = (0..<300).map { _ in Self.fact(&policies, &random) }
            var tally = ReplayTally(from: before, to: after)
            tally.add(Array(facts[..<100]))
            tally.add(Array(facts[100...]))
            if !ReplayScope(from: before, to: after).isEverybody { narrow += 1 }

            var expected: [ReplayTally.Change: Int] = [:]
            var (old, new) = (FactDecider(before), FactDecider(after))
            for fact in facts {
                let (first, second) = (Self.decide(fact, &old), Self.decide(fact, &new))
                guard first.reason != second.reason else { continue }
                let route = second.route.map { after.route($0).name } ?? first.route.map { before.route($0).name }
                let change = ReplayTally.Change(
                    client: fact.client, method: fact.method, route: route?.text, before: first.reason,
                    after: second.reason)
                expected[change, default: 0] += fact.count
            }
            #expect(tally.requests == facts.reduce(0) { $0 + $1.count })
            #expect(tally.changes.mapValues(\.count) == expected, "seed \(seed)")
            #expect(
                tally.newlyAllowed + tally.newlyDenied + tally.otherReason == expected.values.reduce(0, +))
            changed += expected.count
        }
        // Both sorts of draft came up, and changed something.
        #expect(narrow > 50 && changed > 200, "\(narrow) \(changed)")
    }

    private static func decide(_ fact: TrafficFact, _ decider: inout FactDecider) -> Decision {
        var request = FactDecider.request(fact)
        request.caller = decider.caller(
            decider.client(named: fact.client), isNamed: fact.client != nil, subject: fact.subject)
        return decider.snapshot.decision(for: request, revocations: .none)
    }

    /// The policy with a few items of another one, and without some of its own.
    private static func draft(of policy: Policy, with other: Policy, _ random: inout SeededGenerator) -> Policy {
        var draft = policy
        // Routes and settings concern everybody, so most drafts leave them alone.
        let isWide = random.chance(20)
        for (key, item) in other.items.sorted(by: { $0.key < $1.key }) where random.chance(12) {
            switch key.kind {
            case .route, .settings: if isWide { draft[key] = item }
            case .client, .role, .scope, .tier, .quota, .operator: draft[key] = item
            }
        }
        for key in policy.items.keys.sorted() where key.kind == .client && random.chance(15) { draft[key] = nil }
        if random.chance(30), let client = try? Client("client-6", roles: ["role-0"], scopes: ["read"]) {
            draft.put(.client(client))
        }
        return draft
    }

    private static func fact(_ policies: inout RandomPolicy, _ random: inout SeededGenerator) -> TrafficFact {
        let request = policies.request(clients: 5)
        let names: [String?] = (0..<8).map { "client-\($0)" } + [nil, nil]
        return TrafficFact(
            client: random.pick(names), subject: random.pick(["", "a", "b"]), method: request.method?.name ?? "BREW",
            path: String(decoding: request.target, as: UTF8.self), address: request.address, time: request.time,
            count: Int.random(in: 1...3, using: &random))
    }
}
