import Domain
import Testing

@testable import Store

@Suite struct RouteTests {
    private let noon = Timestamp(seconds: 1_763_640_000)

    /// A word of letters alone, so that it isn't taken for an identifier.
    private func word(_ number: Int) -> String {
        let letters = Array("abcdefghij")
        return "file" + String(number).compactMap { $0.wholeNumberValue }.map { String(letters[$0]) }.joined()
    }

    @Test func `a scan for what isn't there leaves the routes of what is alone`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        var source = try TestSource(writer)
        func event(_ path: String, _ status: UInt16) -> AccessEvent {
            var event = AccessEvent(time: noon, outcome: Outcome(status: status), status: status)
            event[.path] = path
            return event
        }
        let scan = (0..<200).map { event("/" + word($0), 404) }
        let found = [event("/health", 404), event("/health", 200), event("/health", 404), event("/orders", 200)]
        _ = try writer.commit([source.progress(scan + found)])
        try writer.close()
        let events = try store.reader().page(TrafficQuery(start: .oldest, limit: 500, now: noon)).events
        #expect(Set(events.prefix(200).map { $0[.route] }) == ["/{name}"])
        #expect(events.suffix(4).map { $0[.route] } == ["/{name}", "/health", "/health", "/orders"])
    }
}
