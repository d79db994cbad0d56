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
        var buckets = series
        let wantsSeries = series.window == window
        let isUnfiltered = query.filter == .everything
        var tally = isUnfiltered ? try total(of: window, cancellation) : WindowTally()
        let groups = isUnfiltered && wantsSeries && buckets.seconds % 3600 == 0 ? groups(in: window) : []
        for group in groups {
            try cancellation.check()
            let isDone = try read(group) {
                try catalog?.addHours(of: group, to: &buckets)
                return true
            }
            if isDone == nil { return try self.tally(window, query, series: &series, cancellation) }
        }
        for record in segments(in: window) where wantsSeries || !isUnfiltered {
            if groups.contains(where: { $0.holds(record.id.day) }) { continue }
            try cancellation.check()
            let isDone = try read(record.id) { reader in
                if isUnfiltered {
                    try reader.addRates(to: &buckets)
                } else {
                    try addRows(of: reader, window, query, to: &tally, &buckets, wantsSeries, cancellation)
                }
                return true
            }
            // A segment that can't be read must not count by half: then start again without it.
            if isDone == nil { return try self.tally(window, query, series: &series, cancellation) }
        }
        series = buckets
        return tally
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
}

/// The columns that an Overview looks at.
enum OverviewColumns {
    static let counted: [EventColumn] = [
        .time, .outcome, .latency, .text(.client), .text(.route), .text(.method), .text(.address),
    ]
}
