import Domain
import Testing

@testable import Store

@Suite struct RankingTests {
    private let noon = Timestamp(seconds: 1_763_640_000)

    /// Ten days with twenty addresses each that no other day has; only the first day has a failure.
    private func tenDays(_ store: TemporaryStore) throws {
        let writer = try store.writer()
        var source = try TestSource(writer)
        let events = (0..<200).map { number -> AccessEvent in
            let (day, place) = number.quotientAndRemainder(dividingBy: 20)
            let time = noon.advanced(by: Int64(day) * 86_400_000_000 + Int64(place) * 1_000_000)
            let status: UInt16 = number == 0 ? 503 : 200
            var event = AccessEvent(
                time: time, outcome: Outcome(status: status), status: status, latency: 1700, bytes: 1)
            event[.node] = "edge-1"
            event[.client] = "client-\(number)"
            event[.address] = "10.0.\(day).\(place)"
            event[.method] = "GET"
            event[.route] = "/v\(day)/{id}"
            return event
        }
        _ = try writer.commit([source.progress(events)])
        try writer.close()
    }

    @Test func `segments in which a filter finds nothing don't disturb the ranking`() throws {
        let store = try TemporaryStore()
        try tenDays(store)
        let reader = try store.reader()
        let failed = Filter.test(.number(.status, [500...599]))
        let overview = try reader.overview(OverviewQuery(window: .always, filter: failed, now: noon))
        #expect(overview.totals.requests == 1)
        #expect(overview.clients.map(\.name) == ["client-0"])
        #expect(overview.addresses.map(\.name) == ["10.0.0.0"])
        #expect(overview.routes.map(\.name) == ["/v0/{id}"])
        #expect(overview.addresses.first?.latency != nil)
    }

    @Test func `a narrow window ranks its own items alone`() throws {
        let store = try TemporaryStore()
        try tenDays(store)
        let reader = try store.reader()
        let day: Int64 = 86_400_000_000
        let window = TimeWindow(start: noon.advanced(by: 4 * day), end: noon.advanced(by: 6 * day))
        let overview = try reader.overview(OverviewQuery(window: window, rows: 50, now: noon))
        #expect(overview.totals.requests == 40)
        let expected = (4...5).flatMap { day in (0..<20).map { "10.0.\(day).\($0)" } }
        #expect(Set(overview.addresses.map(\.name)) == Set(expected))
        #expect(overview.addresses.allSatisfy { $0.latency != nil })
    }
}
