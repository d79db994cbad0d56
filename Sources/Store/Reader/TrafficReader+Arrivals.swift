package import Domain

extension TrafficReader {
    /// Goes through the events that came between two snapshots and that a query's filter and window let through, in
    /// the order in which they came, a block at a time.
    package func forEachArrival(
        from before: TrafficSnapshot, to after: TrafficSnapshot, _ query: TrafficQuery,
        _ body: (AccessEvent) throws -> Void
    ) throws {
        for (segment, length) in after.lengths.sorted(by: { $0.key < $1.key }) {
            let first = before.lengths[segment] ?? 0
            guard first < length else { continue }
            _ = try read(segment) { reader in
                let filter = RowFilter.all(of: [
                    .times(query.window.start.microseconds, query.window.end.microseconds),
                    try reader.rowFilter(query.filter, now: query.now),
                ])
                var ordinal = first
                while ordinal < length, let header = reader.block(holding: ordinal) {
                    block.load(header, of: reader, below: length)
                    let skipped = Int(ordinal - header.first)
                    for row in try filter.rows(of: block) where row >= skipped {
                        try body(try reader.event(row: row, of: block))
                    }
                    ordinal = header.first + Int64(header.count)
                }
            }
        }
    }
}
