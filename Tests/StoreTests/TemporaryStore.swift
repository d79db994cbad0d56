import Domain
import Foundation
import GRDB

@testable import Store

/// A store in a folder of its own that goes away with it.
final class TemporaryStore {
    let folder: StoreFolder
    private let root: String
    /// What the writer takes for the time of day.
    var now = Timestamp(seconds: 1_763_700_000)

    init() throws {
        root = FileManager.default.temporaryDirectory.path + "/gatehouse-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: root, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        folder = StoreFolder(root + "/store")
    }

    deinit {
        chmod(folder.path, 0o700)
        try? FileManager.default.removeItem(atPath: root)
    }

    func writer(keep: Int? = nil) throws -> TrafficStore {
        try TrafficStore(folder: folder, writer: "test", keep: keep, clock: { self.now })
    }

    func reader() throws -> TrafficReader {
        let reader = TrafficReader(folder: folder)
        _ = try reader.refresh()
        return reader
    }

    /// Runs SQL on one of the files as anybody with a shell could.
    func edit(_ path: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    func rows(_ path: String, _ sql: String) throws -> [Row] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { try Row.fetchAll($0, sql: sql) }
    }
}

/// A source that is written to step by step, as a log file is.
struct TestSource {
    var position: SourcePosition
    private var next: Int64 = 0

    init(_ store: TrafficStore, name: String = "access.log") throws {
        position = try store.addSource(SourceIdentity(prefixHash: name, prefixLength: 4, name: name))
    }

    /// The next events of the source, 100 bytes a line.
    mutating func progress(_ events: [AccessEvent]) -> SourceProgress {
        var batch = EventBatch()
        for event in events {
            batch.append(event)
            batch.rows[batch.rows.count - 1].offset = next
            next += 100
        }
        position.offset = next
        position.lines += Int64(events.count)
        return SourceProgress(position: position, batches: [batch])
    }

    /// Goes back to where the store knows the source to be, as after a crash.
    mutating func rewind(to offset: Int64) {
        next = offset
        position.offset = offset
    }
}

/// Random numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &+ 0x9e37_79b9_7f4a_7c15
    }

    mutating func next() -> UInt64 {
        state = state &+ 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}

extension AccessEvent {
    /// An event of a small world, so that texts repeat and filters find something.
    static func random(around time: Timestamp, _ generator: inout SeededGenerator) -> AccessEvent {
        func oneOf<Value>(_ values: [Value], _ generator: inout SeededGenerator) -> Value {
            values[Int.random(in: 0..<values.count, using: &generator)]
        }
        let status = oneOf([200, 200, 200, 204, 301, 401, 403, 429, 400, 500, nil] as [UInt16?], &generator)
        var event = AccessEvent(
            time: time, outcome: Outcome(status: status ?? 0), status: status,
            latency: oneOf([nil, 0, 250, 1000, 1700, 90_000, 3_000_000], &generator),
            bytes: oneOf([nil, 0, 1, 512, 70_000, 5_000_000_000], &generator))
        event[.node] = "edge-1"
        event[.source] = oneOf(["a.log", "b.log"], &generator)
        event[.client] = oneOf([nil, nil, "acme", "mobile-app", "svc-billing"], &generator)
        event[.address] =
            "10.0.\(Int.random(in: 0...3, using: &generator)).\(Int.random(in: 1...40, using: &generator))"
        event[.method] = oneOf([nil, "GET", "POST"], &generator)
        event[.path] = oneOf([nil, "/v1/users/1", "/v1/users/2", "/v1/orders", "/Health"], &generator)
        event[.route] = event[.path].map { $0.hasPrefix("/v1/users") ? "/v1/users/{id}" : $0 }
        event[.reason] = event.outcome.isDenied ? oneOf([nil, "token_expired"], &generator) : nil
        event[.agent] = oneOf([nil, "curl/8", "Mozilla/5.0 (x)"], &generator)
        return event
    }

    /// The same without what the store gives: for comparing what went in with what comes out.
    var anonymous: AccessEvent {
        var copy = self
        copy.id = EventID(segment: SegmentID(day: Day(number: 0), part: 0), ordinal: 0)
        return copy
    }
}
