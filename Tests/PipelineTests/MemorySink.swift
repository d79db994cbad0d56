import Domain
import Synchronization

/// A sink that remembers what it was given, as the store does, and fails when it is told to.
final class MemorySink: TrafficSink {
    struct Stored: Equatable, Sendable {
        var source: Int64
        var offset: Int64
        var path: String
        var name: String
    }

    struct Refusal: Error, CustomStringConvertible {
        var description: String { "the disk is full" }
    }

    private(set) var positions: [SourcePosition] = []
    private(set) var events: [Stored] = []
    private(set) var unread: [UnreadLine] = []
    private(set) var unreadCount: Int64 = 0
    private(set) var unreadReasons: [String: Int64] = [:]
    private(set) var commits: [[SourceProgress]] = []
    private(set) var followedUntil: [Int64: Timestamp] = [:]
    /// Commits to refuse before the next one is taken.
    var refusals = 0
    /// Commits to refuse when their events are stored already, before the next one is taken.
    var lateRefusals = 0
    /// Told after each commit.
    var afterCommit: (MemorySink) -> Void = { _ in }

    func sources() throws -> [SourcePosition] { positions }

    func addSource(_ identity: SourceIdentity) throws -> SourcePosition {
        let position = SourcePosition(
            id: Int64(positions.count + 1), identity: identity, offset: 0, lines: 0, tailHash: "")
        positions.append(position)
        return position
    }

    func commit(_ progress: [SourceProgress]) throws -> Int {
        if refusals > 0 {
            refusals -= 1
            throw Refusal()
        }
        let isRefusedLate = lateRefusals > 0
        defer { if isRefusedLate { lateRefusals -= 1 } }
        var stored = 0
        for source in progress {
            let index = Int(source.position.id) - 1
            for batch in source.batches {
                for row in batch.rows where row.offset >= positions[index].offset {
                    events.append(
                        Stored(
                            source: source.position.id, offset: row.offset, path: batch.text(row[.path]),
                            name: batch.text(row[.source])))
                    stored += 1
                }
            }
            positions[index] = source.position
            guard !isRefusedLate else { throw Refusal() }
            unread += source.unread
            unreadCount += source.unreadCount
            unreadReasons.merge(source.unreadReasons, uniquingKeysWith: +)
            if let until = source.followedUntil { followedUntil[source.position.id] = until }
        }
        commits.append(progress)
        afterCommit(self)
        return stored
    }

    var paths: [String] { events.map(\.path) }

}

extension EventBatch {
    fileprivate func text(_ slice: Slice) -> String { String(decoding: bytes(slice), as: UTF8.self) }
}
