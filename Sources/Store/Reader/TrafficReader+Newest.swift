import Domain

extension TrafficReader {
    /// How far ahead a gateway's clock may be, in microseconds.
    static let clockTolerance: Int64 = 5 * 60 * 1_000_000

    /// The newest event up to a time, and how many are later: one with a wrong date mustn't hide what is new.
    ///
    /// Only segments that reach beyond the time are looked into, and there only blocks that straddle it.
    func newest(notAfter limit: Timestamp) -> (newest: Timestamp?, later: Int64) {
        var newest: Timestamp?
        var later: Int64 = 0
        for record in catalog?.segments ?? [] {
            if record.latest <= limit {
                newest = max(newest ?? record.latest, record.latest)
            } else if record.earliest > limit {
                later += record.count
            } else if let found = try? read(
                record.id, { try self.newest(notAfter: limit, in: $0, below: record.count) })
            {
                newest = [newest, found.newest].compactMap(\.self).max()
                later += found.later
            }
        }
        return (newest, later)
    }

    private func newest(
        notAfter limit: Timestamp, in reader: SegmentReader, below length: Int64
    ) throws -> (newest: Timestamp?, later: Int64) {
        var newest = Int64.min
        var later: Int64 = 0
        for header in reader.blocks where header.first < length {
            if header.latest <= limit.microseconds {
                newest = max(newest, header.latest)
                continue
            }
            block.load(header, of: reader, below: length)
            let times = try block.values(.time)
            for time in times.prefix(block.count) {
                if time > limit.microseconds { later += 1 } else { newest = max(newest, time) }
            }
        }
        return (newest == .min ? nil : Timestamp(microseconds: newest), later)
    }
}
