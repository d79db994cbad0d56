import Domain

extension TrafficReader {
    /// The longest page in another order than that of time.
    private static let mostOrdered = 1000

    /// The first events of a whole window by a column: equals newest first, the unknown last in both directions.
    ///
    /// Each segment is looked through once, and gives its best by codes; only those are compared as values.
    func orderedPage(
        _ query: TrafficQuery, by column: EventColumn, descending: Bool, _ cancellation: Cancellation
    ) throws -> TrafficPage {
        let limit = min(query.limit, Self.mostOrdered)
        var best = BestValues(limit: limit, descending: descending)
        for record in segments(in: query.window).sorted(by: { $0.latest > $1.latest }) {
            let length = query.snapshot.map { $0.lengths[record.id] ?? 0 } ?? .max
            guard length > 0 else { continue }
            try cancellation.check()
            let found = try read(record.id) { reader in
                let filter = RowFilter.all(of: [
                    .times(query.window.start.microseconds, query.window.end.microseconds),
                    try reader.rowFilter(query.filter, now: query.now),
                ])
                if case .nothing = filter { return [OrderedEvent]() }
                let ranks = try CodeRanks(
                    of: column, in: reader, descending: descending, reaching: best.worst, cancellation)
                guard !ranks.isEmpty else { return [] }
                var rows = BestRows(limit: limit, ranks: ranks)
                try collect(filter, below: length, of: reader, column, ranks, cancellation, &rows)
                return rows.best.map { row in
                    OrderedEvent(
                        value: ranks.value(of: row.rank),
                        position: EventPosition(
                            time: Timestamp(microseconds: row.time),
                            id: EventID(segment: reader.id, ordinal: row.ordinal)))
                }
            }
            best.add(found ?? [])
        }
        return TrafficPage(events: try events(at: best.events.map(\.position)), reachedEnd: true)
    }

    private func collect(
        _ filter: RowFilter, below length: Int64, of reader: SegmentReader, _ column: EventColumn, _ ranks: CodeRanks,
        _ cancellation: Cancellation, _ best: inout BestRows
    ) throws {
        // The newest first: among equals they win, and blocks of older ones can then be left out.
        let blocks = reader.blocks.filter { $0.first < length && filter.canPass($0) }.sorted { $0.latest > $1.latest }
        for header in blocks {
            guard best.canImprove(latest: header.latest) else { break }
            try cancellation.check()
            block.load(header, of: reader, below: length)
            let rows = try filter.rows(of: block)
            guard !rows.isEmpty else { continue }
            let codes = try block.values(column)
            let times = try block.values(.time)
            for row in rows {
                guard let rank = ranks.rank(of: codes[row]) else { continue }
                best.add(BestRows.Row(rank: rank, time: times[row], ordinal: header.first + Int64(row)))
            }
            best.trim()
        }
    }
}

/// What an event is ordered by, as it can be compared between segments.
enum OrderedValue: Equatable {
    case number(Int64)
    /// In UTF-8.
    case text([UInt8])
    case unknown

    /// Whether this value comes before another one; the unknown comes last in both directions.
    func precedes(_ other: OrderedValue, descending: Bool) -> Bool {
        switch (self, other) {
        case (.number(let left), .number(let right)): descending ? left > right : left < right
        case (.text(let left), .text(let right)):
            descending ? right.lexicographicallyPrecedes(left) : left.lexicographicallyPrecedes(right)
        case (.unknown, _): false
        case (_, .unknown): true
        case (.number, .text): true
        case (.text, .number): false
        }
    }
}

/// An event's place in the order asked for.
struct OrderedEvent {
    var value: OrderedValue
    var position: EventPosition
}

/// The best events of the segments looked through so far.
struct BestValues {
    let limit: Int
    let descending: Bool
    /// Best first.
    private(set) var events: [OrderedEvent] = []

    init(limit: Int, descending: Bool) {
        self.limit = limit
        self.descending = descending
    }

    /// The value that others have to reach; nil while there is room.
    var worst: OrderedValue? { events.count < limit ? nil : events.last?.value }

    mutating func add(_ more: [OrderedEvent]) {
        events += more
        events.sort { left, right in
            guard left.value == right.value else { return left.value.precedes(right.value, descending: descending) }
            return left.position > right.position
        }
        if events.count > limit { events.removeLast(events.count - limit) }
    }
}

/// The best rows of one segment by rank, among equals the newest.
struct BestRows {
    struct Row {
        /// Lower is better.
        var rank: Int64
        var time: Int64
        var ordinal: Int64

        func precedes(_ other: Row) -> Bool {
            if rank != other.rank { return rank < other.rank }
            return (time, ordinal) > (other.time, other.ordinal)
        }
    }

    private let limit: Int
    private let bestRank: Int64
    private var rows: [Row] = []
    /// The last of the rows that are sure to be kept unless better ones come; nil while there is room.
    private var worst: Row?

    init(limit: Int, ranks: CodeRanks) {
        self.limit = limit
        bestRank = ranks.best
    }

    /// Whether a block up to a time could hold a row among the best.
    func canImprove(latest: Int64) -> Bool {
        guard let worst else { return true }
        return worst.rank > bestRank || latest >= worst.time
    }

    mutating func add(_ row: Row) {
        if let worst, !row.precedes(worst) { return }
        rows.append(row)
        if rows.count >= 2 * limit + 64 { trim() }
    }

    /// Keeps only the best, best first.
    mutating func trim() {
        rows.sort { $0.precedes($1) }
        guard rows.count >= limit else { return }
        rows.removeLast(rows.count - limit)
        worst = rows.last
    }

    var best: [Row] { rows }
}
