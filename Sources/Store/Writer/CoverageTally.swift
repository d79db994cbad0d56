import Domain

/// The stretch of time that a commit speaks of: from its first event to its last, or to when its source was last seen
/// to have nothing more.
struct CoverageTally {
    private let newest: Int64
    private var earliest = Int64.max
    private var latest = Int64.min

    init(now: Timestamp, followedUntil: Timestamp?) {
        // A clock that is a day ahead must not make the days until then look watched.
        newest = now.advanced(by: Day.microseconds).microseconds
        guard let followedUntil else { return }
        latest = followedUntil.microseconds
    }

    mutating func add(_ rows: [EventBatch.Row]) {
        for row in rows where row.time.microseconds <= newest {
            earliest = min(earliest, row.time.microseconds)
            latest = max(latest, row.time.microseconds)
        }
    }

    var range: ClosedRange<Int64>? {
        guard latest > .min else { return nil }
        return min(earliest, latest)...latest
    }
}
