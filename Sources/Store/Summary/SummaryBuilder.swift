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

    mutating func add(_ columns: EventColumns) {
        let outcomes = columns.values(.outcome)
        let latencies = columns.values(.latency)
        let methods = columns.values(.text(.method))
        var byOutcome = (0, 0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &byOutcome) { raw in
            let counts = raw.bindMemory(to: Int.self)
            for outcome in outcomes { counts[Int(outcome)] += 1 }
        }
        totals += OutcomeCounts(
            allowed: byOutcome.0, unauthenticated: byOutcome.1, forbidden: byOutcome.2, limited: byOutcome.3,
            invalid: byOutcome.4, failed: byOutcome.5)
        for code in latencies where code > 0 { latency.record(code - 1) }
        for time in columns.values(.time) {
            earliest = min(earliest, time)
            latest = max(latest, time)
        }
        let routeIDs = columns.values(.text(.route))
        Self.add(columns.values(.text(.client)), nil, outcomes, latencies, to: &clients)
        Self.add(routeIDs, methods, outcomes, latencies, to: &routes)
        Self.add(columns.values(.text(.address)), nil, outcomes, latencies, to: &addresses)
        count += Int64(columns.count)
    }

    private static func add(
        _ ids: UnsafeBufferPointer<Int64>, _ methods: UnsafeBufferPointer<Int64>?,
        _ outcomes: UnsafeBufferPointer<Int64>, _ latencies: UnsafeBufferPointer<Int64>, to tally: inout ItemTally
    ) {
        for row in 0..<ids.count where ids[row] > 0 {
            let key = methods.map { SummaryList.routeKey(route: ids[row], method: $0[row]) } ?? UInt64(ids[row])
            let item = tally.number(of: key)
            tally.add(1, item: item, outcome: Int(outcomes[row]))
            let latency = latencies[row]
            if latency > 0 { tally.add(1, item: item, latencyBucket: LatencyHistogram.bucket(of: latency - 1)) }
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
