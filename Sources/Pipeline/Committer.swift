import Dispatch
import Domain

/// Takes what the reading thread hands over and commits it, on the thread that owns the store.
struct Committer {
    /// When to commit.
    struct Pace {
        /// Rows that are committed at once, so that memory stays bounded.
        var rows: Int
        /// Bytes of lines that are committed at once, for the same reason.
        var bytes = 32 << 20
        /// The longest time that a row waits while more keep coming, in milliseconds.
        var longest: UInt64
        /// The shortest time between two commits when no more are waiting, in milliseconds; nil waits for `longest`.
        var shortest: UInt64?
        /// Whether a refusal by the store is waited out.
        var isPatient: Bool
        /// How often the sink hears of a run in which nothing happens, in milliseconds; nil never.
        var heartbeat: UInt64?

        static let bulk = Pace(rows: 1 << 17, longest: 1000, shortest: nil, isPatient: false, heartbeat: nil)
        static let follow = Pace(rows: 1 << 17, longest: 1000, shortest: 100, isPatient: true, heartbeat: 6000)
    }

    private static let retryMilliseconds: Int32 = 1000
    /// Unread lines of one source that wait for a commit; a store has no use for more of the oldest.
    private static let mostUnread = 1000

    private let sink: any TrafficSink
    private let pace: Pace
    private let stop: StopRequest
    private let isTransient: (any Error) -> Bool
    private let observe: (IngestEvent) -> Void
    private(set) var progress: IngestProgress
    /// The store's ids of the sources that were new in this run.
    private var ids: [SourceLedger.Key: Int64] = [:]
    private var pending: [SourceLedger.Key: SourceProgress] = [:]
    private var pendingRows = 0
    /// Bytes that the pending lines take in memory.
    private var heldBytes = 0
    /// Bytes of the input that the pending lines were read from, as they lie on disk.
    private var pendingBytes: Int64 = 0
    private var lastCommit = DispatchTime(uptimeNanoseconds: 0)

    init(
        sink: any TrafficSink, pace: Pace, stop: StopRequest, progress: IngestProgress,
        isTransient: @escaping (any Error) -> Bool, observe: @escaping (IngestEvent) -> Void
    ) {
        self.sink = sink
        self.pace = pace
        self.stop = stop
        self.progress = progress
        self.isTransient = isTransient
        self.observe = observe
    }

    /// Commits until the queue is closed. Throws what the sink throws; all before that is committed.
    ///
    /// `tick` is how often progress is told at least, in milliseconds.
    mutating func run(_ queue: BoundedQueue<Delivery>, tick: UInt64) throws {
        while true {
            switch queue.next(before: nextDeadline(tick: tick)) {
            case .element(let delivery):
                try take(delivery)
            case .timedOut:
                break
            case .closed:
                if !pending.isEmpty { try commit() }
                observe(.progress(progress))
                return
            }
            if isDue(moreWaits: !queue.isEmpty) { try commit() }
            observe(.progress(progress))
        }
    }

    private func nextDeadline(tick: UInt64) -> DispatchTime {
        guard !pending.isEmpty else { return .now() + .milliseconds(Int(tick)) }
        return lastCommit + .milliseconds(Int(min(tick, pace.shortest ?? pace.longest)))
    }

    private func isDue(moreWaits: Bool) -> Bool {
        let age = (DispatchTime.now().uptimeNanoseconds - lastCommit.uptimeNanoseconds) / 1_000_000
        guard !pending.isEmpty else { return age >= pace.heartbeat ?? .max }
        guard pendingRows < pace.rows, heldBytes < pace.bytes else { return true }
        if age >= pace.longest { return true }
        guard !moreWaits, let shortest = pace.shortest else { return false }
        return age >= shortest
    }

    private mutating func take(_ delivery: Delivery) throws {
        switch delivery {
        case .parcel(let parcel):
            try take(parcel)
        case .duplicates(let lines, let inputBytes):
            progress.report.duplicates += lines
            progress.inputBytes += inputBytes
        case .notice(let notice):
            if notice.isFailure { progress.report.failures.append(notice) }
            observe(.notice(notice))
        }
    }

    private mutating func take(_ parcel: Parcel) throws {
        var position = parcel.position
        if position.id == 0 {
            if let id = ids[parcel.source] {
                position.id = id
            } else {
                position.id = try persistently { try $0.addSource(parcel.position.identity).id }
                ids[parcel.source] = position.id
            }
        }
        // A slow start of reading must not make the first commit come at once with next to nothing.
        if pending.isEmpty, pace.shortest == nil { lastCommit = max(lastCommit, .now()) }
        var batches = 0
        if let batch = parcel.batch {
            batches = batch.rows.count
            heldBytes += batch.lines.count + batch.scratch.count
            pending[parcel.source, default: SourceProgress(position: position)].batches.append(batch)
        }
        pending[parcel.source, default: SourceProgress(position: position)].position = position
        hold(parcel.unread, of: parcel.source)
        for (reason, count) in parcel.unreadReasons {
            pending[parcel.source]?.unreadReasons[reason, default: 0] += count
            pending[parcel.source]?.unreadCount += count
        }
        if let until = parcel.followedUntil { pending[parcel.source]?.followedUntil = until }
        pendingRows += batches
        pendingBytes += parcel.inputBytes
    }

    /// Keeps the newest unread lines; all of them are counted anyway.
    private mutating func hold(_ unread: [UnreadLine], of source: SourceLedger.Key) {
        guard !unread.isEmpty else { return }
        heldBytes += unread.reduce(0) { $0 + $1.bytes.count }
        pending[source]?.unread.append(contentsOf: unread)
        let surplus = (pending[source]?.unread.count ?? 0) - Self.mostUnread
        if surplus > 0 { pending[source]?.unread.removeFirst(surplus) }
    }

    private mutating func commit() throws {
        let sources = pending.values.sorted { $0.position.id < $1.position.id }
        var attempts = 0
        let told = try persistently { sink in
            attempts += 1
            return try sink.commit(sources)
        }
        // What a refused commit stored nevertheless is left out of the next one, and nobody has counted it yet.
        let stored = attempts > 1 ? pendingRows : told
        progress.report.stored += Int64(stored)
        progress.report.duplicates += Int64(pendingRows - stored)
        progress.report.unread += sources.reduce(0) { $0 + $1.unreadCount }
        progress.inputBytes += pendingBytes
        pending.removeAll(keepingCapacity: true)
        pendingRows = 0
        heldBytes = 0
        pendingBytes = 0
        lastCommit = .now()
    }

    /// Does something with the sink; while following, as often as it takes.
    ///
    /// A full disk or a locked store passes, and until then the reading thread waits in front of the full queue.
    private func persistently<Result>(_ action: (any TrafficSink) throws -> Result) throws -> Result {
        var hasFailed = false
        while true {
            do {
                let result = try action(sink)
                if hasFailed { observe(.notice(.storeAccepts)) }
                return result
            } catch {
                guard pace.isPatient, !stop.isMade, isTransient(error) else { throw error }
                if !hasFailed { observe(.notice(.storeRefuses(reason: "\(error)"))) }
                hasFailed = true
                _ = Waiting.forInput(on: [stop.descriptor], milliseconds: Self.retryMilliseconds)
            }
        }
    }
}
