import Domain
import Store

/// What recorded traffic tells of a client's quotas at a moment.
struct QuotaUseReading {
    /// So many of the newest requests are looked at; what came before is counted where it can be, without being read.
    private static let most = 100_000
    private static let pageSize = 4096
    private static let counted: Set<Outcome> = [.allowed, .failed]

    private let reader: TrafficReader
    private let cancellation: Cancellation

    init(folder: StoreFolder, cancellation: Cancellation) {
        reader = TrafficReader(folder: folder)
        self.cancellation = cancellation
    }

    /// Nil when it was cancelled; nothing for a client that the policy doesn't have.
    func uses(of name: String, in snapshot: PolicySnapshot, at now: Timestamp) throws -> [QuotaUse]? {
        guard let client = snapshot.client(named: name) else { return [] }
        var tally = QuotaUseTally(snapshot, of: client, at: now, zones: ZoneTables.table(named:))
        guard let start = tally.start, try reader.refresh() else { return tally.uses() }
        let filter = Filter.exactly(name, in: .client).adding([.test(.outcome(Self.counted.union([.limited])))])
        let reach = try read(filter, since: start, until: now, into: &tally)
        guard !cancellation.isCancelled else { return nil }
        return try tally.uses(reachingBackTo: reach).map { use in
            guard use.precision == .atLeast, use.quota.key == .client, use.quota.pattern == nil,
                use.displacedBy == nil, let start = tally.start(of: use.quota)
            else { return use }
            var use = use
            let requests = try count(name, since: start, until: now)
            if requests > use.used { (use.used, use.precision) = (requests, .about) }
            return use
        }
    }

    /// Returns the time of the oldest request that was read when older ones were left out.
    private func read(
        _ filter: Filter, since start: Timestamp, until now: Timestamp, into tally: inout QuotaUseTally
    ) throws -> Timestamp? {
        var query = TrafficQuery(
            start: .newest, filter: filter, window: TimeWindow(start: start, end: now), limit: Self.pageSize,
            snapshot: reader.snapshot(), now: now)
        var count = 0
        while !cancellation.isCancelled {
            let page = try reader.page(query, cancellation: cancellation)
            for event in page.events {
                guard let fact = TrafficFact(event) else { continue }
                tally.add(fact, outcome: event.outcome)
            }
            count += page.events.count
            guard !page.reachedEnd, let oldest = page.events.first else { return nil }
            if count >= Self.most { return oldest.time }
            query.start = .before(EventPosition(time: oldest.time, id: oldest.id))
        }
        return nil
    }

    private func count(_ name: String, since start: Timestamp, until now: Timestamp) throws -> Int {
        let filter = Filter.exactly(name, in: .client).adding([.test(.outcome(Self.counted))])
        let found = try reader.count(filter: filter, window: TimeWindow(start: start, end: now), now: now) { _ in
            !cancellation.isCancelled
        }
        return Int(found.matching)
    }
}
