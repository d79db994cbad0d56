import Domain
import Testing

struct CountedDecisionTests {
    @Test func `a request that its permissions allow is counted, and refused when its quota is used up`() throws {
        var policy = try Policy.guides()
        let tier = try Name<Tier>("free")
        policy.put(.tier(Tier(name: tier)))
        policy.put(
            .quota(
                Quota(
                    name: try Name("free-hour"), holder: .tier(tier), key: .client, window: .rolling(seconds: 3600),
                    limit: 3)))
        policy.put(
            .quota(
                Quota(
                    name: try Name("free-profile"), holder: .tier(tier), key: .client, window: .rolling(seconds: 3600),
                    limit: 1, pattern: try RoutePattern("/profile"))))
        var settings = policy.settings
        settings.defaultTier = tier
        policy.put(.settings(settings))
        let snapshot = try policy.compiled()
        let limits = LimitTable(QuotaResolver(policy, zones: SampleZones.table), seed: 5)
        let caller = Caller.client(try #require(snapshot.client(named: "user-app")), CredentialFacts())
        func decide(_ path: String, isTaking: Bool = true) -> (Reason, Int64?) {
            let request = AccessRequest(
                method: .get, target: Array(path.utf8), address: nil, time: Timestamp(seconds: 0), caller: caller)
            let counted = snapshot.decision(
                for: request, revocations: .none, counting: limits,
                at: LimitMoment(monotonic: 0, wall: Timestamp(seconds: 0)), isTaking: isTaking)
            return (counted.decision.reason, counted.verdict?.standing.remaining)
        }
        #expect(decide("/admin/reports") == (.noPermission, nil))
        #expect(decide("/public/x", isTaking: false).0 == .allowed)
        #expect(decide("/profile") == (.allowed, 0))
        #expect(decide("/profile").0 == .tierQuota)
        #expect(decide("/public/x") == (.allowed, 2))
        #expect(decide("/public/x") == (.allowed, 1))
        #expect(decide("/public/x") == (.allowed, 0))
        #expect(decide("/public/x", isTaking: false).0 == .tierQuota)
        #expect(decide("/public/x").0 == .tierQuota)
    }
}
