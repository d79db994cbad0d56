import Domain

/// Adds up events, or summaries of events, into the summary of them all.
struct SummaryBuilder {
    private(set) var totals = OutcomeCounts()
    private(set) var latency = LatencyHistogram()
    private(set) var clients = ItemTally()
    private(set) var routes = ItemTally()
    private(set) var addresses = ItemTally()
    private(set) var count: Int64 = 0
    private(set) var earliest = Int64.max
    private(set) var latest = Int64.min

    func tally(_ list: SummaryList) -> ItemTally {
        switch list {
        case .clients: clients
        case .routes: routes
        case .addresses: addresses
        }
    }

    mutating func removeAll() {
        self = SummaryBuilder()
    }

    /// Adds all events of a block.
    mutating func add(_ columns: EventColumns) {
        add(columns, rows: RowSet(first: columns.count), withItemLatencies: true)
    }

    /// Adds some events of a block; latencies of single items only if asked, for they are most of the work.
    mutating func add(_ columns: EventColumns, rows: RowSet, withItemLatencies: Bool) {
        let outcomes = columns.buffer(.outcome)
        let latencies = columns.buffer(.latency)
        let times = columns.buffer(.time)
        var byOutcome = InlineArray<8, Int>(repeating: 0)
        for row in rows {
            byOutcome[Int(outcomes[row]) & 7] += 1
            earliest = min(earliest, times[row])
            latest = max(latest, times[row])
            if latencies[row] > 0 { latency.record(latencies[row] - 1) }
        }
        for outcome in Outcome.allCases { totals[outcome] += byOutcome[Int(outcome.rawValue)] }
        count += Int64(rows.count)
        let latency = withItemLatencies ? latencies : nil
        let methods = columns.buffer(.text(.method))
        Self.add(columns.buffer(.text(.client)), nil, rows, outcomes, latency, to: &clients)
        Self.add(columns.buffer(.text(.route)), methods, rows, outcomes, latency, to: &routes)
        Self.add(columns.buffer(.text(.address)), nil, rows, outcomes, latency, to: &addresses)
    }

    private static func add(
        _ ids: UnsafeMutableBufferPointer<Int64>, _ methods: UnsafeMutableBufferPointer<Int64>?,
        _ rows: RowSet, _ outcomes: UnsafeMutableBufferPointer<Int64>,
        _ latencies: UnsafeMutableBufferPointer<Int64>?, to tally: inout ItemTally
    ) {
        for row in rows {
            guard ids[row] > 0 else { continue }
            let key = methods.map { SummaryList.routeKey(route: ids[row], method: $0[row]) } ?? UInt64(ids[row])
            let item = tally.number(of: key)
            tally.add(1, item: item, outcome: Int(outcomes[row]))
            guard let latency = latencies?[row], latency > 0 else { continue }
            tally.add(1, item: item, latencyBucket: LatencyHistogram.bucket(of: latency - 1))
        }
    }

    mutating func add(header: UnsafeRawBufferPointer, count: Int64, earliest: Int64, latest: Int64) -> Bool {
        self.count += count
        self.earliest = min(self.earliest, earliest)
        self.latest = max(self.latest, latest)
        return SummaryCodec.readHeader(header, totals: &totals, latency: &latency)
    }

    mutating func add(counts blob: UnsafeRawBufferPointer, to list: SummaryList) -> Bool {
        switch list {
        case .clients: SummaryCodec.readCounts(blob, into: &clients)
        case .routes: SummaryCodec.readCounts(blob, into: &routes)
        case .addresses: SummaryCodec.readCounts(blob, into: &addresses)
        }
    }

    mutating func add(latencies blob: UnsafeRawBufferPointer, to list: SummaryList) -> Bool {
        switch list {
        case .clients: SummaryCodec.readLatencies(blob, into: &clients)
        case .routes: SummaryCodec.readLatencies(blob, into: &routes)
        case .addresses: SummaryCodec.readLatencies(blob, into: &addresses)
        }
    }
}
