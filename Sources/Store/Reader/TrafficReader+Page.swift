package import Domain

extension TrafficReader {
    /// A page of events in the order of time, whichever order and file they came in, or in the order asked for.
    ///
    /// Blocks are looked at in the order of the best time that they can hold, until none can better the page.
    package func page(_ query: TrafficQuery, cancellation: Cancellation = Cancellation()) throws -> TrafficPage {
        guard query.limit > 0 else { return TrafficPage(events: [], reachedEnd: false) }
        if let selection = query.selection { return try page(query, of: selection, cancellation) }
        switch query.order {
        case .time: break
        case .number(let field, let descending):
            return try orderedPage(query, by: .number(field), descending: descending, cancellation)
        case .text(let field, let descending):
            return try orderedPage(query, by: .text(field), descending: descending, cancellation)
        }
        let search = try search(query, cancellation)
        return TrafficPage(events: try events(at: search.page), reachedEnd: search.found <= query.limit)
    }

    /// The positions of a page in the order of time.
    func search(_ query: TrafficQuery, _ cancellation: Cancellation) throws -> PageSearch {
        var search = PageSearch(query)
        let records = segments(in: search.window).sorted {
            search.isBackward ? $0.latest > $1.latest : $0.earliest < $1.earliest
        }
        for record in records where search.length(of: record.id) > 0 {
            guard search.canImprove(earliest: record.earliest, latest: record.latest) else { break }
            _ = try read(record.id) { try look(into: $0, cancellation, &search) }
        }
        return search
    }

    private func look(
        into reader: SegmentReader, _ cancellation: Cancellation, _ search: inout PageSearch
    ) throws {
        let filter = RowFilter.all(of: [
            .times(search.window.start.microseconds, search.window.end.microseconds),
            try reader.rowFilter(search.query.filter, now: search.query.now),
        ])
        if case .nothing = filter { return }
        let length = search.length(of: reader.id)
        let isBackward = search.isBackward
        let order = reader.blocks.indices.sorted {
            isBackward
                ? (reader.blocks[$0].latest, $0) > (reader.blocks[$1].latest, $1)
                : (reader.blocks[$0].earliest, $0) < (reader.blocks[$1].earliest, $1)
        }
        for index in order {
            let header = reader.blocks[index]
            guard header.first < length, filter.canPass(header) else { continue }
            let earliest = Timestamp(microseconds: header.earliest)
            let latest = Timestamp(microseconds: header.latest)
            guard search.canImprove(earliest: earliest, latest: latest) else { break }
            try cancellation.check()
            block.load(header, of: reader, below: length)
            let rows = try filter.rows(of: block)
            guard !rows.isEmpty else { continue }
            let times = try block.values(.time)
            for row in rows {
                let id = EventID(segment: reader.id, ordinal: header.first + Int64(row))
                search.add(EventPosition(time: Timestamp(microseconds: times[row]), id: id))
            }
            search.trim()
        }
    }

    /// The events at some positions, in their order; those of a segment are read together, block by block.
    func events(at positions: [EventPosition]) throws -> [AccessEvent] {
        try rows(at: positions) { reader, row, block in try reader.event(row: row, of: block) }
    }

    /// What a body makes of the rows at some positions, in their order.
    func rows<Row>(
        at positions: [EventPosition], _ body: (SegmentReader, Int, LoadedBlock) throws -> Row?
    ) throws -> [Row] {
        try rowsIfAny(at: positions, body).compactMap(\.self)
    }

    /// One for each position; nil where the body makes nothing of the row, or none is there.
    func rowsIfAny<Row>(
        at positions: [EventPosition], _ body: (SegmentReader, Int, LoadedBlock) throws -> Row?
    ) throws -> [Row?] {
        var made = [Row?](repeating: nil, count: positions.count)
        let bySegment = Dictionary(grouping: positions.indices) { positions[$0].id.segment }
        for (segment, places) in bySegment {
            _ = try read(segment) { reader in
                var ordinals = 0..<Int64(0)
                for place in places.sorted(by: { positions[$0].id.ordinal < positions[$1].id.ordinal }) {
                    let ordinal = positions[place].id.ordinal
                    if !ordinals.contains(ordinal) {
                        guard let header = reader.block(holding: ordinal) else { continue }
                        block.load(header, of: reader, below: .max)
                        ordinals = header.first..<header.first + Int64(header.count)
                    }
                    made[place] = try body(reader, Int(ordinal - ordinals.lowerBound), block)
                }
            }
        }
        return made
    }
}

/// The best positions for a page, while they are being looked for.
struct PageSearch {
    let query: TrafficQuery
    let isBackward: Bool
    let window: TimeWindow
    /// Only positions on the far side of this one count.
    private let bound: EventPosition?
    private var positions: [EventPosition] = []
    /// One more than fits the page, so that it is known whether there is more.
    private let wanted: Int

    init(_ query: TrafficQuery) {
        self.query = query
        wanted = query.limit == .max ? .max : query.limit + 1
        switch query.start {
        case .newest: (isBackward, bound) = (true, nil)
        case .oldest: (isBackward, bound) = (false, nil)
        case .before(let position): (isBackward, bound) = (true, position)
        case .after(let position): (isBackward, bound) = (false, position)
        }
        var window = query.window
        if let bound {
            window =
                isBackward
                ? TimeWindow(start: window.start, end: min(window.end, bound.time.advanced(by: 1)))
                : TimeWindow(start: max(window.start, bound.time), end: window.end)
        }
        self.window = window
    }

    func length(of segment: SegmentID) -> Int64 {
        query.snapshot.map { $0.lengths[segment] ?? 0 } ?? .max
    }

    var found: Int { min(positions.count, wanted) }

    /// Whether events between two times could be among the best.
    func canImprove(earliest: Timestamp, latest: Timestamp) -> Bool {
        guard positions.count >= wanted, let worst = positions.last else { return true }
        return isBackward ? latest >= worst.time : earliest <= worst.time
    }

    mutating func add(_ position: EventPosition) {
        if let bound, isBackward ? position >= bound : position <= bound { return }
        positions.append(position)
    }

    /// Keeps only the best, best first.
    mutating func trim() {
        if isBackward { positions.sort(by: >) } else { positions.sort(by: <) }
        if positions.count > wanted { positions.removeLast(positions.count - wanted) }
    }

    /// The page in ascending order.
    var page: [EventPosition] {
        let best = positions.prefix(query.limit)
        return isBackward ? best.reversed() : Array(best)
    }
}
