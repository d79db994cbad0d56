import Domain

extension SegmentReader {
    /// An event of a loaded block with all its texts.
    func event(row: Int, of block: LoadedBlock) throws -> AccessEvent {
        let status = try block.values(.status)[row]
        let latency = try block.values(.latency)[row]
        let bytes = try block.values(.bytes)[row]
        guard let outcome = Outcome(rawValue: UInt8(truncatingIfNeeded: try block.values(.outcome)[row])) else {
            throw StoreError(.corrupt("an outcome is unknown"), path: database.path)
        }
        var event = AccessEvent(
            id: EventID(segment: id, ordinal: block.header.first + Int64(row)),
            time: Timestamp(microseconds: try block.values(.time)[row]), outcome: outcome,
            status: status > 0 ? UInt16(truncatingIfNeeded: status) : nil, latency: latency > 0 ? latency - 1 : nil,
            bytes: bytes > 0 ? bytes - 1 : nil)
        for field in TextField.allCases {
            event[field] = try text(field, try block.values(.text(field))[row])
        }
        return event
    }

    /// The block that holds an ordinal.
    func block(holding ordinal: Int64) -> Block? {
        var (low, high) = (0, blocks.count)
        while low < high {
            let middle = (low + high) / 2
            if blocks[middle].first + Int64(blocks[middle].count) <= ordinal { low = middle + 1 } else { high = middle }
        }
        guard low < blocks.count, blocks[low].first <= ordinal else { return nil }
        return blocks[low]
    }
}
