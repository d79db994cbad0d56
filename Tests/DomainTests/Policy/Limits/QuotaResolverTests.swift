import Domain
import Testing

struct QuotaResolverTests {
    private static let free = "free"

    private func quota(
        _ name: String, tier: String? = nil, client: String? = nil, key: Quota.Key = .client,
        window: Quota.Window = .rolling(seconds: 3600), limit: Int = 10, on pattern: String? = nil
    ) throws -> Quota {
        let holder: Quota.Holder = try client.map { .client(try Name($0)) } ?? .tier(Name(tier ?? Self.free))
        return Quota(
            name: try Name(name), holder: holder, key: key, window: window, limit: limit,
            pattern: try pattern.map { try RoutePattern($0) })
    }

    private func policy(_ quotas: [Quota], routes: [String] = ["/v1/reports/{id}"]) throws -> Policy {
        var settings = PolicySettings()
        settings.defaultTier = try Name(Self.free)
        settings.anonymousTier = try Name("anonymous")
        let clients = try [
            Client(name: Name("acme"), tier: Name("gold")), Client(name: Name("plain")),
            Client(name: Name("typo"), tier: Name("none-such")),
        ]
        let routes = try routes.enumerated().map { number, pattern in
            Route(name: try Name("route-\(number)"), pattern: try RoutePattern(pattern), methods: .all)
        }
        return Policy(
            [.settings(settings)] + clients.map { .client($0) } + routes.map { .route($0) } + quotas.map { .quota($0) })
    }

    private func names(
        _ policy: Policy, client: String?, path: [String] = ["v1", "reports", "7"]
    ) throws -> [String] {
        let resolver = QuotaResolver(policy, zones: { _ in nil })
        let index = try client.map { name in
            ClientIndex(try #require(policy.clients.firstIndex { $0.name.text == name }))
        }
        let found = resolver.quotas(of: index, on: RouteIndex(0)) { PathOracle.matches($0, path) }
        return found.map { resolver[$0].name.text }.sorted()
    }

    @Test func `a client has the quotas of its tier, or of the default tier, and others' never`() throws {
        let policy = try policy([
            quota("gold-hour", tier: "gold"), quota("free-hour"), quota("anonymous-hour", tier: "anonymous"),
        ])
        #expect(try names(policy, client: "acme") == ["gold-hour"])
        #expect(try names(policy, client: "plain") == ["free-hour"])
        #expect(try names(policy, client: nil) == ["anonymous-hour"])
        #expect(try names(policy, client: "typo") == [])
    }

    @Test func `the nearest quota of a key and window takes the place of the others`() throws {
        let tier = try quota("1-tier", tier: "gold")
        let tierOnPaths = try quota("2-tier-paths", tier: "gold", on: "/v1/*")
        let client = try quota("3-client", client: "acme")
        let clientOnPaths = try quota("4-client-paths", client: "acme", on: "/v1/reports/{any}")
        #expect(try names(policy([tier]), client: "acme") == ["1-tier"])
        #expect(try names(policy([tier, tierOnPaths]), client: "acme") == ["2-tier-paths"])
        #expect(try names(policy([tier, tierOnPaths, client]), client: "acme") == ["3-client"])
        #expect(try names(policy([tier, tierOnPaths, client, clientOnPaths]), client: "acme") == ["4-client-paths"])
    }

    @Test func `another key, kind of window or length is another matter, and another zone is not`() throws {
        let policy = try policy([
            quota("tier-hour", tier: "gold"), quota("tier-address", tier: "gold", key: .address),
            quota("tier-day", tier: "gold", window: .calendar(.day, zone: "UTC")),
            quota("tier-rate", tier: "gold", window: .rate(seconds: 3600)),
            quota("own-minute", client: "acme", window: .rolling(seconds: 60)),
            quota("own-day", client: "acme", window: .calendar(.day, zone: "Europe/Berlin")),
        ])
        #expect(
            try names(policy, client: "acme") == ["own-day", "own-minute", "tier-address", "tier-hour", "tier-rate"])
    }

    @Test func `of two that are equally near both count`() throws {
        let policy = try policy([
            quota("one", tier: "gold", on: "/v1/{kind}/7"), quota("two", tier: "gold", on: "/v1/reports/*"),
            quota("wide", tier: "gold", on: "/v1/*"),
        ])
        #expect(try names(policy, client: "acme") == ["one", "two"])
        #expect(try names(policy, client: "acme", path: ["v1", "reports", "8"]) == ["two"])
    }

    @Test func `a quota on some paths of a route counts those alone`() throws {
        let policy = try policy([quota("all", tier: "gold"), quota("seven", tier: "gold", on: "/v1/reports/7")])
        #expect(try names(policy, client: "acme", path: ["v1", "reports", "7"]) == ["seven"])
        #expect(try names(policy, client: "acme", path: ["v1", "reports", "8"]) == ["all"])
    }

    @Test func `random policies resolve as the explanation does, and as the words say`() throws {
        var random = SeededGenerator(seed: 320)
        let patterns = ["*", "/*", "/a/*", "/a/b", "/a/{x}", "/{x}/b", "/{x}/*", "/b/{x}/c", "/b/{x}/*", "/"]
        let paths = [[], ["a"], ["a", "b"], ["a", "c"], ["b", "b"], ["b", "c", "c"], ["b", "x", "y"], ["c", "b"]]
        for round in 0..<400 {
            let quotas = try (0..<Int.random(in: 0...12, using: &random)).map { number in
                let isOwn = random.chance(40)
                return try quota(
                    "q\(number)", tier: isOwn ? nil : random.pick(["gold", "free", "anonymous"]),
                    client: isOwn ? random.pick(["acme", "plain"]) : nil, key: random.pick([.client, .address]),
                    window: random.pick([.rolling(seconds: 60), .rate(seconds: 60)]),
                    on: random.chance(70) ? random.pick(patterns) : nil)
            }
            let policy = try policy(quotas, routes: [random.pick(patterns)])
            let route = try #require(policy.routes.first)
            for path in paths where PathOracle.matches(route.pattern, path) {
                for client in policy.clients.map({ Optional($0) }) + [nil] {
                    let explanation = QuotaExplanation(policy, client: client) { PathOracle.matches($0, path) }
                    let expected = explanation.applying.map(\.name.text).sorted()
                    #expect(try names(policy, client: client?.name.text, path: path) == expected, "round \(round)")
                    #expect(Self.oracle(policy, client, path) == expected, "round \(round)")
                }
            }
        }
    }

    /// Decision by decision: those of the holder on the path, without those that another of the same slot beats.
    private static func oracle(_ policy: Policy, _ client: Client?, _ path: [String]) -> [String] {
        let tier = client == nil ? policy.settings.anonymousTier : client?.tier ?? policy.settings.defaultTier
        let mine = policy.quotas.filter { quota in
            let isHeld =
                switch quota.holder {
                case .tier(let name): name == tier
                case .client(let name): name == client?.name
                }
            return isHeld && (quota.pattern.map { PathOracle.matches($0, path) } ?? true)
        }
        func rank(_ quota: Quota) -> Int {
            switch (quota.holder, quota.pattern != nil) {
            case (.client, true): 4
            case (.client, false): 3
            case (.tier, true): 2
            case (.tier, false): 1
            }
        }
        let kept = mine.filter { quota in
            !mine.contains { other in
                guard other.key == quota.key, other.window == quota.window else { return false }
                if rank(other) != rank(quota) { return rank(other) > rank(quota) }
                guard let narrow = other.pattern, let wide = quota.pattern else { return false }
                return wide.relation(to: narrow) == .covers && narrow.relation(to: wide) != .covers
            }
        }
        return kept.map(\.name.text).sorted()
    }

    @Test func `an explanation tells where the tier is from, what applies, and why the rest doesn't`() throws {
        let policy = try policy([
            quota("gold-hour", tier: "gold", limit: 1000), quota("gold-admin", tier: "gold", on: "/admin/*"),
            quota("acme-hour", client: "acme", limit: 5000),
            quota("acme-day", client: "acme", key: .subject, window: .calendar(.day, zone: "Europe/Berlin"), limit: 1),
        ])
        let acme = try #require(policy.clients.first)
        let explanation = QuotaExplanation(policy, client: acme) { PathOracle.matches($0, ["v1", "reports", "7"]) }
        #expect(
            explanation.lines == [
                "tier gold, which the client names",
                "acme-day applies: 1 unit each day in Europe/Berlin for each subject, of client acme",
                "acme-hour applies: 5000 units in any 1h for each client, of client acme",
                "gold-admin is for other paths: 10 units in any 1h for each client on /admin/*, of tier gold",
                "gold-hour gives way to acme-hour, which is nearer: 1000 units in any 1h for each client, of tier gold",
            ])
        #expect(
            QuotaExplanation(policy, client: nil) { _ in false }.lines == [
                "tier anonymous, which requests without credentials have", "no quota: nothing is counted",
            ])
    }
}

/// Whether a path of these segments is one of a pattern.
enum PathOracle {
    static func matches(_ pattern: RoutePattern, _ path: [String]) -> Bool {
        if pattern.isEverything { return true }
        let count = pattern.segments.count
        guard pattern.isOpen ? path.count > count : path.count == count else { return false }
        return zip(pattern.segments, path).allSatisfy { segment, part in
            switch segment {
            case .literal(let text): text == part
            case .variable: true
            }
        }
    }
}
