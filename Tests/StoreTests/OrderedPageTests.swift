import Domain
import Testing

@testable import Store

/// Pages in the order of a column, against a plain sort of all events.
@Suite struct OrderedPageTests {
    private static let now = Timestamp(seconds: 1_763_800_000)
    private static let orders: [TrafficQuery.Order] = [true, false].flatMap { descending in
        NumberField.allCases.map { .number($0, descending: descending) }
            + TextField.allCases.map { .text($0, descending: descending) }
    }

    /// Traffic of some days, whose clock sometimes runs back.
    private func fill(_ store: TemporaryStore, _ writer: TrafficStore, commits: Int, seed: UInt64) throws {
        var source = try TestSource(writer, name: "\(seed).log")
        var generator = SeededGenerator(seed: seed)
        var time = Timestamp(seconds: 1_763_500_000)
        for _ in 0..<commits {
            let events = (0..<Int.random(in: 100...300, using: &generator)).map { _ -> AccessEvent in
                time = time.advanced(by: Int64.random(in: -20_000_000...200_000_000, using: &generator))
                var event = AccessEvent.random(around: time, &generator)
                // Every day gets texts that the other days don't have.
                event[.path] = "/\(Int.random(in: 0...300, using: &generator))/\(time.day.number)"
                return event
            }
            _ = try writer.commit([source.progress(events)])
        }
    }

    private func all(_ reader: TrafficReader) throws -> [AccessEvent] {
        try reader.page(TrafficQuery(start: .oldest, limit: .max, now: Self.now)).events
    }

    private func expected(_ query: TrafficQuery, of events: [AccessEvent]) -> [AccessEvent] {
        let chosen = events.filter { query.window.contains($0.time) && query.filter.matches($0, now: query.now) }
        let newestFirst = chosen.sorted {
            EventPosition(time: $0.time, id: $0.id) > EventPosition(time: $1.time, id: $1.id)
        }
        switch query.order {
        case .time: return newestFirst
        case .number(let field, let descending):
            let known = newestFirst.filter { number($0, field) != nil }.sorted { left, right in
                let (left, right) = (number(left, field) ?? 0, number(right, field) ?? 0)
                return descending ? left > right : left < right
            }
            return Array((known + newestFirst.filter { number($0, field) == nil }).prefix(query.limit))
        case .text(let field, let descending):
            let known = newestFirst.filter { $0[field] != nil }.map { (text: Array(($0[field] ?? "").utf8), event: $0) }
            let sorted = known.sorted { left, right in
                descending
                    ? right.text.lexicographicallyPrecedes(left.text)
                    : left.text.lexicographicallyPrecedes(right.text)
            }
            return Array((sorted.map(\.event) + newestFirst.filter { $0[field] == nil }).prefix(query.limit))
        }
    }

    private func number(_ event: AccessEvent, _ field: NumberField) -> Int64? {
        switch field {
        case .status: event.status.map(Int64.init)
        case .latency: event.latency
        case .bytes: event.bytes
        }
    }

    @Test func `events that were chosen one by one are paged, counted and ordered like all others`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        try fill(store, writer, commits: 8, seed: 23)
        let reader = try store.reader()
        let chosen = try all(reader).enumerated().filter { $0.offset % 3 == 1 }.map(\.element)
        let positions = chosen.map { EventPosition(time: $0.time, id: $0.id) }
        var query = TrafficQuery(start: .newest, limit: 40, now: Self.now)
        query.selection = EventSelection(positions)
        for filter in [Filter.everything, .test(.number(.status, [400...499])), .test(.unknownText(.client))] {
            query.filter = filter
            let matching = chosen.filter { filter.matches($0, now: Self.now) }
            for order in Self.orders {
                query.order = order
                #expect(try reader.page(query).events == expected(query, of: chosen))
            }
            query.order = .time
            for start in [TrafficQuery.Start.newest, .oldest] {
                query.start = start
                var walked: [AccessEvent] = []
                while true {
                    let page = try reader.page(query)
                    #expect(page.events.count <= 40)
                    if start == .oldest { walked += page.events } else { walked = page.events + walked }
                    let end = start == .oldest ? page.events.last : page.events.first
                    guard !page.reachedEnd, let end else { break }
                    let position = EventPosition(time: end.time, id: end.id)
                    query.start = start == .oldest ? .after(position) : .before(position)
                }
                #expect(walked == matching)
            }
            let count = try reader.count(of: EventSelection(positions), filter: filter, now: Self.now)
            #expect(count.matching == matching.count && count.total == chosen.count && count.isComplete)
        }
        // What isn't stored any more is left out.
        let gone = EventPosition(
            time: Self.now, id: EventID(segment: SegmentID(day: Day(number: 1), part: 1), ordinal: 7))
        query.selection = EventSelection(positions.suffix(2) + [gone])
        (query.filter, query.start) = (.everything, .newest)
        #expect(try reader.page(query).events == Array(chosen.suffix(2)))
    }

    @Test func `a page in an order holds what a sort of all events starts with`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        try fill(store, writer, commits: 10, seed: 21)
        let reader = try store.reader()
        let events = try all(reader)
        let middle = events[events.count / 2].time
        let narrow = TimeWindow(start: middle.advanced(by: -9_000_000_000), end: middle)
        #expect(store.folder.segments().count >= 2)
        for order in Self.orders {
            for (filter, limit, window) in [
                (Filter.everything, 7, TimeWindow.always), (.everything, 700, .always),
                (.test(.number(.status, [400...499])), 50, .always), (.test(.unknownText(.client)), 1000, narrow),
                (.test(.text(.client, [TextPattern(glob: "nobody")])), 5, .always),
            ] {
                var query = TrafficQuery(start: .oldest, filter: filter, window: window, limit: limit, now: Self.now)
                query.order = order
                let page = try reader.page(query)
                #expect(page.events.map(\.id) == expected(query, of: events).map(\.id), "\(query)")
                #expect(page.reachedEnd)
            }
        }
    }

    @Test func `an order keeps to a snapshot`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        try fill(store, writer, commits: 4, seed: 31)
        let reader = try store.reader()
        let before = try all(reader)
        let snapshot = reader.snapshot()
        try fill(store, writer, commits: 6, seed: 32)
        #expect(try reader.refresh())
        var query = TrafficQuery(start: .newest, limit: 200, snapshot: snapshot, now: Self.now)
        for order in [TrafficQuery.Order.number(.latency, descending: true), .text(.path, descending: false)] {
            query.order = order
            #expect(try reader.page(query).events == expected(query, of: before))
        }
    }

    @Test func `nobody waits for an order that isn't wanted any more`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        try fill(store, writer, commits: 2, seed: 41)
        let reader = try store.reader()
        let cancellation = Cancellation()
        cancellation.cancel()
        var query = TrafficQuery(start: .newest, limit: 10, now: Self.now)
        query.order = .text(.path, descending: true)
        #expect(throws: CancelledQuery.self) { try reader.page(query, cancellation: cancellation) }
    }
}
