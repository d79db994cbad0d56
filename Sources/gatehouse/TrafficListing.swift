import Domain
import Glibc
import Store

/// Walks the events that a window and a filter let through, oldest first, without holding more than a page of them.
struct TrafficListing {
    private static let pageSize = 4096
    /// How long to sleep between two looks for new events, in microseconds.
    private static let pause: UInt32 = 200_000

    private let reader: TrafficReader
    private let filter: Filter
    private let window: TimeWindow
    private let now: Timestamp
    private var snapshot: TrafficSnapshot

    init(reader: TrafficReader, window: WindowOptions.Window, now: Timestamp) {
        self.reader = reader
        filter = window.filter
        self.window = TimeWindow(start: window.since ?? .distantPast, end: window.until ?? .distantFuture)
        self.now = now
        snapshot = reader.snapshot()
    }

    /// The events stored when the listing began; all, or so many of the newest.
    func forEach(newest limit: Int?, _ body: (AccessEvent) throws -> Void) throws {
        guard let limit else { return try forEach(from: .oldest, body) }
        guard limit > 0 else { return }
        // Going back finds where the newest so many begin; going forward from there holds one page at a time.
        var start = TrafficQuery.Start.newest
        var left = limit
        var page = try self.page(start, limit: min(left, Self.pageSize))
        if page.events.count >= left || page.reachedEnd { return try page.events.forEach(body) }
        while let first = page.events.first {
            left -= page.events.count
            start = .before(EventPosition(time: first.time, id: first.id))
            if left == 0 { break }
            page = try self.page(start, limit: min(left, Self.pageSize))
            if page.reachedEnd { return try forEach(from: .oldest, body) }
        }
        guard case .before(let position) = start, let first = try event(at: position) else { return }
        try body(first)
        try forEach(from: .after(position), body)
    }

    private func event(at position: EventPosition) throws -> AccessEvent? {
        try reader.event(position.id)
    }

    private func forEach(from start: TrafficQuery.Start, _ body: (AccessEvent) throws -> Void) throws {
        var start = start
        while true {
            let page = try page(start, limit: Self.pageSize)
            try page.events.forEach(body)
            guard !page.reachedEnd, let last = page.events.last else { return }
            start = .after(EventPosition(time: last.time, id: last.id))
        }
    }

    private func page(_ start: TrafficQuery.Start, limit: Int) throws -> TrafficPage {
        try reader.page(
            TrafficQuery(start: start, filter: filter, window: window, limit: limit, snapshot: snapshot, now: now))
    }

    /// Goes on with what arrives, until the process is ended; `pause` is called before each sleep.
    mutating func follow(_ body: (AccessEvent) throws -> Void, pause: () throws -> Void) throws -> Never {
        while true {
            try pause()
            usleep(Self.pause)
            guard try reader.refresh() else { continue }
            let before = snapshot
            snapshot = reader.snapshot()
            guard snapshot != before else { continue }
            let query = TrafficQuery(
                start: .oldest, filter: filter, window: window, limit: .max, now: SystemClock.now())
            try reader.forEachArrival(from: before, to: snapshot, query, body)
        }
    }
}
