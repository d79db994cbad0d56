// What the traffic of a window adds up to, without a filter.
//
// A console asks for almost the same window every second. So the last windows are kept: what has come in since and what
// the edges have moved over is added or taken out, and the rest isn't read again.

import Domain

extension TrafficReader {
    /// Windows that are kept: that of a screen, and the one before it.
    private static let mostCounted = 2

    func total(of window: TimeWindow, _ cancellation: Cancellation) throws -> WindowTally {
        let nearest = counted.indices.compactMap { index in
            counted[index].distance(to: window).map { (index: index, distance: $0) }
        }.min { $0.distance < $1.distance }
        // Taken out while it changes: an error must leave nothing that is half right.
        if let nearest {
            var known = counted.remove(at: nearest.index)
            if try move(&known, to: window, cancellation) {
                counted.append(known)
                return known.tally
            }
        }
        let known = try count(window, cancellation)
        if counted.count >= Self.mostCounted { counted.removeFirst() }
        counted.append(known)
        return known.tally
    }

    /// Adds up a window from its segments' summaries.
    private func count(_ window: TimeWindow, _ cancellation: Cancellation) throws -> CountedWindow {
        let records = segments(in: window)
        let whole = records.filter { $0.isSealed && $0.isInside(window) }
        var result = CountedWindow(window: window)
        // A segment that can't be read must not count by half: then start again without it.
        guard let sum = try sum(of: whole, in: window, cancellation) else { return try count(window, cancellation) }
        result.tally = sum
        for record in whole { result.lengths[record.id] = record.count }
        for record in records where result.lengths[record.id] == nil {
            try cancellation.check()
            let length = try read(record.id) { reader in
                try addPieces(of: reader, window, to: &result.tally)
                return reader.count
            }
            guard let length else { return try count(window, cancellation) }
            result.lengths[record.id] = length
        }
        return result
    }

    /// What sealed segments add up to; nil when one of them can't be read.
    ///
    /// Windows that end at different times of one day have the same whole days in them, so their sum is kept.
    private func sum(
        of segments: [SegmentRecord], in window: TimeWindow, _ cancellation: Cancellation
    ) throws -> WindowTally? {
        guard !segments.isEmpty else { return WindowTally() }
        if let known = sums.first(where: { $0.segments == segments }) { return known.tally }
        var tally = WindowTally()
        let groups = groups(in: window)
        // Days first: names are then mostly found in files that are open.
        for record in segments where !groups.contains(where: { $0.holds(record.id.day) }) {
            try cancellation.check()
            let isDone = try read(record.id) { reader in
                try addPieces(of: reader, .always, to: &tally)
                return true
            }
            if isDone == nil { return nil }
        }
        for group in groups {
            try cancellation.check()
            guard try add(group, to: &tally) else { return nil }
        }
        if sums.count >= 2 { sums.removeFirst() }
        sums.append((segments, tally))
        return tally
    }

    // MARK: - Moving on

    /// Moves a counted window to another place; false when it must be added up anew.
    private func move(
        _ known: inout CountedWindow, to window: TimeWindow, _ cancellation: Cancellation
    ) throws -> Bool {
        let old = known.window
        let records = segments(in: TimeWindow(start: min(old.start, window.start), end: max(old.end, window.end)))
        // What was dropped or can't be read any more is in the sums.
        guard known.lengths.keys.allSatisfy({ id in records.contains { $0.id == id } }) else { return false }
        let gained = Self.parts(of: window, outside: old)
        let lost = Self.parts(of: old, outside: window)
        for record in records {
            try cancellation.check()
            let seen = known.lengths[record.id]
            if seen == record.count, !(gained + lost).contains(where: record.overlaps) { continue }
            let isDone = try read(record.id) { reader in
                if let seen {
                    try add(try count(from: seen, of: reader, in: old), of: reader, to: &known.tally)
                } else {
                    try addPieces(of: reader, old, to: &known.tally)
                }
                for part in gained { try addPieces(of: reader, part, to: &known.tally) }
                for part in lost where try !removePieces(of: reader, part, from: &known.tally) { return false }
                known.lengths[record.id] = reader.count
                return reader.count >= seen ?? 0
            }
            guard isDone == true else { return false }
        }
        known.window = window
        for record in records where known.lengths[record.id] == record.count && !record.overlaps(window) {
            known.lengths[record.id] = nil
        }
        return true
    }

    /// What is in a window before and after another one that it shares a part with.
    private static func parts(of window: TimeWindow, outside other: TimeWindow) -> [TimeWindow] {
        [TimeWindow(start: window.start, end: other.start), TimeWindow(start: other.end, end: window.end)]
            .filter { $0.start < $0.end }
    }

    // MARK: - Segments

    private func addPieces(of reader: SegmentReader, _ window: TimeWindow, to tally: inout WindowTally) throws {
        let pieces = reader.pieces(of: window)
        if case .summary(let node) = pieces.first, node.id == reader.top?.id {
            try addTop(node, of: reader, to: &tally)
        } else {
            try add(try count(pieces, of: reader, in: window), of: reader, to: &tally)
        }
    }

    /// Takes a part of a segment out; false when it can't be told what is left.
    private func removePieces(
        of reader: SegmentReader, _ window: TimeWindow, from tally: inout WindowTally
    ) throws -> Bool {
        let lost = try count(reader.pieces(of: window), of: reader, in: window)
        // The largest latency may be among what goes.
        guard tally.latency.remove(lost.latency) else { return false }
        tally.totals -= lost.totals
        try eachList(of: lost, of: reader) { list, numbers in
            tally.remove(lost.tally(list), numbers: numbers, in: list)
        }
        return true
    }

    private func count(
        _ pieces: [SegmentReader.Piece], of reader: SegmentReader, in window: TimeWindow
    ) throws -> SummaryBuilder {
        var counted = SummaryBuilder()
        for piece in pieces {
            switch piece {
            case .summary(let node):
                try reader.addHeader(node, to: &counted)
                for list in SummaryList.allCases {
                    let id = SummaryTree.listID(summary: node.id, list, .counts)
                    guard try reader.withList(id, { counted.add(counts: $0, to: list) }) else {
                        throw reader.damagedSummary()
                    }
                }
            case .block(let header):
                try count(header, from: 0, of: reader, in: window, to: &counted)
            }
        }
        return counted
    }

    /// Counts the events of a window from an ordinal on.
    private func count(from ordinal: Int64, of reader: SegmentReader, in window: TimeWindow) throws -> SummaryBuilder {
        var counted = SummaryBuilder()
        let first = reader.block(holding: ordinal)?.first ?? ordinal
        guard first < reader.count else { return counted }
        for header in reader.blocks(first..<reader.count, in: window) {
            try count(header, from: ordinal, of: reader, in: window, to: &counted)
        }
        return counted
    }

    private func count(
        _ header: SegmentReader.Block, from ordinal: Int64, of reader: SegmentReader, in window: TimeWindow,
        to counted: inout SummaryBuilder
    ) throws {
        block.load(header, of: reader, below: .max)
        var rows = try RowFilter.times(window.start.microseconds, window.end.microseconds).rows(of: block)
        if header.first < ordinal { rows.subtract(RowSet(first: Int(ordinal - header.first))) }
        guard !rows.isEmpty else { return }
        for column in OverviewColumns.counted { _ = try block.values(column) }
        counted.add(block.columns, rows: rows, withItemLatencies: false)
    }

    /// Adds the summary of a whole segment, straight from its blobs.
    private func addTop(_ top: SegmentReader.Node, of reader: SegmentReader, to tally: inout WindowTally) throws {
        try reader.addHeader(top, totals: &tally.totals, latency: &tally.latency)
        for list in SummaryList.allCases {
            try reader.addTop(list, in: directories[list.rawValue], to: &tally)
        }
    }

    /// Adds what was counted under a segment's own keys.
    func add(_ counted: SummaryBuilder, of reader: SegmentReader, to tally: inout WindowTally) throws {
        tally.totals += counted.totals
        tally.latency += counted.latency
        try eachList(of: counted, of: reader) { list, numbers in
            tally.reserve(directories[list.rawValue].count, in: list)
            tally.add(counted.tally(list), numbers: numbers, in: list)
        }
    }

    /// Calls back with the numbers that the items of each list have in the directory.
    private func eachList(
        of counted: SummaryBuilder, of reader: SegmentReader, _ body: (SummaryList, [Int]) -> Void
    ) throws {
        guard let store = catalog?.store else { return }
        let hash = KeyedHash(store: store)
        for list in SummaryList.allCases where !counted.tally(list).keys.isEmpty {
            let directory = directories[list.rawValue]
            if reader.top == nil {
                try reader.readHashes(list, hash)
            } else {
                try reader.mapTop(list, in: directory)
            }
            body(list, reader.numbers(of: counted.tally(list).keys, in: list, directory, hash))
        }
    }
}
