import Domain
import Testing

/// The numbers of the example policy: 100 an hour without credentials, 1000 with, and fewer for what is costly.
struct LimitExampleTests {
    private let policy: Policy
    private let table: LimitTable

    init() throws {
        var settings = PolicySettings()
        settings.anonymousTier = try Name("anonymous")
        settings.defaultTier = try Name("authenticated")
        let hour = Quota.Window.rolling(seconds: 3600)
        let anonymous = Quota.Holder.tier(try Name("anonymous"))
        let authenticated = Quota.Holder.tier(try Name("authenticated"))
        policy = Policy(
            [
                .settings(settings), .tier(Tier(name: try Name("anonymous"))),
                .tier(Tier(name: try Name("authenticated"))),
                .quota(
                    Quota(name: try Name("anonymous-hour"), holder: anonymous, key: .address, window: hour, limit: 100)),
                .quota(
                    Quota(name: try Name("client-hour"), holder: authenticated, key: .client, window: hour, limit: 1000)
                ),
                .quota(
                    Quota(
                        name: try Name("client-reports-hour"), holder: authenticated, key: .client, window: hour,
                        limit: 60, pattern: try RoutePattern("/reports/*"))),
                .client(Client(name: try Name("admin-app"))), .client(Client(name: try Name("user-app"))),
                .route(Route(name: try Name("public"), pattern: try RoutePattern("/public/*"), methods: .all)),
                .route(
                    Route(name: try Name("reports"), pattern: try RoutePattern("/reports/{id}"), methods: .all, cost: 5)
                ),
                .route(Route(name: try Name("users"), pattern: try RoutePattern("/users/{id}"), methods: .all)),
            ])
        table = LimitTable(QuotaResolver(policy, zones: { _ in nil }), seed: 7)
    }

    private func admitted(
        of requests: Int, _ client: String?, _ route: String, address: String = "203.0.113.7", at seconds: Double
    ) throws -> Int {
        let routes = policy.routes
        let place = try #require(routes.firstIndex { $0.name.text == route })
        let use = LimitUse(
            client: try client.map { name in
                ClientIndex(try #require(policy.clients.firstIndex { $0.name.text == name }))
            },
            address: IPAddress(address), route: RouteIndex(place), cost: Int32(routes[place].cost))
        return (0..<requests).count { _ in
            table.admit(use, at: .after(seconds)) { _ in false }.isAdmitted
        }
    }

    @Test func `an address without credentials has 100 an hour`() throws {
        #expect(try admitted(of: 150, nil, "public", at: 0) == 100)
        #expect(try admitted(of: 150, nil, "users", at: 3500) == 0)
        #expect(try admitted(of: 150, nil, "public", address: "203.0.113.8", at: 3500) == 100)
        #expect(try admitted(of: 150, nil, "public", at: 3660) == 100)
    }

    @Test func `a client has 1000 an hour from all its addresses, and each client its own`() throws {
        #expect(try admitted(of: 900, "user-app", "users", at: 0) == 900)
        #expect(try admitted(of: 900, "user-app", "public", address: "2001:db8::1", at: 600) == 100)
        #expect(try admitted(of: 1500, "admin-app", "users", at: 600) == 1000)
    }

    @Test func `a costly route has fewer, and leaves the rest alone`() throws {
        #expect(try admitted(of: 100, "user-app", "reports", at: 0) == 12)
        #expect(try admitted(of: 1500, "user-app", "users", at: 0) == 1000)
        #expect(try admitted(of: 100, "admin-app", "reports", at: 0) == 12)
    }

    @Test func `an answer says what RateLimit and Retry-After fields need`() throws {
        #expect(try admitted(of: 100, nil, "public", at: 0) == 100)
        let use = LimitUse(client: nil, address: IPAddress("203.0.113.7"), route: RouteIndex(0))
        let verdict = table.peek(use, at: .after(600)) { _ in false }
        #expect(!verdict.isAdmitted && verdict.standing.limit == 100 && verdict.standing.remaining == 0)
        #expect(verdict.standing.retryAfterSeconds == 3000 && verdict.standing.resetSeconds == 3000)
        #expect(table.resolver.reason(verdict, of: nil).code == "quota_exceeded:anonymous")
    }
}
