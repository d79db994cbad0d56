import Testing

@testable import Domain

struct ReplayAgreementTests {
    @Test func `a replay that leaves requests out finds what deciding every request finds`() throws {
        var changed = 0
        var narrow = 0
        for seed in 0..<250 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            var policies = RandomPolicy(seed: seed)
            let (policy, before) = try policies.policy()
            let (other, _) = try policies.policy()
            let draft = Self.draft(of: policy, with: other, &random)
            guard let after = try? draft.compiled() else { continue }
            let facts = (0..<300).map { _ in Self.fact(&policies, &random) }
            let scope = ReplayScope(from: before, by: policy.edits(to: draft), countsLimits: false)
            if !scope.isEverybody, scope.clients.contains(false) || !scope.isAnonymousConcerned { narrow += 1 }
            var (old, new) = (FactDecider(before), FactDecider(after))
            let tally = Self.tally(facts, before, after, isCounting: false)
            let expected = Self.expected(facts, before, after) { fact in
                (Self.decide(fact, &old).decision, Self.decide(fact, &new).decision)
            }
            Self.expect(tally, expected, of: facts, seed)
            changed += expected.count
        }
        // Both sorts of draft came up, and changed something.
        #expect(narrow > 50 && changed > 200, "\(narrow) \(changed)")
    }

    @Test func `a replay that counts limits finds what counting every request finds`() throws {
        var limited = 0
        var narrow = 0
        for seed in 0..<250 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            var policies = RandomPolicy(seed: seed)
            let policy = try Self.limited(try policies.policy().policy, &random)
            let draft = try Self.draftOfLimits(of: policy, &random)
            // Two quotas of one slot are refused.
            guard let before = try? policy.compiled(), let after = try? draft.compiled() else { continue }
            let edits = policy.edits(to: draft)
            guard edits.contains(where: \.concernsLimits) else { continue }
            let facts = (0..<400).map { _ in Self.fact(&policies, &random) }.sorted { $0.time < $1.time }
            let scope = ReplayScope(from: before, by: edits, countsLimits: true)
            if !scope.isEverybody, scope.clients.contains(false) || !scope.isAnonymousConcerned { narrow += 1 }
            var (old, new) = (FactDecider(before), FactDecider(after))
            let counters = [before, after].map { LimitTable(QuotaResolver($0, zones: { _ in .utc }), seed: 9) }
            let tally = Self.tally(facts, before, after, isCounting: true)
            let expected = Self.expected(facts, before, after) { fact in
                (Self.decide(fact, &old, counters[0]).decision, Self.decide(fact, &new, counters[1]).decision)
            }
            Self.expect(tally, expected, of: facts, seed)
            limited += expected.keys.count { $0.before.step == .quota || $0.after.step == .quota }
        }
        #expect(narrow > 50 && limited > 200, "\(narrow) \(limited)")
    }

    private static func tally(
        _ facts: [TrafficFact], _ before: PolicySnapshot, _ after: PolicySnapshot, isCounting: Bool
    ) -> ReplayTally {
        // In whichever order both policies count.
        var tally = ReplayTally(from: before, to: after, zones: { _ in .utc }) { one, other in
            other()
            one()
        }
        #expect(tally.countsLimits == isCounting)
        tally.add(Array(facts[..<100]))
        tally.add(Array(facts[100...]))
        return tally
    }

    /// What deciding each request by itself finds.
    private static func expected(
        _ facts: [TrafficFact], _ before: PolicySnapshot, _ after: PolicySnapshot,
        decide: (TrafficFact) -> (Decision, Decision)
    ) -> [ReplayTally.Change: Int] {
        var expected: [ReplayTally.Change: Int] = [:]
        for fact in facts {
            let (first, second) = decide(fact)
            guard first.reason != second.reason else { continue }
            let route = second.route.map { after.route($0).name } ?? first.route.map { before.route($0).name }
            let change = ReplayTally.Change(
                client: fact.client, method: fact.method, route: route?.text, before: first.reason,
                after: second.reason)
            expected[change, default: 0] += fact.count
        }
        return expected
    }

    private static func expect(
        _ tally: ReplayTally, _ expected: [ReplayTally.Change: Int], of facts: [TrafficFact], _ seed: UInt64
    ) {
        #expect(tally.requests == facts.reduce(0) { $0 + $1.count })
        #expect(tally.changes.mapValues(\.count) == expected, "seed \(seed)")
        #expect(tally.newlyAllowed + tally.newlyDenied + tally.otherReason == expected.values.reduce(0, +))
    }

    private static func decide(
        _ fact: TrafficFact, _ decider: inout FactDecider, _ limits: LimitTable? = nil
    ) -> CountedDecision {
        var request = FactDecider.request(fact)
        request.caller = decider.caller(
            decider.client(named: fact.client), isNamed: fact.client != nil, subject: fact.subject)
        guard let limits else {
            return CountedDecision(decision: decider.snapshot.decision(for: request, revocations: .none))
        }
        let moment = LimitMoment(monotonic: fact.time.microseconds * 1000, wall: fact.time)
        return decider.snapshot.decision(for: request, revocations: .none, counting: limits, at: moment)
    }

    /// The policy with tiers and low quotas.
    private static func limited(_ policy: Policy, _ random: inout SeededGenerator) throws -> Policy {
        var policy = policy
        let tiers = try (0..<3).map { try Name<Tier>("tier-\($0)") }
        for tier in tiers { policy.put(.tier(Tier(name: tier, note: ""))) }
        for client in policy.clients {
            var client = client
            client.tier = random.chance(70) ? random.pick(tiers) : nil
            policy.put(.client(client))
        }
        var settings = policy.settings
        settings.defaultTier = random.chance(70) ? tiers[0] : nil
        settings.anonymousTier = random.chance(70) ? random.pick(tiers) : nil
        policy.put(.settings(settings))
        for index in 0..<Int.random(in: 2...6, using: &random) {
            policy.put(.quota(try quota("quota-\(index)", &random)))
        }
        return policy
    }

    private static func quota(_ name: String, _ random: inout SeededGenerator) throws -> Quota {
        let holder: Quota.Holder =
            random.chance(60)
            ? .tier(try Name("tier-\(Int.random(in: 0..<3, using: &random))"))
            : .client(try Name("client-\(Int.random(in: 0..<5, using: &random))"))
        return Quota(
            name: try Name(name), holder: holder, key: random.pick(Quota.Key.allCases),
            window: random.pick([.rolling(seconds: 86_400), .calendar(.month, zone: "UTC"), .rate(seconds: 3600)]),
            limit: Int.random(in: 1...20, using: &random),
            pattern: random.chance(30) ? try RoutePattern(random.pick(["/a/*", "/{x}/b", "/a"])) : nil)
    }

    /// The policy with other quotas, and now and then with clients of another tier, other roles, or no client.
    private static func draftOfLimits(of policy: Policy, _ random: inout SeededGenerator) throws -> Policy {
        var draft = policy
        draft.put(.quota(try quota("quota-\(Int.random(in: 0..<8, using: &random))", &random)))
        if random.chance(20), let quota = policy.quotas.first { draft[ItemKey(quota.name)] = nil }
        for client in policy.clients where random.chance(10) {
            var client = client
            client.tier = try Name("tier-1")
            draft.put(.client(client))
        }
        if random.chance(20), var role = policy.roles.last {
            role.permissions = []
            draft.put(.role(role))
        }
        if random.chance(20) { draft.put(.client(try Client("client-6", roles: ["role-0"], scopes: ["read"]))) }
        if random.chance(10), var route = policy.routes.last {
            route.cost += 1
            draft.put(.route(route))
        }
        return draft
    }

    /// The policy with a few items of another one, and without some of its own.
    private static func draft(of policy: Policy, with other: Policy, _ random: inout SeededGenerator) -> Policy {
        var draft = policy
        // Settings concern everybody, so most drafts leave them alone.
        let (hasRoutes, hasSettings) = (random.chance(40), random.chance(10))
        for (key, item) in other.items.sorted(by: { $0.key < $1.key }) where random.chance(12) {
            switch key.kind {
            case .route: if hasRoutes { draft[key] = item }
            case .settings: if hasSettings { draft[key] = item }
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
