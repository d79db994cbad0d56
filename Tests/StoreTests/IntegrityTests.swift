import Domain
import Foundation
import GRDB
import Testing

@testable import Store

@Suite struct IntegrityTests {
    private let noon = Timestamp(seconds: 1_763_640_000)
    private var day: SegmentID { SegmentID(day: noon.day, part: 1) }
    private struct Failure: Error {}

    private func events(_ count: Int, seed: UInt64 = 1, stepping step: Int64 = 1_000_000) -> [AccessEvent] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { .random(around: noon.advanced(by: Int64($0) * step), &generator) }
    }

    @Test(arguments: [true, false])
    func `events that a crash left between the steps of a commit are stored once`(atCatalog: Bool) throws {
        let store = try TemporaryStore()
        // Three days, so that some segments are written and others are not when the commit fails.
        let all = events(900, stepping: 250_000_000)
        do {
            let writer = try store.writer()
            var source = try TestSource(writer)
            _ = try writer.commit([source.progress(Array(all[..<300]))])
            let last = SegmentID(day: all[899].time.day, part: 1)
            writer.willTake = { step in
                if step == (atCatalog ? .catalog : .segment(last)) { throw Failure() }
            }
            #expect(throws: Failure.self) { try writer.commit([source.progress(Array(all[300...]))]) }
        }
        let writer = try store.writer()
        let known = try #require(try writer.sources().first)
        #expect(known.offset == 30_000)
        #expect(known.lines == 300)
        var source = try TestSource(writer, name: "unused")
        source.position = known
        source.rewind(to: known.offset)
        let stored =
            try writer.commit([source.progress(Array(all[300..<700]))])
            + writer.commit([source.progress(Array(all[700...]))])
        #expect(stored < 600)
        try writer.close()
        let found = try store.reader().page(TrafficQuery(start: .oldest, limit: 2000, now: noon)).events
        #expect(found.map(\.anonymous) == all)
        for segment in store.folder.segments() {
            guard case .intact = try store.reader().verify(segment) else {
                Issue.record("\(segment) is broken")
                continue
            }
        }
    }

    @Test func `a writer goes on after a failed commit as if it hadn't been`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        var source = try TestSource(writer)
        let all = events(200)
        _ = try writer.commit([source.progress(Array(all[..<100]))])
        writer.willTake = { if $0 == .segment(day) { throw Failure() } }
        #expect(throws: Failure.self) { try writer.commit([source.progress(Array(all[100...]))]) }
        writer.willTake = nil
        source.rewind(to: 10_000)
        #expect(try writer.commit([source.progress(Array(all[100...]))]) == 100)
        let found = try store.reader().page(TrafficQuery(start: .oldest, limit: 2000, now: noon)).events
        #expect(found.map(\.anonymous) == all)
    }

    @Test func `late events in a sealed day survive a crash before the catalog heard of them`() throws {
        let store = try TemporaryStore()
        let all = events(200)
        do {
            let writer = try store.writer()
            var source = try TestSource(writer)
            _ = try writer.commit([source.progress(Array(all[..<100]))])
            try writer.close()
        }
        do {
            let writer = try store.writer()
            var source = try TestSource(writer, name: "late.log")
            writer.willTake = { if $0 == .catalog { throw Failure() } }
            #expect(throws: Failure.self) { try writer.commit([source.progress(Array(all[100...]))]) }
        }
        let writer = try store.writer()
        #expect(try store.reader().status().events == 200)
        #expect(try store.reader().overview(OverviewQuery(window: .always, now: noon)).totals.requests == 200)
        try writer.close()
    }

    @Test func `a commit of many days opens few files at a time, and a crash in it stores nothing twice`() throws {
        let store = try TemporaryStore()
        let all = events(150, stepping: Day.microseconds)
        let last = SegmentID(day: all[149].time.day, part: 1)
        let writer = try store.writer()
        var source = try TestSource(writer)
        func isSegment(_ link: String) -> Bool {
            let target = (try? FileManager.default.destinationOfSymbolicLink(atPath: link)) ?? ""
            return target.hasPrefix(store.folder.path + "/traffic-")
        }
        var mostFiles = 0
        writer.willTake = { step in
            let files = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
            mostFiles = max(mostFiles, files.count { isSegment("/proc/self/fd/" + $0) })
            if step == .segment(last) { throw Failure() }
        }
        #expect(throws: Failure.self) { try writer.commit([source.progress(all)]) }
        // Each database has its file, its log and the log's index open.
        #expect((3...60).contains(mostFiles))
        writer.willTake = nil
        source.rewind(to: 0)
        #expect(try writer.commit([source.progress(all)]) < 150)
        try writer.close()
        let found = try store.reader().page(TrafficQuery(start: .oldest, limit: 2000, now: noon)).events
        #expect(found.map(\.anonymous) == all)
    }

    @Test func `sealing and retention that fail don't fail a commit whose events are stored`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer(keep: 1)
        var source = try TestSource(writer)
        store.now = noon
        let all = events(300)
        _ = try writer.commit([source.progress(Array(all[..<100]))])
        writer.willTake = { if $0 == .retention { throw Failure() } }
        store.now = noon.advanced(by: 4 * Day.microseconds)
        #expect(try writer.commit([source.progress(Array(all[100..<200]))]) == 100)
        #expect(store.folder.segments() == [day])
        writer.willTake = nil
        #expect(try writer.commit([source.progress(Array(all[200...]))]) == 100)
        #expect(store.folder.segments() == [])
        try writer.close()
    }

    @Test func `what is too old at the end of a run is dropped then`() throws {
        let store = try TemporaryStore()
        store.now = noon.advanced(by: 4 * Day.microseconds)
        let writer = try store.writer(keep: 1)
        var source = try TestSource(writer)
        _ = try writer.commit([source.progress(events(10))])
        #expect(store.folder.segments() == [day])
        try writer.close()
        #expect(store.folder.segments() == [])
    }

    @Test func `slow traffic ends up in the same blocks as a flood`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        var source = try TestSource(writer)
        let all = events(4500, stepping: 10_000)
        for start in stride(from: 0, to: all.count, by: 9) {
            _ = try writer.commit([source.progress(Array(all[start..<start + 9]))])
        }
        try writer.close()
        let blocks = try store.rows(store.folder.segment(day), "SELECT first, count FROM blocks ORDER BY first")
        #expect(blocks.first?["count"] == 4096)
        #expect(blocks.count < 12)
        let found = try store.reader().page(TrafficQuery(start: .oldest, limit: 5000, now: noon)).events
        #expect(found.map(\.anonymous) == all)
    }

    @Test func `a segment that goes on after it was sealed counts everything`() throws {
        let store = try TemporaryStore()
        let all = events(9000, stepping: 5_000)
        var writer = try store.writer()
        var source = try TestSource(writer)
        _ = try writer.commit([source.progress(Array(all[..<5000]))])
        try writer.close()
        let reader = try store.reader()
        #expect(try reader.overview(OverviewQuery(window: .always, now: noon)).totals.requests == 5000)
        writer = try store.writer()
        _ = try writer.commit([source.progress(Array(all[5000...]))])
        #expect(try reader.refresh())
        #expect(try reader.overview(OverviewQuery(window: .always, now: noon)).totals.requests == 9000)
        try writer.close()
        #expect(try reader.refresh())
        #expect(try reader.overview(OverviewQuery(window: .always, now: noon)).totals.requests == 9000)
        #expect(try reader.page(TrafficQuery(start: .oldest, limit: 9999, now: noon)).events.map(\.anonymous) == all)
    }

    /// What somebody with a shell could do to a segment, and the batch that shows it.
    private static let tampering: [(sql: String, batch: Int64)] = [
        ("UPDATE columns SET data = zeroblob(length(data)) WHERE id = 2 * 1", 0),
        ("UPDATE columns SET base = base + 1 WHERE id = 0", 0),
        ("UPDATE columns SET base = base + 1 WHERE id = 32 * 4096", 1),
        ("DELETE FROM columns WHERE id = 32 * 4096 + 10", 1),
        ("DROP TRIGGER strings_stay; UPDATE strings SET text = '10.9.9.9' WHERE field = 5 AND id = 3", 0),
        ("DROP TRIGGER strings_remain; DELETE FROM strings WHERE field = 5 AND id = 3", 0),
        ("INSERT INTO strings VALUES (0, 999, 'x')", 3),
        ("DROP TRIGGER batches_remain; DELETE FROM batches WHERE number = 1", 1),
        ("DROP TRIGGER batches_remain; DELETE FROM batches WHERE number = 2", 2),
        ("DROP TRIGGER batches_stay; UPDATE batches SET time = time + 1 WHERE number = 1", 1),
        ("DROP TRIGGER batches_stay; UPDATE batches SET hash = zeroblob(32) WHERE number = 0", 0),
        ("DELETE FROM blocks WHERE first = 0", 0),
    ]

    @Test(arguments: tampering.indices)
    func `a change to what was written shows in the first batch that it touches`(index: Int) throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        var source = try TestSource(writer)
        let all = events(6000, stepping: 1000)
        for range in [0..<3000, 3000..<5000, 5000..<6000] {
            _ = try writer.commit([source.progress(Array(all[range]))])
        }
        try writer.close()
        let file = store.folder.segment(day)
        guard case .intact(3, 6000, _) = try store.reader().verify(day) else {
            Issue.record("broken before anything was done to it")
            return
        }
        let (sql, batch) = Self.tampering[index]
        try store.edit(file, sql)
        guard case .broken(let found, _, _) = try store.reader().verify(day) else {
            Issue.record("\(sql) went unnoticed")
            return
        }
        #expect(found == batch, "\(sql)")
    }

    @Test func `a verification tells how many events hold, and stops when it is told to`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        var source = try TestSource(writer)
        let all = events(6000, stepping: 1000)
        for range in [0..<3000, 3000..<5000, 5000..<6000] {
            _ = try writer.commit([source.progress(Array(all[range]))])
        }
        try writer.close()
        var seen: [Int64] = []
        _ = try store.reader().verify(day) { seen.append($0) }
        #expect(seen == [3000, 5000, 6000])
        seen = []
        #expect(throws: CancelledQuery.self) {
            try store.reader().verify(day) { events in
                seen.append(events)
                if events == 5000 { throw CancelledQuery() }
            }
        }
        #expect(seen == [3000, 5000])
    }

    @Test func `cutting off the last batch with all its traces shows against the catalog`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        var source = try TestSource(writer)
        _ = try writer.commit([source.progress(events(4096))])
        var last = AccessEvent(time: noon, outcome: .allowed, status: 200)
        last[.address] = "10.0.0.1"
        _ = try writer.commit([source.progress([last])])
        try writer.close()
        try store.edit(
            store.folder.segment(day),
            """
            DROP TRIGGER batches_remain; DELETE FROM batches WHERE number = 1;
            DELETE FROM blocks WHERE first = 4096; DELETE FROM columns WHERE id >= 4096 * 32
            """)
        guard case .broken(1, 4096..<4097, _) = try store.reader().verify(day) else {
            Issue.record("the cut went unnoticed")
            return
        }
    }
}
