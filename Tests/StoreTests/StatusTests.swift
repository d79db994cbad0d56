import Domain
import Foundation
import Testing

@testable import Store

@Suite struct StatusTests {
    private let noon = Timestamp(seconds: 1_763_640_000)
    private let minute: Int64 = 60_000_000

    private func fill(_ store: TemporaryStore, minutes: [Int64]) throws {
        let writer = try store.writer()
        var source = try TestSource(writer)
        var generator = SeededGenerator(seed: 4)
        let events = minutes.map { AccessEvent.random(around: noon.advanced(by: $0 * minute), &generator) }
        _ = try writer.commit([source.progress(events)])
        try writer.close()
    }

    private func status(_ store: TemporaryStore) throws -> StoreStatus {
        let noon = noon
        let reader = TrafficReader(folder: store.folder, clock: { noon })
        #expect(try reader.refresh())
        return reader.status()
    }

    @Test func `events dated in the future are counted and don't pass for the newest`() throws {
        let store = try TemporaryStore()
        // Today's block straddles the present, tomorrow's and next year's days lie beyond it.
        try fill(store, minutes: [-30, -2, 4, 6, 60, 1440, 1441, 525_600])
        let status = try status(store)
        #expect(status.newest == noon.advanced(by: 4 * minute))
        #expect(status.future == 5)
        #expect(status.events == 8)
    }

    @Test func `a store without wrong dates has no events in the future`() throws {
        let store = try TemporaryStore()
        try fill(store, minutes: [-1441, -30, -2])
        let status = try status(store)
        #expect(status.newest == noon.advanced(by: -2 * minute))
        #expect(status.future == 0)
    }

    @Test func `a damaged day is told until its file is mended`() throws {
        let store = try TemporaryStore()
        try fill(store, minutes: [-3000, -1500, -2])
        let file = store.folder.segment(store.folder.segments()[1])
        let intact = try Data(contentsOf: URL(fileURLWithPath: file))
        var damaged = intact
        for page in stride(from: 4096, to: damaged.count, by: 4096) {
            damaged.replaceSubrange(page..<page + 2048, with: Data(repeating: 0xa5, count: 2048))
        }
        try overwrite(file, with: damaged)
        let reader = try store.reader()
        #expect(reader.status().problems.isEmpty)
        let query = TrafficQuery(start: .newest, limit: 10, now: noon)
        #expect(try reader.page(query).events.count == 2)
        // The console asks for the status only when something changed: the damage is such a change, once.
        #expect(try reader.refresh())
        #expect(try !reader.refresh())
        #expect(reader.status().problems.first?.contains("is damaged") == true)

        // What is written to other days is no reason to forget it.
        try fill(store, minutes: [-1])
        #expect(try reader.refresh())
        #expect(reader.status().problems.count == 1)
        #expect(try reader.page(query).events.count == 3)
        #expect(reader.status().problems.count == 1)

        try overwrite(file, with: intact)
        #expect(try reader.refresh())
        #expect(try reader.page(query).events.count == 4)
        #expect(try reader.refresh())
        #expect(reader.status().problems == [])
        #expect(try !reader.refresh())
    }

    private func overwrite(_ file: String, with data: Data) throws {
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file))
        try handle.write(contentsOf: data)
        try handle.close()
    }
}
