import Domain
import Testing

@testable import Pipeline

struct CommitterTests {
    private let now = Timestamp(seconds: 1_795_000_000)

    /// A megabyte of lines that gave one event, and 300 that gave none.
    private func parcel(_ number: Int) -> Parcel {
        let start = Int64(number) << 20
        let identity = SourceIdentity(prefixHash: "", prefixLength: 0, name: "a.log")
        var row = EventBatch.Row(time: now, outcome: .allowed)
        row.offset = start
        var batch = EventBatch(lines: [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 20))
        batch.rows = [row]
        return Parcel(
            source: SourceLedger.Key(reader: 0, number: 0),
            position: SourcePosition(id: 0, identity: identity, offset: start + 1 << 20, lines: 0, tailHash: ""),
            batch: batch,
            unread: (0..<300).map {
                UnreadLine(time: now, source: "a.log", offset: start + $0, reason: "binary", bytes: [0])
            },
            unreadReasons: ["binary": 300])
    }

    @Test func `what waits for a commit is bounded in bytes, and in lines that aren't understood`() throws {
        let queue = BoundedQueue<Delivery>(capacity: 101)
        for number in 0..<100 { queue.append(.parcel(parcel(number))) }
        queue.close()
        let sink = MemorySink()
        var pace = Committer.Pace.bulk
        pace.longest = 600_000
        var committer = Committer(
            sink: sink, pace: pace, stop: try StopRequest(), progress: IngestProgress(), isTransient: { _ in false },
            observe: { _ in })
        try committer.run(queue, tick: 1000)
        #expect(sink.commits.map { $0.map(\.batches.count) } == [[32], [32], [32], [4]])
        #expect(sink.commits.map { $0.map(\.unread.count) } == [[1000], [1000], [1000], [1000]])
        let lastOffset: Int64 = 99 << 20 + 299
        #expect(sink.unread.last?.offset == lastOffset)
        #expect(sink.unreadCount == 30_000)
        #expect((committer.progress.report.stored, committer.progress.report.unread) == (100, 30_000))
    }
}
