import Domain
import Testing

/// Limits that rise more than tenfold, or go, for somebody.
struct DangerLimitTests {
    private static func quota(
        _ name: String, tier: String? = nil, client: String? = nil, _ limit: Int,
        _ window: Quota.Window = .rolling(seconds: 3600), burst: Int = 0, on pattern: String? = nil,
        key: Quota.Key = .client
    ) throws -> PolicyItem {
        let holder: Quota.Holder = try client.map { .client(try Name($0)) } ?? .tier(try Name(tier ?? "standard"))
        return .quota(
            Quota(
                name: try Name(name), holder: holder, key: key, window: window, limit: limit, burst: burst,
                pattern: try pattern.map { try RoutePattern($0) }))
    }

    private static func client(_ name: String, tier: String?) throws -> PolicyItem {
        .client(Client(name: try Name(name), tier: try tier.map { try Name($0) }))
    }

    private static func base() throws -> Policy {
        try Policy.of(
            settings: PolicySettings(anonymousTier: try Name("guest"), defaultTier: try Name("standard")),
            others: [
                .tier(Tier(name: Name("standard"))), .tier(Tier(name: Name("gold"))), .tier(Tier(name: Name("vip"))),
                .tier(Tier(name: Name("guest"))), quota("standard-hour", 1000),
                quota("gold-hour", tier: "gold", 10_000),
                quota("slow", tier: "standard", 15, .rate(seconds: 1), burst: 5),
                quota("costly", 20, on: "/reports/*"), quota("guest-hour", tier: "guest", 60, key: .address),
                client("acme", tier: "standard"), client("mine", tier: nil), client("big", tier: "gold"),
            ])
    }

    private static func found(_ change: (inout Policy) throws -> Void) throws -> [String] {
        let old = try base()
        var new = old
        try change(&new)
        return Danger.found(from: old, to: new).map(\.description)
    }

    @Test func `a quota that takes the place of another with more than ten times its units is found`() throws {
        #expect(
            try Self.found { $0.put(try Self.quota("big-hour", 100_000_000, on: "/*")) } == [
                "quota-raised quota/big-hour: takes the place of standard-hour on /*: "
                    + "from 1000 to 100000000 units in 1h"
            ])
        #expect(try Self.found { $0.put(try Self.quota("fair", 9000, on: "/v1/*")) } == [])
        // Without paths it counts beside, not in the place of the other.
        #expect(try Self.found { $0.put(try Self.quota("beside", 100_000_000)) } == [])
        #expect(
            try Self.found { $0.put(try Self.quota("own", client: "acme", 20_000)) } == [
                "quota-raised quota/own: takes the place of costly: from 20 to 20000 units in 1h",
                "quota-raised quota/own: takes the place of standard-hour: from 1000 to 20000 units in 1h",
            ])
        #expect(try Self.found { $0.put(try Self.quota("own", client: "acme", 200)) } == [])
        // It meets the other on some paths only.
        #expect(
            try Self.found { $0.put(try Self.quota("cross", client: "acme", 5000, on: "/{kind}/daily")) } == [
                "quota-raised quota/cross: takes the place of costly on /reports/daily: from 20 to 5000 units in 1h"
            ])
        #expect(
            try Self.found { $0.put(try Self.quota("guests", tier: "guest", 1_000_000, on: "/*", key: .address)) }.count
                == 1)
    }

    @Test func `a quota that changes so that it takes the place of another is found`() throws {
        var old = try Self.base()
        old.put(try Self.quota("wide", 1_000_000, on: "/v1/*", key: .subject))
        var new = old
        new.put(try Self.quota("wide", 1_000_000, on: "/v1/*"))
        #expect(!Danger.found(from: old, to: new).isEmpty)
        old = new
        new.put(try Self.quota("wide", 1_500_000, on: "/v1/*"))
        // It has its place already.
        #expect(Danger.found(from: old, to: new) == [])
        new.put(try Self.quota("wide", 1_000_000, on: "/v1/*"))
        new.put(try Self.quota("inner", 2_000_000, on: "/v1/orders/*"))
        #expect(Danger.found(from: old, to: new) == [])
    }

    @Test func `another tier is found where a limit goes or rises more than tenfold, and free up to that`() throws {
        #expect(try Self.found { $0.put(try Self.client("acme", tier: "standard")) } == [])
        let freed = try Self.found { $0.put(try Self.client("acme", tier: "vip")) }
        #expect(
            freed == [
                "quota-raised client/acme: costly (20 in 1h) counts no more",
                "quota-raised client/acme: slow (15 in 1s and 5 at once) counts no more",
                "quota-raised client/acme: standard-hour (1000 in 1h) counts no more",
            ])
        #expect(try Self.found { $0.put(try Self.client("mine", tier: "vip")) }.count == 3)
        #expect(
            try Self.found { policy in
                policy.put(try Self.client("acme", tier: "gold"))
                policy[ItemKey(try Name<Quota>("costly"))] = nil
            }
                == [
                    "quota-raised quota/costly: costly is removed",
                    "quota-raised client/acme: gold-hour takes the place of costly: from 20 to 10000 units in 1h",
                ])
        // What a client is made with isn't raised.
        #expect(try Self.found { $0.put(try Self.client("new", tier: "vip")) } == [])
        #expect(try Self.found { $0.put(try Self.client("big", tier: "standard")) } == [])
        var old = try Self.base()
        old[ItemKey(try Name<Quota>("costly"))] = nil
        var new = old
        // Ten times as much, and no more.
        new.put(try Self.client("acme", tier: "gold"))
        #expect(Danger.found(from: old, to: new) == [])
    }

    @Test func `another tier for those without one, or without credentials, is found`() throws {
        func settings(_ change: (inout PolicySettings) throws -> Void) throws -> [String] {
            try Self.found { policy in
                var settings = policy.settings
                try change(&settings)
                policy.put(.settings(settings))
            }
        }
        #expect(try settings { $0.defaultTier = try Name("vip") }.count == 3)
        #expect(
            try settings { $0.anonymousTier = try Name("vip") }
                == [
                    "quota-raised settings/policy: for requests without credentials guest-hour (60 in 1h) counts no more"
                ])
        #expect(try settings { $0.anonymousTier = nil }.count == 1)
        // Whatever its key, a quota of requests without credentials counts addresses.
        #expect(
            try settings { $0.anonymousTier = try Name("standard") }
                == [
                    "quota-raised settings/policy: for requests without credentials standard-hour takes the place of "
                        + "guest-hour: from 60 to 1000 units in 1h"
                ])
        var old = try Self.base()
        old[ItemKey(try Name<Client>("mine"))] = nil
        var new = old
        var changed = old.settings
        changed.defaultTier = try Name("vip")
        new.put(.settings(changed))
        // Nobody is without a tier.
        #expect(Danger.found(from: old, to: new) == [])
    }

    @Test func `what may pass in the longer window counts, so that a burst alone is no rise`() throws {
        func change(_ before: PolicyItem, _ after: PolicyItem) throws -> [String] {
            var old = try Self.base()
            old.put(before)
            var new = old
            new.put(after)
            return Danger.found(from: old, to: new).map(\.description)
        }
        let fast = try Self.quota("rate", tier: "vip", 15, .rate(seconds: 1))
        let slow = try Self.quota("rate", tier: "vip", 1000, .rate(seconds: 3600), burst: 50)
        #expect(try change(fast, slow) == [])
        #expect(
            try change(slow, fast) == [
                "quota-raised quota/rate: goes from 1000 in 1h and 50 at once to 15 in 1s: "
                    + "from 1050 to 54000 units in 1h"
            ])
        let burst = try Self.quota("rate", tier: "vip", 100, .rate(seconds: 3600), burst: 5000)
        #expect(
            try change(try Self.quota("rate", tier: "vip", 100, .rate(seconds: 3600)), burst) == [
                "quota-raised quota/rate: goes from 100 in 1h to 100 in 1h and 5000 at once: "
                    + "from 100 to 5100 units in 1h"
            ])
        let day = try Self.quota("rate", tier: "vip", 24_000, .calendar(.day, zone: "UTC"))
        #expect(try change(try Self.quota("rate", tier: "vip", 100), day) == [])
    }
}
