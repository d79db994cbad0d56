import Domain
import Foundation
import GRDB
import Testing

@testable import Store

@Suite struct TroubleTests {
    private let noon = Timestamp(seconds: 1_763_640_000)

    private func fill(_ store: TemporaryStore, days: Int = 3, close: Bool = true) throws {
        let writer = try store.writer()
        var source = try TestSource(writer)
        var generator = SeededGenerator(seed: 4)
        let events = (0..<days * 100).map { number in
            AccessEvent.random(around: noon.advanced(by: Int64(number) * 864_000_000), &generator)
        }
        _ = try writer.commit([source.progress(events)])
        if close { try writer.close() }
    }

    @Test func `a store that isn't there is empty, and seen as soon as it is`() throws {
        let store = try TemporaryStore()
        let reader = TrafficReader(folder: store.folder)
        #expect(try !reader.refresh())
        #expect(reader.status() == StoreStatus())
        #expect(
            try reader.page(TrafficQuery(start: .newest, limit: 5, now: noon))
                == TrafficPage(events: [], reachedEnd: true))
        #expect(try reader.overview(OverviewQuery(window: .always, now: noon)).totals.requests == 0)
        try fill(store)
        #expect(try reader.refresh())
        #expect(reader.status().events == 300)
        #expect(reader.status().nodes == ["edge-1"])
    }

    @Test func `a store that goes away is said, once as news and for as long as it is gone`() throws {
        let store = try TemporaryStore()
        try fill(store)
        let reader = TrafficReader(folder: store.folder)
        #expect(try reader.refresh())
        let path = store.folder.path
        try FileManager.default.moveItem(atPath: path, toPath: path + "-gone")
        #expect(try reader.refresh())
        #expect(try !reader.refresh())
        #expect(reader.status().problems.first?.hasPrefix("the store is gone: \(path) holds no traffic") == true)
        #expect(reader.status().events == 0)
        try FileManager.default.moveItem(atPath: path + "-gone", toPath: path)
        #expect(try reader.refresh())
        #expect(reader.status().problems.isEmpty && reader.status().events == 300)
    }

    @Test func `a second writer is told who the first one is`() throws {
        let store = try TemporaryStore()
        let first = try store.writer()
        let error = #expect(throws: StoreError.self) { try store.writer() }
        #expect(error?.message.contains("in use by test, process \(getpid()), since 2025-11-21T04:40:00Z") == true)
        #expect(try store.reader().status().writer?.hasPrefix("test, process") == true)
        try first.close()
    }

    @Test func `a writer that ends lets the next one in`() throws {
        let store = try TemporaryStore()
        try fill(store)
        #expect(try store.reader().status().writer == nil)
        try fill(store)
        #expect(try store.reader().status().events == 600)
    }

    @Test func `only the owner may look into the store`() throws {
        let store = try TemporaryStore()
        try fill(store)
        for name in try FileManager.default.contentsOfDirectory(atPath: store.folder.path) {
            let attributes = try FileManager.default.attributesOfItem(atPath: store.folder.path + "/" + name)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
        chmod(store.folder.path, 0o755)
        let error = #expect(throws: StoreError.self) { try store.writer() }
        #expect(error?.message.contains("chmod 700") == true)
    }

    @Test func `a missing day is said, and the others are still read`() throws {
        let store = try TemporaryStore()
        try fill(store)
        let middle = store.folder.segments()[1]
        StoreFolder.removeDatabase(store.folder.segment(middle))
        let reader = try store.reader()
        let page = try reader.page(TrafficQuery(start: .newest, limit: 1000, now: noon))
        #expect(page.events.count == 200)
        #expect(try reader.overview(OverviewQuery(window: .always, now: noon)).totals.requests == 200)
        #expect(reader.status().problems.count == 1)
        #expect(reader.status().problems.first?.contains("is missing") == true)
    }

    @Test func `a damaged day is said, and the others are still read`() throws {
        let store = try TemporaryStore()
        try fill(store)
        let file = store.folder.segment(store.folder.segments()[1])
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file))
        let size = try handle.seekToEnd()
        for page in stride(from: 4096, to: size, by: 4096) {
            try handle.seek(toOffset: page)
            try handle.write(contentsOf: Data(repeating: 0xa5, count: 2048))
        }
        try handle.close()
        let reader = try store.reader()
        #expect(try reader.page(TrafficQuery(start: .newest, limit: 1000, now: noon)).events.count == 200)
        #expect(try reader.overview(OverviewQuery(window: .always, now: noon)).totals.requests == 200)
        #expect(reader.status().problems.first?.contains("is damaged") == true)
    }

    @Test func `a damaged newest day doesn't keep the others from being written`() throws {
        let store = try TemporaryStore()
        try fill(store, days: 1, close: false)
        let newest = store.folder.segment(try #require(store.folder.segments().last))
        StoreFolder.removeDatabase(newest)
        try Data(repeating: 0x41, count: 9000).write(to: URL(fileURLWithPath: newest))
        let writer = try store.writer()
        #expect(writer.problems.count == 1)
        #expect(writer.problems.first?.hasPrefix("\(newest) is damaged") == true)
        var source = try TestSource(writer, name: "other.log")
        let event = AccessEvent(time: noon.advanced(by: -Day.microseconds), outcome: .allowed, status: 200)
        #expect(try writer.commit([source.progress([event])]) == 1)
        try writer.close()
    }

    @Test func `a newer segment is refused and left alone`() throws {
        let store = try TemporaryStore()
        try fill(store, days: 1)
        let file = store.folder.segment(try #require(store.folder.segments().first))
        try store.edit(file, "PRAGMA user_version = 99")
        let reader = try store.reader()
        #expect(try reader.page(TrafficQuery(start: .newest, limit: 500, now: noon)).events.count == 50)
        #expect(reader.status().problems.first?.contains("schema 99; this one knows up to 1") == true)
    }

    @Test func `a newer catalog is refused by reader and writer`() throws {
        let store = try TemporaryStore()
        try fill(store, days: 1)
        try store.edit(store.folder.catalog, "INSERT INTO grdb_migrations VALUES ('traffic 99')")
        let error = #expect(throws: StoreError.self) { try store.writer() }
        #expect(error?.problem == .newerSchema(found: 3, known: 2))
        #expect(throws: StoreError(.newerSchema(found: 3, known: 2), path: store.folder.catalog)) { try store.reader() }
    }

    @Test func `a catalog that is no database is an error that names it`() throws {
        let store = try TemporaryStore()
        try fill(store, days: 1)
        try Data(repeating: 0x41, count: 9000).write(to: URL(fileURLWithPath: store.folder.catalog))
        let error = #expect(throws: StoreError.self) { try store.reader() }
        #expect(error?.path == store.folder.catalog)
        #expect(error?.message.contains("is damaged") == true)
    }

    @Test func `an immutable copy is read without a writer's files`() throws {
        let store = try TemporaryStore()
        try fill(store)
        let file = store.folder.segment(try #require(store.folder.segments().first))
        let database = try SQLiteDatabase(path: file, mode: .immutable)
        #expect(try database.integer("SELECT count(*) FROM event_codes") == 50)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: store.folder.path).sorted() == [
                "traffic-2025-11-20.sqlite", "traffic-2025-11-21.sqlite", "traffic-2025-11-22.sqlite",
                "traffic-2025-11-23.sqlite", "traffic.lock", "traffic.sqlite",
            ])
    }

    @Test func `retention drops whole days, remembers them, and takes no other`() throws {
        let store = try TemporaryStore()
        store.now = noon
        try fill(store, days: 4)
        store.now = noon.advanced(by: 3 * Day.microseconds)
        let reader = try store.reader()
        let writer = try store.writer(keep: 1)
        #expect(
            store.folder.segments().map(\.day.number) == [
                noon.day.number + 2, noon.day.number + 3, noon.day.number + 4,
            ])
        #expect(try reader.refresh())
        #expect(reader.status().events == 300 - 50)
        #expect(try store.rows(store.folder.catalog, "SELECT day, count FROM dropped_segments").count == 2)
        try writer.close()
    }

    @Test func `unread lines are counted, kept without their secrets, and bounded`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        var source = try TestSource(writer)
        var progress = source.progress([])
        progress.unread = (0..<1500).map { number -> UnreadLine in
            let line = "line \(number) apikey=hunter2 " + String(repeating: "x", count: number < 1490 ? 0 : 9000)
            return UnreadLine(
                time: noon, source: "access.log", offset: Int64(number), reason: number < 10 ? "huge" : "unknown",
                bytes: Array(line.utf8))
        }
        progress.unreadCount = 2000
        _ = try writer.commit([progress])
        let reader = try store.reader()
        #expect(reader.status().unread == 2000)
        let lines = try reader.unreadLines(limit: 5000)
        #expect(lines.count == 1000)
        #expect(lines.first?.offset == 1499)
        #expect(lines.first?.bytes.count == 4096)
        #expect(lines.allSatisfy { !String(decoding: $0.bytes, as: UTF8.self).contains("hunter2") })
        #expect(try reader.unreadReasons().map(\.reason) == ["unknown", "other", "huge"])
        #expect(try reader.unreadReasons().map(\.count) == [1490, 500, 10])
    }

    @Test func `unread lines are counted by reason also where most were not kept`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        var source = try TestSource(writer)
        var progress = source.progress([])
        progress.unread = [UnreadLine(time: noon, source: "a.log", offset: 0, reason: "unknown", bytes: [])]
        progress.unreadCount = 100
        progress.unreadReasons = ["unknown": 60, "huge": 39]
        _ = try writer.commit([progress])
        let reasons = try store.reader().unreadReasons()
        #expect(reasons.map(\.reason) == ["unknown", "huge", "other"])
        #expect(reasons.map(\.count) == [60, 39, 1])
        try writer.close()
    }

    @Test func `a symbolic link in the place of a file is refused, and what it leads to stays`() throws {
        let store = try TemporaryStore()
        try fill(store, days: 1)
        let target = store.folder.path + "/precious"
        for file in [store.folder.lock, store.folder.catalog] {
            try Data("precious".utf8).write(to: URL(fileURLWithPath: target))
            unlink(file)
            symlink(target, file)
            let error = #expect(throws: StoreError.self) { try store.writer() }
            #expect(error?.path == file)
            #expect(error?.message.contains("symbolic link") == true)
            #expect(try String(contentsOfFile: target, encoding: .utf8) == "precious")
            unlink(file)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a folder away"))
    func `a folder of another account is refused, also by root`() throws {
        let store = try TemporaryStore()
        try fill(store, days: 1)
        chown(store.folder.path, 65_534, 65_534)
        let error = #expect(throws: StoreError.self) { try store.writer() }
        #expect(error?.message.contains("belongs to another account (uid 65534)") == true)
    }

    @Test func `a quiet hour is told from a gap`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        var source = try TestSource(writer)
        let event = AccessEvent(time: noon, outcome: .allowed, status: 200)
        store.now = noon.advanced(by: 7_200_000_000)
        var progress = source.progress([event])
        progress.followedUntil = noon.advanced(by: 3_600_000_000)
        _ = try writer.commit([progress])
        let window = TimeWindow(start: noon.advanced(by: -3_600_000_000), end: noon.advanced(by: 7_200_000_000))
        let overview = try store.reader().overview(OverviewQuery(window: window, buckets: 6, now: noon))
        #expect(overview.bucketSeconds == 1800)
        #expect(overview.series.map(\.isCovered) == [false, false, true, true, true, false])
        #expect(overview.series.map(\.counts.requests) == [0, 0, 1, 0, 0, 0])
    }

    @Test func `readers see whole commits while a writer is at work`() async throws {
        let store = try TemporaryStore()
        let folder = store.folder
        let noon = noon
        let writing = Task {
            let writer = try TrafficStore(folder: folder, writer: "test")
            var source = try TestSource(writer)
            var generator = SeededGenerator(seed: 8)
            for commit in 0..<60 {
                let events = (0..<250).map { number in
                    AccessEvent.random(around: noon.advanced(by: Int64(commit * 250 + number) * 20_000), &generator)
                }
                _ = try writer.commit([source.progress(events)])
            }
            try writer.close()
        }
        let reader = TrafficReader(folder: folder)
        var seen = 0
        while seen < 15_000 {
            guard try reader.refresh() else {
                await Task.yield()
                continue
            }
            let overview = try reader.overview(OverviewQuery(window: .always, now: noon))
            #expect(overview.totals.requests % 250 == 0)
            #expect(overview.totals.requests >= seen)
            #expect(overview.series.reduce(0) { $0 + $1.counts.requests } == overview.totals.requests)
            let clients = overview.clients.reduce(0) { $0 + $1.counts.requests }
            let page = try reader.page(TrafficQuery(start: .newest, limit: 20_000, now: noon))
            #expect(page.events.count >= overview.totals.requests)
            #expect(clients <= page.events.count { $0[.client] != nil })
            #expect(reader.status().problems == [])
            seen = overview.totals.requests
        }
        try await writing.value
    }
}
