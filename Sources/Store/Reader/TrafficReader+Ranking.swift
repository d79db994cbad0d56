import Domain

extension TrafficReader {
    /// Items that are considered when a list is ordered by latency: those with the most requests.
    private static let mostByLatency = 20_000

    /// The clients, routes and addresses of an Overview, in the order of `SummaryList`.
    ///
    /// Equals are ordered by requests and then by the store's hash: the same in every process, and without looking up
    /// thousands of names.
    func ranked(
        _ query: OverviewQuery, _ window: TimeWindow, _ tally: WindowTally, _ before: WindowTally?,
        _ cancellation: Cancellation
    ) throws -> [[Overview.Ranked]] {
        let metrics = [query.clientMetric, query.routeMetric, query.addressMetric]
        let chosen = SummaryList.allCases.map { list -> [Int] in
            let metric = metrics[list.rawValue]
            let limit = metric == .latency ? Self.mostByLatency : max(0, query.rows)
            return best(of: list, by: metric.outcome, limit: limit, tally)
        }
        var picks = chosen.map { LatencyPick(items: $0.count) }
        if tally.latency.count > 0 {
            try pickLatencies(query, window, chosen, &picks, cancellation)
        }
        return try SummaryList.allCases.map { list in
            var rows = chosen[list.rawValue].indices.map { item in
                (number: chosen[list.rawValue][item], latency: picks[list.rawValue].percentile(item))
            }
            if metrics[list.rawValue] == .latency {
                rows = rows.filter { $0.latency != nil }
                rows.sort { ($0.latency ?? 0) > ($1.latency ?? 0) }
                rows = Array(rows.prefix(max(0, query.rows)))
            }
            return try rows.compactMap { row in
                guard let (name, method) = try name(of: row.number, in: list) else { return nil }
                let counts = tally.outcomes(row.number, in: list)
                var ranked = Overview.Ranked(name: name, method: method, counts: counts, latency: row.latency)
                ranked.requestsBefore = before?.requests(row.number, in: list)
                return ranked
            }
        }
    }

    /// The items with the highest counts, highest first; those without any are left out.
    private func best(of list: SummaryList, by outcome: Outcome?, limit: Int, _ tally: WindowTally) -> [Int] {
        let counts = tally.counts[list.rawValue]
        let directory = directories[list.rawValue]
        typealias Candidate = (value: Int, requests: Int, number: Int)
        func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
            if left.value != right.value { return left.value > right.value }
            if left.requests != right.requests { return left.requests > right.requests }
            return directory.hash(left.number) < directory.hash(right.number)
        }
        var candidates: [Candidate] = []
        var least = 1
        for number in 0..<counts.count / ItemTally.outcomes {
            var requests = 0
            let start = number * ItemTally.outcomes
            for place in start..<start + ItemTally.outcomes { requests += Int(counts[place]) }
            let value = outcome.map { Int(counts[start + Int($0.rawValue)]) } ?? requests
            guard value >= least else { continue }
            candidates.append((value, requests, number))
            // Now and then only the best are kept, so that sorting stays a small part of the work.
            if candidates.count >= 4 * limit + 64 {
                candidates.sort(by: precedes)
                candidates.removeLast(candidates.count - limit)
                least = candidates.last?.value ?? 1
            }
        }
        candidates.sort(by: precedes)
        return candidates.prefix(limit).map(\.number)
    }

    /// An item's text, and a route's method.
    private func name(of number: Int, in list: SummaryList) throws -> (name: String, method: String?)? {
        let origin = directories[list.rawValue].origin(number)
        let found = try read(origin.segment) { reader -> (name: String, method: String?)? in
            switch list {
            case .clients, .addresses:
                return try reader.text(list.field, Int64(origin.key)).map { ($0, nil) }
            case .routes:
                let method = try reader.text(.method, Int64(origin.key & 0xffff_ffff))
                return try reader.text(.route, Int64(origin.key >> 32)).map { ($0, method) }
            }
        }
        return found ?? nil
    }

    /// Adds up the latencies of the chosen items alone, which spares reading those of all others.
    private func pickLatencies(
        _ query: OverviewQuery, _ window: TimeWindow, _ chosen: [[Int]], _ picks: inout [LatencyPick],
        _ cancellation: Cancellation
    ) throws {
        let items = SummaryList.allCases.map { list -> [Int32] in
            var items = [Int32](repeating: -1, count: directories[list.rawValue].count)
            for (item, number) in chosen[list.rawValue].enumerated() { items[number] = Int32(item) }
            return items
        }
        let groups = query.filter == .everything ? groups(in: window) : []
        for group in groups {
            try cancellation.check()
            guard try pick(group, items, &picks) else {
                // Half of it may be in already.
                picks = chosen.map { LatencyPick(items: $0.count) }
                return try pickLatencies(query, window, chosen, &picks, cancellation)
            }
        }
        for record in segments(in: window) where !groups.contains(where: { $0.holds(record.id.day) }) {
            try cancellation.check()
            _ = try read(record.id) { reader in
                for list in SummaryList.allCases {
                    // Usually done; not when the segment had to be closed in between to save memory.
                    try reader.mapTop(list, in: directories[list.rawValue])
                    let map = reader.itemMaps[list.rawValue]
                    var wanted: [(key: UInt64, item: Int)] = []
                    for (place, number) in map.numbers.enumerated() {
                        // Mapping a segment that had nothing to count may just have numbered items of its own.
                        guard Int(number) < items[list.rawValue].count else { continue }
                        let item = items[list.rawValue][Int(number)]
                        if item >= 0 { wanted.append((map.keys[place], Int(item))) }
                    }
                    picks[list.rawValue].want(wanted)
                }
                if query.filter == .everything {
                    try pickPieces(of: reader, window, &picks)
                } else {
                    try eachRows(of: reader, window, query, cancellation) { try pickRows($0, &picks) }
                }
            }
        }
    }

    private func pickPieces(of reader: SegmentReader, _ window: TimeWindow, _ picks: inout [LatencyPick]) throws {
        for piece in reader.pieces(of: window) {
            switch piece {
            case .summary(let node):
                for list in SummaryList.allCases where !picks[list.rawValue].isEmpty {
                    let id = SummaryTree.listID(summary: node.id, list, .latencies)
                    let isIntact = try reader.withList(id) {
                        SummaryCodec.readLatencies($0, into: &picks[list.rawValue])
                    }
                    guard isIntact else { throw reader.damagedSummary() }
                }
            case .block(let header):
                block.load(header, of: reader, below: .max)
                let inWindow = RowFilter.times(window.start.microseconds, window.end.microseconds)
                try pickRows(try inWindow.rows(of: block), &picks)
            }
        }
    }

    private func pickRows(_ rows: RowSet, _ picks: inout [LatencyPick]) throws {
        let latencies = try block.values(.latency)
        let methods = try block.values(.text(.method))
        for list in SummaryList.allCases where !picks[list.rawValue].isEmpty {
            let ids = try block.values(.text(list.field))
            for row in rows where latencies[row] > 0 && ids[row] > 0 {
                let key =
                    list == .routes ? SummaryList.routeKey(route: ids[row], method: methods[row]) : UInt64(ids[row])
                guard let item = picks[list.rawValue].item(key) else { continue }
                picks[list.rawValue].add(
                    1, item: item, latencyBucket: LatencyHistogram.bucket(of: latencies[row] - 1))
            }
        }
    }
}
