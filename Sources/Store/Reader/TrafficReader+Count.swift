package import Domain

extension TrafficReader {
    /// How many events of a window pass a filter; `progress` is told now and then, and stops the count with false.
    ///
    /// `total` is all events of the snapshot, or of the store; those that need not be looked at count as scanned.
    package func count(
        filter: Filter, window: TimeWindow = .always, snapshot: TrafficSnapshot? = nil, now: Timestamp,
        progress: (TrafficCount) -> Bool = { _ in true }
    ) throws -> TrafficCount {
        let records = (catalog?.segments ?? []).map { record in
            (record: record, length: snapshot.map { $0.lengths[record.id] ?? 0 } ?? record.count)
        }
        var count = TrafficCount(matching: 0, total: records.reduce(0) { $0 + $1.length }, scanned: 0)
        let readable = Set(segments(in: window).map(\.id))
        for (record, length) in records {
            let before = count.scanned
            if length > 0, readable.contains(record.id) {
                let isStopped = try read(record.id) { reader in
                    try self.count(reader, filter, window, below: length, now: now, &count, progress)
                }
                if isStopped == true { return count }
            }
            count.scanned = before + length
        }
        return count
    }

    /// Counts in one segment; true when the count was stopped.
    private func count(
        _ reader: SegmentReader, _ filter: Filter, _ window: TimeWindow, below length: Int64, now: Timestamp,
        _ count: inout TrafficCount, _ progress: (TrafficCount) -> Bool
    ) throws -> Bool {
        let rowFilter = RowFilter.all(of: [
            .times(window.start.microseconds, window.end.microseconds), try reader.rowFilter(filter, now: now),
        ])
        if case .nothing = rowFilter { return false }
        for (number, header) in reader.blocks.enumerated() where header.first < length {
            if number % 64 == 63, !progress(count) { return true }
            if rowFilter.canPass(header) {
                block.load(header, of: reader, below: length)
                count.matching += Int64(try rowFilter.rows(of: block).count)
            }
            count.scanned += min(Int64(header.count), length - header.first)
        }
        return false
    }
}
