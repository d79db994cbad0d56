import Domain
import Foundation
import GRDB
import Testing

@testable import Store

@Suite struct RoundTripTests {
    private let noon = Timestamp(seconds: 1_763_640_000)

    @Test func `every field comes back as it went in`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        var source = try TestSource(writer)
        var full = AccessEvent(
            time: noon.advanced(by: 123_456), outcome: .forbidden, status: 403, latency: 1_234_567, bytes: 89)
        for field in TextField.allCases { full[field] = "the \(field.name) ü" }
        full[.address] = "2001:db8::7"
        full[.query] = "page=2"
        let empty = AccessEvent(time: noon, outcome: .failed)
        #expect(try writer.commit([source.progress([full, empty])]) == 2)

        let page = try store.reader().page(TrafficQuery(start: .newest, limit: 10, now: noon))
        #expect(page.events.map(\.anonymous) == [empty, full])
        #expect(page.reachedEnd)
        #expect(page.events.map(\.id.ordinal) == [1, 0])
    }

    @Test func `the largest and the smallest numbers stay apart from unknown`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        var source = try TestSource(writer)
        let events = [
            AccessEvent(time: noon, outcome: .allowed, status: 1, latency: 0, bytes: 0),
            AccessEvent(time: noon, outcome: .allowed, status: 65_535, latency: 1 << 53, bytes: 1 << 53),
            AccessEvent(time: noon, outcome: .allowed, status: nil, latency: nil, bytes: nil),
            AccessEvent(time: noon, outcome: .allowed, status: 200, latency: .max, bytes: .max),
        ]
        _ = try writer.commit([source.progress(events)])
        let found = try store.reader().page(TrafficQuery(start: .oldest, limit: 10, now: noon)).events
        #expect(found.map(\.status) == [1, 65_535, nil, 200])
        #expect(found.map(\.latency) == [0, 1 << 53, nil, 1 << 53])
        #expect(found.map(\.bytes) == [0, 1 << 53, nil, 1 << 53])
    }

    @Test func `times at both ends of the calendar are kept in files of their days`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        var source = try TestSource(writer)
        let times: [Int64] = [.min, -1, 0, 86_399_999_999, 86_400_000_000, .max]
        let events = times.map { AccessEvent(time: Timestamp(microseconds: $0), outcome: .allowed, status: 200) }
        _ = try writer.commit([source.progress(events)])
        try writer.close()
        let found = try store.reader().page(TrafficQuery(start: .oldest, limit: 10, now: noon)).events
        #expect(
            found.map(\.time.microseconds) == [
                -62_135_596_800_000_000, -1, 0, 86_399_999_999, 86_400_000_000, 253_402_300_799_999_999,
            ])
        #expect(
            store.folder.segments().map { StoreFolder.fileName(of: $0) } == [
                "traffic-0001-01-01.sqlite", "traffic-1969-12-31.sqlite", "traffic-1970-01-01.sqlite",
                "traffic-1970-01-02.sqlite", "traffic-9999-12-31.sqlite",
            ])
    }

    @Test func `secrets, broken UTF-8 and endless texts are changed on the way in, visibly`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        var source = try TestSource(writer)
        var batch = EventBatch()
        var row = EventBatch.Row(time: noon, outcome: .allowed)
        row[.query] = batch.write(Array("page=2&access_token=hunter2".utf8))
        row[.agent] = batch.write([0x61, 0xff, 0x62, 0x00, 0xc3, 0xbc])
        row[.path] = batch.write(Array("/".utf8) + Array(repeating: 0x61, count: 10_000))
        row[.client] = batch.write(Array(String(repeating: "ü", count: 300).utf8))
        batch.rows = [row, row]
        var progress = source.progress([])
        progress.batches = [batch]
        #expect(try writer.commit([progress]) == 2)
        try writer.close()
        let event = try #require(
            try store.reader().page(TrafficQuery(start: .newest, limit: 1, now: noon)).events.first)
        #expect(event[.query] == "page=2&access_token=[redacted]")
        #expect(event[.agent] == "a\\xffb\\x00ü")
        #expect(event[.path]?.utf8.count == 2048)
        #expect(event[.path]?.hasSuffix("a…") == true)
        #expect(event[.client] == String(repeating: "ü", count: 126) + "…")
        let file = try Data(
            contentsOf: URL(fileURLWithPath: store.folder.segment(try #require(store.folder.segments().first))))
        #expect(file.range(of: Data("hunter2".utf8)) == nil)
    }

    @Test func `a path without a route is given one`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        var source = try TestSource(writer)
        var event = AccessEvent(time: noon, outcome: .allowed, status: 200)
        event[.path] = "/v1/users/42"
        _ = try writer.commit([source.progress([event])])
        let found = try store.reader().page(TrafficQuery(start: .newest, limit: 1, now: noon)).events
        #expect(found.first?[.route] == "/v1/users/{id}")
    }

    @Test func `any SQL tool reads the same from the view`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        var source = try TestSource(writer)
        var generator = SeededGenerator(seed: 3)
        let events = (0..<5000).map {
            AccessEvent.random(around: noon.advanced(by: Int64($0) * 250_001 - 7), &generator)
        }
        _ = try writer.commit([source.progress(Array(events[..<4200]))])
        _ = try writer.commit([source.progress(Array(events[4200...]))])
        try writer.close()
        let file = store.folder.segment(SegmentID(day: noon.day, part: 1))
        let rows = try store.rows(file, "SELECT * FROM events ORDER BY ordinal")
        #expect(rows.count == 5000)
        for (row, event) in zip(rows, events) {
            for field in TextField.allCases { #expect(row[field.name] as String? == event[field]) }
            #expect(row["time_us"] as Int64 == event.time.microseconds)
            #expect(row["outcome"] as String == event.outcome.name)
            #expect(row["status"] as Int? == event.status.map(Int.init))
            #expect(row["latency_us"] as Int64? == event.latency)
            #expect(row["bytes"] as Int64? == event.bytes)
        }
        #expect(rows[0]["time"] as String == "2025-11-20T11:59:59.999993Z")
        let total = try store.rows(file, "SELECT sum(allowed), sum(limited) FROM rates")
        #expect(total[0][0] as Int == events.count { $0.outcome == .allowed })
        #expect(total[0][1] as Int == events.count { $0.outcome == .limited })
    }
}
