/// A page of events in the order of their positions.
package struct TrafficQuery: Hashable, Sendable {
    package enum Start: Hashable, Sendable {
        /// The newest events, going back.
        case newest
        /// The oldest events, going forward.
        case oldest
        /// Events before a position, going back.
        case before(EventPosition)
        /// Events after a position, going forward.
        case after(EventPosition)
    }

    /// What comes first, when it isn't time: the answer is then the first `limit` events of the whole window.
    package enum Order: Hashable, Sendable {
        case time
        case number(NumberField, descending: Bool)
        case text(TextField, descending: Bool)
    }

    package var start: Start
    package var order: Order = .time
    package var filter: Filter
    /// Only these, whatever snapshot and window say; nil for all.
    package var selection: EventSelection?
    package var window: TimeWindow
    package var limit: Int
    /// Leaves out everything that arrived later, so that a paused screen stays as it was; nil for live.
    package var snapshot: TrafficSnapshot?
    package var now: Timestamp

    package init(
        start: Start, filter: Filter = .everything, window: TimeWindow = .always, limit: Int,
        snapshot: TrafficSnapshot? = nil, now: Timestamp
    ) {
        self.start = start
        self.filter = filter
        self.window = window
        self.limit = limit
        self.snapshot = snapshot
        self.now = now
    }
}

/// How far the store had been written at a moment: the number of events in each segment.
package struct TrafficSnapshot: Hashable, Sendable {
    package var lengths: [SegmentID: Int64]

    package init(lengths: [SegmentID: Int64]) {
        self.lengths = lengths
    }

    package var count: Int64 { lengths.values.reduce(0, +) }
}

/// The answer to a `TrafficQuery`: events in ascending order of position, whichever way they were looked for.
package struct TrafficPage: Equatable, Sendable {
    package var events: [AccessEvent]
    /// Whether the end of the store in the direction asked for was reached.
    package var reachedEnd: Bool

    package init(events: [AccessEvent], reachedEnd: Bool) {
        self.events = events
        self.reachedEnd = reachedEnd
    }
}

/// How many events a filter matches, of how many.
package struct TrafficCount: Equatable, Sendable {
    package var matching: Int64
    package var total: Int64
    /// Events looked at so far; equal to `total` when the count is complete.
    package var scanned: Int64

    package init(matching: Int64, total: Int64, scanned: Int64) {
        self.matching = matching
        self.total = total
        self.scanned = scanned
    }

    package var isComplete: Bool { scanned >= total }
}
