package import Domain

extension TrafficReader {
    /// A summary of a window; empty where there is nothing.
    ///
    /// Without a filter the cost hardly depends on how many events there were: summaries answer for all but the edges.
    package func overview(_ query: OverviewQuery, cancellation: Cancellation = Cancellation()) throws -> Overview {
        if directories.contains(where: \.isOverfull) { resetItems() }
        guard let window = knownPart(of: query.window) else {
            return Overview(window: query.window, bucketSeconds: 1)
        }
        var buckets = SeriesBuckets(window, atMost: query.buckets)
        let now = try tally(buckets.window, query, series: &buckets, cancellation)
        var overview = Overview(window: buckets.window, bucketSeconds: buckets.seconds)
        overview.totals = now.totals
        overview.latency = now.latency
        overview.series = buckets.series(coverage: try catalog?.coverage(of: buckets.window) ?? [])

        var before: WindowTally?
        if let first = firstKnown, first <= buckets.window.before.start {
            var unused = SeriesBuckets(TimeWindow(start: first, end: first), atMost: 1)
            before = try tally(buckets.window.before, query, series: &unused, cancellation)
        }
        overview.before = before?.totals
        overview.latencyBefore = before?.latency
        let ranking = try ranked(query, buckets.window, now, before, cancellation)
        overview.clients = ranking[SummaryList.clients.rawValue]
        overview.routes = ranking[SummaryList.routes.rawValue]
        overview.addresses = ranking[SummaryList.addresses.rawValue]
        if query.denials > 0 {
            let denied = Filter.test(.outcome(Set(Outcome.allCases.filter(\.isDenied))))
            let page = TrafficQuery(
                start: .newest, filter: .all([denied, query.filter]), window: buckets.window, limit: query.denials,
                now: query.now)
            overview.denials = try self.page(page, cancellation: cancellation).events.reversed()
        }
        return overview
    }

    /// When the store's knowledge starts.
    private var firstKnown: Timestamp? {
        let oldest = catalog?.segments.map(\.earliest).min()
        return [oldest, catalog?.coveredFrom].compactMap(\.self).min()
    }

    /// The window with its open ends moved to the first and the last event; nil when there is nothing to ask about.
    private func knownPart(of window: TimeWindow) -> TimeWindow? {
        guard window.start < window.end else { return nil }
        let records = catalog?.segments ?? []
        let oldest = records.map(\.earliest).min()
        let newest = records.map(\.latest).max()
        let times = EventColumn.times
        let isOpenAtStart = window.start.microseconds < times.lowerBound
        let isOpenAtEnd = window.end.microseconds > times.upperBound
        guard let start = isOpenAtStart ? oldest : window.start else { return nil }
        guard let end = isOpenAtEnd ? newest?.advanced(by: 1) : window.end else { return nil }
        return start < end ? TimeWindow(start: start, end: end) : nil
    }

    /// Adds up a window; the series too, when its window is the same.
    private func tally(
        _ window: TimeWindow, _ query: OverviewQuery, series: inout SeriesBuckets, _ cancellation: Cancellation
    ) throws -> WindowTally {
        let records = segments(in: window)
        let whole = query.filter == .everything ? records.filter { $0.isSealed && $0.isInside(window) } : []
        var buckets = series
        let wantsSeries = series.window == window
        // A segment that can't be read must not count by half: then start again without it.
        guard var tally = try sum(of: whole, cancellation) else {
            return try self.tally(window, query, series: &series, cancellation)
        }
        let summed = Set(whole.map(\.id))
        for record in records {
            try cancellation.check()
            let isDone = try read(record.id) { reader in
                guard query.filter == .everything else {
                    try addRows(of: reader, window, query, to: &tally, &buckets, wantsSeries, cancellation)
                    return true
                }
                if wantsSeries { try reader.addRates(to: &buckets) }
                if !summed.contains(record.id) { try addPieces(of: reader, window, to: &tally) }
                return true
            }
            if isDone == nil { return try self.tally(window, query, series: &series, cancellation) }
        }
        series = buckets
        return tally
    }

    /// What sealed segments add up to; nil when one of them can't be read.
    ///
    /// A window that moves on with the clock has the same whole days in it for hours, so their sum is kept.
    private func sum(of segments: [SegmentRecord], _ cancellation: Cancellation) throws -> WindowTally? {
        guard !segments.isEmpty else { return WindowTally() }
        if let known = sums.first(where: { $0.segments == segments }) { return known.tally }
        var tally = WindowTally()
        for record in segments {
            try cancellation.check()
            let isDone = try read(record.id) { reader in
                try addPieces(of: reader, .always, to: &tally)
                return true
            }
            if isDone == nil { return nil }
        }
        if sums.count >= 4 { sums.removeFirst() }
        sums.append((segments, tally))
        return tally
    }

    private func addPieces(of reader: SegmentReader, _ window: TimeWindow, to tally: inout WindowTally) throws {
        var counted = SummaryBuilder()
        for piece in reader.pieces(of: window) {
            switch piece {
            case .summary(let node) where node.id == reader.top?.id:
                try addTop(node, of: reader, to: &tally)
                return
            case .summary(let node):
                try reader.addHeader(node, totals: &tally.totals, latency: &tally.latency)
                for list in SummaryList.allCases {
                    let id = SummaryTree.listID(summary: node.id, list, .counts)
                    guard try reader.withList(id, { counted.add(counts: $0, to: list) }) else {
                        throw reader.damagedSummary()
                    }
                }
            case .block(let header):
                block.load(header, of: reader, below: .max)
                for column in OverviewColumns.counted { _ = try block.values(column) }
                let inWindow = RowFilter.times(window.start.microseconds, window.end.microseconds)
                counted.add(block.columns, rows: try inWindow.rows(of: block), withItemLatencies: false)
            }
        }
        try add(counted, of: reader, to: &tally)
    }

    /// Adds the summary of a whole segment, straight from its blobs.
    private func addTop(_ top: SegmentReader.Node, of reader: SegmentReader, to tally: inout WindowTally) throws {
        try reader.addHeader(top, totals: &tally.totals, latency: &tally.latency)
        for list in SummaryList.allCases {
            let directory = directories[list.rawValue]
            try reader.mapTop(list, in: directory)
            tally.reserve(directory.count, in: list)
            let numbers = reader.itemMaps[list.rawValue].numbers
            let id = SummaryTree.listID(summary: top.id, list, .counts)
            let isIntact = try reader.withList(id) { blob in
                numbers.withUnsafeBufferPointer { numbers in
                    tally.counts[list.rawValue].withUnsafeMutableBufferPointer { counts in
                        var counter = TopCounter(numbers: numbers, counts: counts)
                        return SummaryCodec.readCounts(blob, into: &counter)
                    }
                }
            }
            guard isIntact else { throw reader.damagedSummary() }
        }
    }

    private func addRows(
        of reader: SegmentReader, _ window: TimeWindow, _ query: OverviewQuery, to tally: inout WindowTally,
        _ buckets: inout SeriesBuckets, _ wantsSeries: Bool, _ cancellation: Cancellation
    ) throws {
        var counted = SummaryBuilder()
        try eachRows(of: reader, window, query, cancellation) { rows in
            for column in OverviewColumns.counted { _ = try block.values(column) }
            counted.add(block.columns, rows: rows, withItemLatencies: false)
            guard wantsSeries else { return }
            let times = try block.values(.time)
            let outcomes = try block.values(.outcome)
            for row in rows {
                guard let outcome = Outcome(rawValue: UInt8(truncatingIfNeeded: outcomes[row])) else { continue }
                buckets.counts[buckets.index(of: times[row].dividedDown(by: 1_000_000))][outcome] += 1
            }
        }
        try add(counted, of: reader, to: &tally)
    }

    /// Calls back with the rows of each block that pass the query's filter in a window, while the block is loaded.
    func eachRows(
        of reader: SegmentReader, _ window: TimeWindow, _ query: OverviewQuery, _ cancellation: Cancellation,
        _ body: (RowSet) throws -> Void
    ) throws {
        let filter = RowFilter.all(of: [
            .times(window.start.microseconds, window.end.microseconds),
            try reader.rowFilter(query.filter, now: query.now),
        ])
        if case .nothing = filter { return }
        for header in reader.blocks where filter.canPass(header) {
            try cancellation.check()
            block.load(header, of: reader, below: .max)
            let rows = try filter.rows(of: block)
            if !rows.isEmpty { try body(rows) }
        }
    }

    /// Adds what was counted under a segment's own keys.
    private func add(_ counted: SummaryBuilder, of reader: SegmentReader, to tally: inout WindowTally) throws {
        tally.totals += counted.totals
        tally.latency += counted.latency
        guard let store = catalog?.store else { return }
        let hash = KeyedHash(store: store)
        for list in SummaryList.allCases where !counted.tally(list).keys.isEmpty {
            let directory = directories[list.rawValue]
            if reader.top == nil {
                try reader.readHashes(list, hash)
            } else {
                try reader.mapTop(list, in: directory)
            }
            let numbers = reader.numbers(of: counted.tally(list).keys, in: list, directory, hash)
            tally.reserve(directory.count, in: list)
            tally.add(counted.tally(list), numbers: numbers, in: list)
        }
    }
}

/// The columns that an Overview looks at.
enum OverviewColumns {
    static let counted: [EventColumn] = [
        .time, .outcome, .latency, .text(.client), .text(.route), .text(.method), .text(.address),
    ]
}
