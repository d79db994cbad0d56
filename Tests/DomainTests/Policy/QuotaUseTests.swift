import Domain
import Testing

/// What recorded requests say of a client's quotas.
struct QuotaUseTests {
    /// 2026-11-20T11:30Z
    private static let now = Timestamp(seconds: 1_795_174_200)

    private static func quota(
        _ name: String, of holder: Quota.Holder, key: Quota.Key = .client, _ window: Quota.Window, limit: Int,
        on pattern: String? = nil
    ) throws -> Quota {
        Quota(
            name: try Name(name), holder: holder, key: key, window: window, limit: limit,
            pattern: try pattern.map { try RoutePattern($0) })
    }

    /// A client of tier gold that may read and write orders; reports cost 5.
    private static func tally(_ quotas: [Quota]) throws -> QuotaUseTally {
        var acme = try Client("acme", roles: ["reader"])
        acme.tier = try Name("gold")
        let policy = try Policy.of(
            roles: [Role("reader", [Permission(.allow, [.get, .post], "/*")])],
            routes: [
                Route("orders", "/v1/orders", [.get, .post]), Route("order", "/v1/orders/{id}"),
                Route("reports", "/v1/reports", cost: 5),
            ],
            clients: [acme],
            others: [.tier(Tier(name: try Name("gold"))), .tier(Tier(name: try Name("silver")))]
                + quotas.map { .quota($0) })
        let snapshot = try policy.compiled()
        let client = try #require(snapshot.client(named: "acme"))
        return QuotaUseTally(snapshot, of: client, at: now, zones: SampleZones.table)
    }

    private static func fact(
        _ path: String, _ method: String = "GET", subject: String = "", from address: String? = nil,
        minutesAgo: Int64 = 1
    ) -> TrafficFact {
        TrafficFact(
            client: "acme", subject: subject, method: method, path: path, address: address.flatMap { IPAddress($0) },
            time: now.advanced(by: -minutesAgo * 60_000_000))
    }

    @Test func `what was let through counts with its route's cost, in the window that ends now`() throws {
        let gold = Quota.Holder.tier(try Name("gold"))
        var tally = try Self.tally([
            Self.quota("hourly", of: gold, .rate(seconds: 3600), limit: 1000),
            Self.quota("daily", of: gold, .calendar(.day, zone: "UTC"), limit: 20),
            Self.quota("minute", of: gold, .rolling(seconds: 60), limit: 10),
        ])
        tally.add(Self.fact("/v1/orders"), outcome: .allowed)
        tally.add(Self.fact("/v1/orders", "POST", minutesAgo: 59), outcome: .failed)
        tally.add(Self.fact("/v1/reports", minutesAgo: 120), outcome: .allowed)
        tally.add(Self.fact("/v1/reports", minutesAgo: 12 * 60), outcome: .allowed)
        tally.add(Self.fact("/v1/orders"), outcome: .forbidden)
        tally.add(Self.fact("/v1/nothing"), outcome: .allowed)
        tally.add(Self.fact("/v1/orders", minutesAgo: 2), outcome: .limited)
        let uses = tally.uses()
        #expect(uses.map(\.quota.name.text) == ["daily", "hourly", "minute"])
        #expect(uses.map(\.used) == [7, 2, 1])
        #expect(uses.map(\.limited) == [1, 1, 0])
        #expect(uses.allSatisfy { $0.precision == .exact && $0.heaviest == nil })
        #expect(tally.start == Timestamp(seconds: 1_795_132_800))
        #expect(uses[0].share == 0.35)
    }

    @Test func `the nearest quota counts, on its paths alone`() throws {
        let gold = Quota.Holder.tier(try Name("gold"))
        let acme = Quota.Holder.client(try Name("acme"))
        var tally = try Self.tally([
            Self.quota("gold-hourly", of: gold, .rate(seconds: 3600), limit: 1000),
            Self.quota("acme-hourly", of: acme, .rate(seconds: 3600), limit: 50),
            Self.quota("acme-orders", of: acme, .rate(seconds: 3600), limit: 5, on: "/v1/orders/*"),
            Self.quota("other", of: .tier(try Name("silver")), .rate(seconds: 3600), limit: 5),
        ])
        for number in 0..<3 { tally.add(Self.fact("/v1/orders/\(number)"), outcome: .allowed) }
        tally.add(Self.fact("/v1/orders"), outcome: .allowed)
        let uses = tally.uses()
        #expect(uses.map(\.quota.name.text) == ["acme-orders", "acme-hourly", "gold-hourly"])
        #expect(uses.map(\.used) == [3, 1, 0])
        #expect(uses.map { $0.displacedBy?.text } == [nil, nil, "acme-hourly"])
    }

    @Test func `of several counters the one that took most is told`() throws {
        let gold = Quota.Holder.tier(try Name("gold"))
        var tally = try Self.tally([
            Self.quota("a", of: gold, key: .subject, .rate(seconds: 60), limit: 10),
            Self.quota("b", of: gold, key: .address, .rate(seconds: 60), limit: 10),
            Self.quota("c", of: gold, key: .clientAndRoute, .rate(seconds: 60), limit: 10),
        ])
        tally.add(Self.fact("/v1/orders", subject: "eve", from: "2001:db8::1"), outcome: .allowed)
        tally.add(Self.fact("/v1/orders/1", subject: "eve", from: "2001:db8::2"), outcome: .allowed)
        tally.add(Self.fact("/v1/orders/2", from: "203.0.113.9"), outcome: .allowed)
        let uses = tally.uses()
        #expect(uses.map(\.used) == [2, 2, 2])
        #expect(uses.map(\.heaviest) == ["eve", "2001:db8::1/64", "order"])
        #expect(uses.map(\.keys) == [2, 2, 2])
    }

    @Test func `what wasn't read back to the start of a window is at least so much`() throws {
        let gold = Quota.Holder.tier(try Name("gold"))
        var tally = try Self.tally([
            Self.quota("hour", of: gold, .rate(seconds: 3600), limit: 10),
            Self.quota("minute", of: gold, .rate(seconds: 60), limit: 10),
        ])
        tally.add(Self.fact("/v1/orders"), outcome: .allowed)
        let uses = tally.uses(reachingBackTo: Self.now.advanced(by: -600_000_000))
        #expect(uses.map(\.precision) == [.atLeast, .exact])
    }

    @Test func `without quotas there is nothing to read`() throws {
        let tally = try Self.tally([])
        #expect(tally.start == nil)
        #expect(tally.uses().isEmpty)
    }
}
