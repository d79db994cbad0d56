import Domain
import Testing

@testable import Store

/// Random traffic in random commits, against a reader that knows nothing but the list of events.
@Suite struct AgreementTests {
    /// All events with the places that they must have been given, in the order of time.
    private final class World {
        let store: TemporaryStore
        let writer: TrafficStore
        var events: [AccessEvent] = []
        private var lengths: [SegmentID: Int64] = [:]
        private var sources: [TestSource]
        private var generator: SeededGenerator
        private let start = Timestamp(seconds: 1_763_500_000)
        private var clock: [Int64] = [0, 0]

        init(seed: UInt64) throws {
            store = try TemporaryStore()
            writer = try store.writer()
            generator = SeededGenerator(seed: seed)
            let writer = writer
            sources = try ["a.log", "b.log"].map { try TestSource(writer, name: $0) }
        }

        /// Writes some commits of two sources whose clocks differ and sometimes run back.
        func grow(commits: Int, upTo largest: Int) throws {
            for _ in 0..<commits {
                let progress = sources.indices.map { index -> SourceProgress in
                    let count = Int.random(in: 0...largest, using: &generator)
                    let events = (0..<count).map { _ -> AccessEvent in
                        clock[index] += Int64.random(in: -2_000_000...45_000_000, using: &generator)
                        return AccessEvent.random(around: start.advanced(by: clock[index]), &generator)
                    }
                    return take(events, index)
                }
                _ = try writer.commit(progress)
            }
            events.sort { EventPosition(time: $0.time, id: $0.id) < EventPosition(time: $1.time, id: $1.id) }
        }

        private func take(_ new: [AccessEvent], _ index: Int) -> SourceProgress {
            for event in new {
                let segment = SegmentID(day: event.time.day, part: 1)
                var placed = event
                placed.id = EventID(segment: segment, ordinal: lengths[segment, default: 0])
                lengths[segment, default: 0] += 1
                events.append(placed)
            }
            return sources[index].progress(new)
        }
    }

    private static let now = Timestamp(seconds: 1_763_800_000)

    private static let filters: [Filter] = [
        .everything,
        .test(.outcome([.limited, .forbidden])),
        .test(.text(.client, [TextPattern(glob: "acme"), TextPattern(glob: "svc-*")])),
        .not(.test(.text(.route, [TextPattern(glob: "/v1/*")]))),
        .test(.unknownText(.client)),
        .test(.unknownNumber(.latency)),
        .test(.number(.status, [400...499])),
        .test(.number(.latency, [0...250, 90_000...Int64.max])),
        .test(.number(.bytes, [Int64.min...1])),
        .test(.address([Network("10.0.2.0/24")].compactMap(\.self))),
        .test(.words(TextPattern(containing: "HEALTH"))),
        .any([.test(.text(.method, [TextPattern(glob: "POST")])), .test(.outcome([.failed]))]),
        .all([
            .test(.since(.ago(microseconds: 200_000_000_000))),
            .not(.test(.text(.agent, [TextPattern(glob: "curl*")]))),
        ]),
        .test(.text(.client, [TextPattern(glob: "nobody")])),
    ]

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `pages in both directions hold the same events as the whole list`(seed: UInt64) throws {
        let world = try World(seed: seed)
        try world.grow(commits: 12, upTo: 700)
        let reader = try world.store.reader()
        for filter in Self.filters {
            let expected = world.events.filter { filter.matches($0, now: Self.now) }
            for isBackward in [true, false] {
                var found: [AccessEvent] = []
                var start = isBackward ? TrafficQuery.Start.newest : .oldest
                while true {
                    let page = try reader.page(TrafficQuery(start: start, filter: filter, limit: 401, now: Self.now))
                    found = isBackward ? page.events + found : found + page.events
                    #expect(page.reachedEnd == (found.count == expected.count))
                    guard !page.reachedEnd, let edge = isBackward ? page.events.first : page.events.last else { break }
                    let position = EventPosition(time: edge.time, id: edge.id)
                    start = isBackward ? .before(position) : .after(position)
                }
                #expect(found == expected, "\(filter)")
            }
            let count = try reader.count(filter: filter, now: Self.now)
            #expect(count.matching == Int64(expected.count))
            #expect(count.total == Int64(world.events.count))
            #expect(count.isComplete)
        }
    }

    @Test func `a snapshot stays as it was while the store grows`() throws {
        let world = try World(seed: 9)
        try world.grow(commits: 6, upTo: 500)
        let reader = try world.store.reader()
        let snapshot = reader.snapshot()
        let before = world.events
        try world.grow(commits: 9, upTo: 900)
        #expect(try reader.refresh())
        #expect(try !reader.refresh())
        let filter = Filter.test(.outcome([.allowed]))
        let query = TrafficQuery(start: .oldest, filter: filter, limit: 10_000, snapshot: snapshot, now: Self.now)
        #expect(try reader.page(query).events == before.filter { $0.outcome == .allowed })
        let count = try reader.count(filter: filter, snapshot: snapshot, now: Self.now)
        #expect(count.matching == Int64(before.count { $0.outcome == .allowed }))
        #expect(count.total == Int64(before.count))
        #expect(reader.snapshot().count == Int64(world.events.count))
        for event in before.shuffled().prefix(50) { #expect(try reader.event(event.id) == event) }
    }

    @Test(arguments: [false, true])
    func `an overview says what the list of events says`(isSealed: Bool) throws {
        let world = try World(seed: 5)
        try world.grow(commits: 14, upTo: 900)
        if isSealed { try world.writer.close() }
        let reader = try world.store.reader()
        let middle = world.events[world.events.count / 2].time
        let windows = [
            TimeWindow.always,
            TimeWindow(start: middle.advanced(by: -3_600_000_000), end: middle),
            TimeWindow(start: middle.advanced(by: -40_000_000_123), end: middle.advanced(by: 90_000_000_777)),
            TimeWindow(start: middle, end: middle.advanced(by: 7_000_000)),
        ]
        for window in windows {
            for (number, filter) in Self.filters.enumerated() {
                // Every metric without a filter; with one, a different metric each time.
                let metrics = Metric.allCases
                for metric in filter == .everything ? metrics : [metrics[number % metrics.count]] {
                    var query = OverviewQuery(window: window, filter: filter, buckets: 50, rows: 7, now: Self.now)
                    query.clientMetric = metric
                    query.routeMetric = metric
                    query.addressMetric = metric
                    query.denials = 5
                    try expect(reader.overview(query), for: query, over: world.events)
                }
            }
        }
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `a window that moves while the store grows says what the list of events says`(seed: UInt64) throws {
        let world = try World(seed: seed)
        try world.grow(commits: 8, upTo: 900)
        let reader = try world.store.reader()
        var generator = SeededGenerator(seed: seed)
        let middle = world.events[world.events.count / 2].time
        var window = TimeWindow(start: middle.advanced(by: -14_000_000_000), end: middle)
        for step in 0..<24 {
            if step % 2 == 0 { try world.grow(commits: 1, upTo: 200) }
            _ = try reader.refresh()
            var query = OverviewQuery(window: window, buckets: 50, rows: 7, now: Self.now)
            query.denials = 5
            try expect(reader.overview(query), for: query, over: world.events)
            // Mostly onwards, as a clock goes; now and then back, as people look.
            window = TimeWindow(
                start: window.start.advanced(by: .random(in: -200_000_000...900_000_000, using: &generator)),
                end: window.end.advanced(by: .random(in: -200_000_000...900_000_000, using: &generator)))
        }
        #expect(reader.counted.count == 2)
    }

    private func expect(_ overview: Overview, for query: OverviewQuery, over all: [AccessEvent]) throws {
        let events = all.filter { overview.window.contains($0.time) && query.filter.matches($0, now: query.now) }
        let asked = all.filter { query.window.contains($0.time) && query.filter.matches($0, now: query.now) }
        #expect(events.count >= asked.count)
        #expect(overview.totals == counts(events))
        #expect(overview.latency == histogram(events))
        #expect(overview.series.count <= query.buckets)
        var total = OutcomeCounts()
        for bucket in overview.series {
            let end = bucket.start.advanced(by: overview.bucketSeconds * 1_000_000)
            #expect(bucket.counts == counts(events.filter { $0.time >= bucket.start && $0.time < end }))
            total += bucket.counts
        }
        #expect(total == overview.totals)
        let earlier = all.filter {
            overview.window.before.contains($0.time) && query.filter.matches($0, now: query.now)
        }
        let oldest = try #require(all.first).time
        #expect(overview.before == (oldest <= overview.window.before.start ? counts(earlier) : nil))
        expect(overview.clients, query, query.clientMetric, events) { $0[.client].map { [$0] } }
        expect(overview.addresses, query, query.addressMetric, events) { $0[.address].map { [$0] } }
        expect(overview.routes, query, query.routeMetric, events) { event in
            event[.route].map { [$0] + (event[.method].map { [$0] } ?? []) }
        }
        #expect(overview.denials == events.filter(\.outcome.isDenied).suffix(5).reversed())
    }

    /// Equals may come in any order, so the figures are compared in order and each row by its name.
    private func expect(
        _ rows: [Overview.Ranked], _ query: OverviewQuery, _ metric: Metric, _ events: [AccessEvent],
        key: (AccessEvent) -> [String]?
    ) {
        let groups = Dictionary(grouping: events.filter { key($0) != nil }) { key($0) ?? [] }
        func value(_ group: [AccessEvent]) -> Int64 {
            switch metric {
            case .latency: percentile(group) ?? -1
            case .requests: Int64(group.count)
            case .limited, .unauthenticated, .forbidden, .failed: Int64(group.count { $0.outcome == metric.outcome })
            }
        }
        let least: Int64 = metric == .latency ? 0 : 1
        let best = groups.values.map(value).filter { $0 >= least }.sorted(by: >).prefix(query.rows)
        let found = rows.map { row in groups[[row.name] + (row.method.map { [$0] } ?? [])] ?? [] }
        #expect(found.map(value) == Array(best))
        for (row, group) in zip(rows, found) {
            #expect(row.counts == counts(group))
            #expect(row.latency == percentile(group))
        }
        #expect(Set(rows.map { [$0.name, $0.method ?? ""] }).count == rows.count)
    }

    private func counts(_ events: [AccessEvent]) -> OutcomeCounts {
        var counts = OutcomeCounts()
        for event in events { counts[event.outcome] += 1 }
        return counts
    }

    private func histogram(_ events: [AccessEvent]) -> LatencyHistogram {
        var histogram = LatencyHistogram()
        for event in events { event.latency.map { histogram.record($0) } }
        return histogram
    }

    private func percentile(_ events: [AccessEvent]) -> Int64? {
        var histogram = histogram(events)
        histogram.raiseMaximum(to: .max)
        return histogram.quantile(0.95)
    }
}
