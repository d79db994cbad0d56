import Domain
import Foundation
import GRDB
import Testing

@testable import Store

/// Days that the catalog adds up together.
@Suite struct GroupTests {
    /// Midnight of the first day of a group.
    private let start = Day(number: 8 * 2552).start
    private var after: Timestamp { start.advanced(by: 40 * Day.microseconds) }
    private struct Failure: Error {}

    /// A store of some days with the first day of the group among them, written in order and closed.
    private func fill(_ store: TemporaryStore, days: Range<Int64>, seed: UInt64 = 1, perDay: Int = 60) throws {
        store.now = after
        let writer = try store.writer()
        try add(days, seed: seed, perDay: perDay, to: writer)
        try writer.close()
        #expect(writer.problems == [])
    }

    private func add(
        _ days: Range<Int64>, seed: UInt64, perDay: Int, to writer: TrafficStore, name: String = "access.log"
    ) throws {
        var generator = SeededGenerator(seed: seed)
        var source = try TestSource(writer, name: name)
        for day in days {
            let times = (0..<perDay).map { _ in Int64.random(in: 0..<Day.microseconds, using: &generator) }
            let events = times.map { time in
                AccessEvent.random(around: start.advanced(by: day * Day.microseconds + time), &generator)
            }
            _ = try writer.commit([source.progress(events)])
        }
    }

    private func groups(_ store: TemporaryStore) throws -> [Int64] {
        try store.rows(store.folder.catalog, "SELECT day FROM segment_groups ORDER BY day").map { row -> Int64 in
            (row["day"] as Int64) - start.day.number
        }
    }

    private func leftovers(_ store: TemporaryStore) throws -> Int {
        let sql = """
            SELECT (SELECT count(*) FROM segment_group_lists WHERE id / 16 NOT IN (SELECT id FROM segment_groups))
            + (SELECT count(*) FROM segment_group_members WHERE group_id NOT IN (SELECT id FROM segment_groups))
            """
        return try store.rows(store.folder.catalog, sql).first?[0] ?? -1
    }

    /// A reader of the same store that doesn't know of groups.
    private func plainReader(_ store: TemporaryStore) throws -> TrafficReader {
        let reader = try store.reader()
        for group in reader.catalog?.groups ?? [] { reader.avoidedGroups.updateValue(nil, forKey: group.id) }
        #expect(reader.groups(in: .always) == [])
        return reader
    }

    private func day(_ number: Int64) -> SegmentID { SegmentID(day: Day(number: start.day.number + number), part: 1) }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `answers with groups are those without`(seed: UInt64) throws {
        let store = try TemporaryStore()
        var generator = SeededGenerator(seed: seed)
        try fill(store, days: -11..<21, seed: seed, perDay: 40)
        #expect(try groups(store) == [-16, -8, 0, 8, 16])
        let reader = try store.reader()
        let plain = try plainReader(store)
        var used = 0
        for step in 0..<40 {
            // A reader that has seen nothing now and then, and otherwise one that moves from window to window.
            let reader = step % 4 == 0 ? try store.reader() : reader
            let from = Int64.random(in: -14 * 24...10 * 24, using: &generator)
            let hours = Int64.random(in: 24...34 * 24, using: &generator)
            let offset = Bool.random(using: &generator) ? 0 : Int64.random(in: 0..<3_600_000_000, using: &generator)
            let first = start.advanced(by: from * 3_600_000_000 + offset)
            let window = TimeWindow(start: first, end: first.advanced(by: hours * 3_600_000_000))
            let filter: Filter = step % 5 == 4 ? .test(.outcome([.limited, .forbidden])) : .everything
            var query = OverviewQuery(
                window: window, filter: filter, buckets: step % 3 == 0 ? 2000 : 90, rows: 7, now: after)
            query.clientMetric = Metric.allCases[step % Metric.allCases.count]
            query.routeMetric = query.clientMetric
            query.addressMetric = query.clientMetric
            query.denials = 5
            #expect(try reader.overview(query) == plain.overview(query), "step \(step)")
            used += reader.groups(in: window).count
        }
        #expect(used > 20)
        #expect(reader.status().problems == [])
    }

    @Test func `groups answer without their segments being opened`() throws {
        let store = try TemporaryStore()
        try fill(store, days: 0..<8)
        let expected = try store.reader().overview(OverviewQuery(window: .always, rows: 0, now: after))
        for number in 0..<8 as Range<Int64> {
            try Data("no database".utf8).write(to: URL(fileURLWithPath: store.folder.segment(day(number))))
        }
        let found = try store.reader().overview(OverviewQuery(window: .always, rows: 0, now: after))
        #expect(found == expected)
        #expect(found.totals.requests == 480)
    }

    @Test func `a late event in a grouped day drops the group until the day is sealed again`() throws {
        let store = try TemporaryStore()
        try fill(store, days: 0..<16)
        #expect(try groups(store) == [0, 8])
        let reader = try store.reader()
        #expect(try reader.overview(OverviewQuery(window: .always, now: after)).totals.requests == 960)
        let writer = try store.writer()
        try add(3..<4, seed: 9, perDay: 1, to: writer, name: "late.log")
        #expect(try groups(store) == [8])
        #expect(try leftovers(store) == 0)
        // Before it knows, and after.
        #expect(try reader.overview(OverviewQuery(window: .always, now: after)).totals.requests >= 960)
        #expect(try reader.refresh())
        #expect(try reader.overview(OverviewQuery(window: .always, now: after)).totals.requests == 961)
        try writer.close()
        #expect(try groups(store) == [0, 8])
        #expect(try store.reader().overview(OverviewQuery(window: .always, now: after)).totals.requests == 961)
    }

    @Test func `a reader that still knows a group that has gone asks the days`() throws {
        let store = try TemporaryStore()
        try fill(store, days: 0..<16)
        let reader = try store.reader()
        try store.edit(store.folder.catalog, "DELETE FROM segment_groups WHERE day = \(start.day.number)")
        #expect(try leftovers(store) == 0)
        let query = OverviewQuery(window: .always, now: after)
        #expect(try reader.overview(query) == plainReader(store).overview(query))
        #expect(reader.status().problems == [])
    }

    @Test func `retention of one of its days drops a group`() throws {
        let store = try TemporaryStore()
        try fill(store, days: 0..<16)
        store.now = start.advanced(by: 12 * Day.microseconds)
        let writer = try store.writer(keep: 10)
        // Day 0 and 1 are older; what is left of their group is added up again.
        #expect(store.folder.segments().first == day(2))
        try writer.close()
        #expect(try leftovers(store) == 0)
        let reader = try store.reader()
        #expect(reader.catalog?.groups.first?.members.first?.id == day(2))
        #expect(try reader.overview(OverviewQuery(window: .always, now: after)).totals.requests == 14 * 60)
        let query = OverviewQuery(window: .always, now: after)
        #expect(try reader.overview(query) == plainReader(store).overview(query))
    }

    @Test func `a crash between the last seal and the group leaves the group to the next writer`() throws {
        let store = try TemporaryStore()
        store.now = after
        do {
            let writer = try store.writer()
            writer.willTake = { if case .group = $0 { throw Failure() } }
            for day in 0..<12 as Range<Int64> {
                // Days that rested are sealed.
                store.now = store.now.advanced(by: 120_000_000)
                try add(day..<day + 1, seed: 1, perDay: 60, to: writer, name: "\(day).log")
            }
            #expect(writer.problems.count == 1)
        }
        #expect(try groups(store) == [])
        let reader = try store.reader()
        #expect(try reader.overview(OverviewQuery(window: .always, now: after)).totals.requests == 720)
        try store.writer().close()
        #expect(try groups(store) == [0, 8])
        #expect(try store.reader().overview(OverviewQuery(window: .always, now: after)).totals.requests == 720)
    }

    /// What somebody with a shell could do to a group.
    private static let tampering = [
        "UPDATE segment_groups SET header = x'010000000000'",
        "UPDATE segment_groups SET hours = x''",
        "UPDATE segment_group_lists SET data = zeroblob(length(data)) WHERE id % 16 = 4",
        "UPDATE segment_group_lists SET data = substr(data, 1, length(data) - 1) WHERE id % 16 = 8",
        "DELETE FROM segment_group_lists WHERE id % 16 = 2",
        "DELETE FROM segment_group_lists WHERE id % 16 = 3",
        "UPDATE segment_group_lists SET data = zeroblob(length(data)) WHERE id % 16 = 9",
        "UPDATE segment_group_members SET count = count + 1 WHERE part = 1 AND day % 8 = 2",
    ]

    @Test(arguments: tampering)
    func `a group that was tampered with is found by the check, and then not asked`(sql: String) throws {
        let store = try TemporaryStore()
        try fill(store, days: 0..<8)
        let query = OverviewQuery(window: .always, now: after)
        let expected = try plainReader(store).overview(query)
        var reader = try store.reader()
        try reader.checkSegments()
        #expect(reader.status().problems == [])
        #expect(try reader.overview(query) == expected)
        try store.edit(store.folder.catalog, sql)
        reader = try store.reader()
        // It may answer wrongly until it is checked, and must never fail.
        _ = try reader.overview(query)
        try reader.checkSegments()
        var report = AuditReport()
        try TrafficVerification(store.folder).run(exported: [], into: &report)
        #expect(report.findings.map(\.place) == [.segment("traffic.sqlite")])
        #expect(report.segments == 8)
        #expect(reader.status().problems.count == 1)
        #expect(reader.status().problems.first?.contains("the sums of 2025-11-24 to 2025-12-01") == true)
        #expect(try reader.overview(query) == expected)
    }

    @Test func `a missing day of a group is said`() throws {
        let store = try TemporaryStore()
        try fill(store, days: 0..<8)
        StoreFolder.removeDatabase(store.folder.segment(day(4)))
        let reader = try store.reader()
        #expect(try reader.overview(OverviewQuery(window: .always, now: after)).totals.requests == 420)
        #expect(reader.status().problems.first?.contains("is missing") == true)
    }

    @Test func `a catalog from before there were groups is read as it is, and gets them from a writer`() throws {
        let store = try TemporaryStore()
        try fill(store, days: -8..<24)
        let query = OverviewQuery(window: .always, now: after)
        let expected = try plainReader(store).overview(query)
        try store.edit(
            store.folder.catalog,
            """
            DROP TRIGGER segment_added; DROP TRIGGER segment_changed; DROP TRIGGER segment_removed;
            DROP TABLE segment_groups; DROP TABLE segment_group_members; DROP TABLE segment_group_lists;
            DELETE FROM grdb_migrations WHERE identifier <> 'traffic 1'
            """)
        let reader = try store.reader()
        #expect(try reader.overview(query) == expected)
        let writer = try store.writer()
        #expect(try groups(store) == [-8])
        try writer.close()
        #expect(try groups(store) == [-8, 0, 8, 16])
        #expect(try reader.refresh())
        #expect(try reader.overview(query) == expected)
        #expect(try store.reader().overview(query) == expected)
    }

    @Test func `a group stands for exactly its segments`() throws {
        let store = try TemporaryStore()
        try fill(store, days: 0..<8)
        let stored = try #require(try store.reader().catalog)
        let group = try #require(stored.groups.first)
        #expect(group.members.count == 8)
        #expect(group.stands(for: stored.segments))
        var more = stored.segments
        more.append(more[7])
        more[8].id.part = 2
        #expect(!group.stands(for: more))
        more = stored.segments
        more[2].head[0] ^= 1
        #expect(!group.stands(for: more))
        more = stored.segments
        more[5].isSealed = false
        #expect(!group.stands(for: more))
    }
}
