import Domain
import Foundation

/// Some quotas of one tier, clients of it, a route, and the table that counts.
struct LimitScene {
    let resolver: QuotaResolver
    let table: LimitTable
    let clients: [Client]

    static let second: Int64 = 1_000_000_000

    init(_ quotas: [Quota], clients: Int = 1, mostKeys: Int = 250_000) throws {
        let tier = try Name<Tier>("tier")
        self.clients = try (0..<clients).map { number in
            Client(name: try Name("client-\(String(1000 + number))"), tier: tier)
        }
        var settings = PolicySettings()
        settings.anonymousTier = tier
        let route = Route(name: try Name("route"), pattern: try RoutePattern("/route"), methods: .all)
        var items: [PolicyItem] = [.settings(settings), .tier(Tier(name: tier)), .route(route)]
        items += self.clients.map { .client($0) } + quotas.map { .quota($0) }
        resolver = QuotaResolver(Policy(items), zones: Self.zone)
        table = LimitTable(resolver, mostKeys: mostKeys, seed: 1)
    }

    static func quota(
        _ window: Quota.Window, limit: Int, burst: Int = 0, key: Quota.Key = .client, name: String = "quota",
        adaptive: Quota.Adaptive? = nil
    ) throws -> Quota {
        Quota(
            name: try Name(name), holder: .tier(try Name("tier")), key: key, window: window, limit: limit, burst: burst,
            adaptive: adaptive)
    }

    func admit(
        _ client: Int? = 0, subject: String? = nil, address: IPAddress? = nil, cost: Int = 1, at moment: LimitMoment
    ) -> LimitVerdict {
        table.admit(use(client, subject: subject, address: address, cost: cost), at: moment) { _ in false }
    }

    func peek(_ client: Int? = 0, cost: Int = 1, at moment: LimitMoment) -> LimitVerdict {
        table.peek(use(client, cost: cost), at: moment) { _ in false }
    }

    func use(_ client: Int?, subject: String? = nil, address: IPAddress? = nil, cost: Int = 1) -> LimitUse {
        LimitUse(
            client: client.map { ClientIndex($0) }, subject: subject.map { LimitKey(subject: $0, issuer: "issuer") },
            address: address, route: RouteIndex(0), cost: Int32(cost))
    }

    /// The system's zones, asked through Foundation, from 2000 to 2037.
    static func zone(_ name: String) -> TimeZoneTable? {
        guard let zone = TimeZone(identifier: name) else { return nil }
        var transitions = [transition(zone, at: Date(timeIntervalSince1970: 946_684_800))]
        while let last = transitions.last, last.time < Timestamp(seconds: 2_114_380_800),
            let next = zone.nextDaylightSavingTimeTransition(
                after: Date(timeIntervalSince1970: TimeInterval(last.time.second)))
        {
            transitions.append(transition(zone, at: next))
        }
        return TimeZoneTable(transitions: transitions)
    }

    private static func transition(_ zone: TimeZone, at date: Date) -> TimeZoneTable.Transition {
        TimeZoneTable.Transition(
            time: Timestamp(seconds: Int64(date.timeIntervalSince1970)), offset: zone.secondsFromGMT(for: date),
            abbreviation: zone.abbreviation(for: date) ?? "")
    }
}

extension LimitMoment {
    /// So many seconds after a start that is the same for both clocks: 2026-11-20 12:00 UTC on the wall.
    static func after(_ seconds: Double) -> LimitMoment { after(nanoseconds: Int64(seconds * 1e9)) }

    static func after(nanoseconds: Int64) -> LimitMoment {
        LimitMoment(
            monotonic: nanoseconds,
            wall: Timestamp(seconds: 1_795_176_000).advanced(by: nanoseconds.dividedDown(by: 1000)))
    }
}
