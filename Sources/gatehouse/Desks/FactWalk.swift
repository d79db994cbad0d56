import Domain
import Store

/// Recorded requests as facts for the engine, oldest first, without holding more than a page of them.
struct FactWalk {
    private static let pageSize = 4096

    let reader: TrafficReader
    let since: Timestamp
    let now: Timestamp

    private var window: TimeWindow { TimeWindow(start: since, end: .distantFuture) }

    /// How many there are.
    func count() throws -> Int {
        _ = try reader.refresh()
        return Int(
            try reader.count(filter: .everything, window: window, now: now).matching)
    }

    /// A page after the other, until the body says no.
    func forEachPage(_ body: (FactPage) -> Bool) throws {
        _ = try reader.refresh()
        let snapshot = reader.snapshot()
        var start = TrafficQuery.Start.oldest
        while true {
            let page = try reader.factPage(
                TrafficQuery(
                    start: start, window: window, limit: Self.pageSize, snapshot: snapshot, now: now))
            guard body(page) else { return }
            guard !page.reachedEnd, let last = page.last else { return }
            start = .after(last)
        }
    }
}
