import Domain

/// The rows of a batch as runs of rows of one UTC day.
struct DayRuns: Sequence, IteratorProtocol {
    private let rows: [EventBatch.Row]
    private var position = 0

    init(_ rows: [EventBatch.Row]) {
        self.rows = rows
    }

    mutating func next() -> (day: Day, rows: Range<Int>)? {
        guard position < rows.count else { return nil }
        let first = position
        let time = EventColumn.storable(rows[first].time.microseconds)
        let day = Timestamp(microseconds: time).day
        let (start, end) = (day.start, day.end)
        position += 1
        while position < rows.count, rows[position].time >= start, rows[position].time < end { position += 1 }
        return (day, first..<position)
    }
}
