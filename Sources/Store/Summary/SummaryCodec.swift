// How a summary's lists lie in a blob.
//
//     counts    = for each item, keys ascending: key's distance from the one before ‖ mask (one byte, a bit for each
//                 outcome that occurs) ‖ a count for each bit
//     latencies = for each item with any: key's distance ‖ bytes that follow for it ‖ pairs of bucket distance and count
//
// Everything but the mask is a variable-length number.

import Domain

/// What a stored list is added to.
protocol SummarySink {
    /// The number of a key's item; nil when it isn't wanted.
    mutating func item(_ key: UInt64) -> Int?
    mutating func add(_ amount: UInt32, item: Int, outcome: Int)
    mutating func add(_ amount: UInt32, item: Int, latencyBucket: Int)
}

enum SummaryCodec {
    static func counts(_ tally: ItemTally) -> [UInt8] {
        var blob: [UInt8] = []
        blob.reserveCapacity(tally.keys.count * 4)
        var previous: UInt64 = 0
        for item in tally.order {
            blob.append(variable: tally.keys[item] - previous)
            previous = tally.keys[item]
            let counts = tally.counts[item * ItemTally.outcomes..<(item + 1) * ItemTally.outcomes]
            var mask: UInt8 = 0
            for (outcome, count) in counts.enumerated() where count > 0 { mask |= 1 << UInt8(outcome) }
            blob.append(mask)
            for count in counts where count > 0 { blob.append(variable: UInt64(count)) }
        }
        return blob
    }

    static func latencies(_ tally: ItemTally) -> [UInt8] {
        let pairs = tally.latencyPairs
        var blob: [UInt8] = []
        var previous: UInt64 = 0
        for item in tally.order where !pairs[item].isEmpty {
            var entry: [UInt8] = []
            var bucket = 0
            for pair in pairs[item] {
                entry.append(variable: UInt64(pair.bucket - bucket))
                bucket = pair.bucket
                entry.append(variable: UInt64(pair.count))
            }
            blob.append(variable: tally.keys[item] - previous)
            previous = tally.keys[item]
            blob.append(variable: UInt64(entry.count))
            blob += entry
        }
        return blob
    }

    /// Adds stored counts; false when the blob is damaged.
    @inline(__always)
    static func readCounts(_ blob: UnsafeRawBufferPointer, into sink: inout some SummarySink) -> Bool {
        var reader = VariableReader(blob)
        var key: UInt64 = 0
        while !reader.isAtEnd {
            key &+= reader.number()
            var mask = reader.byte() & 0x3f
            guard reader.isIntact else { return false }
            let item = sink.item(key)
            while mask != 0 {
                let outcome = mask.trailingZeroBitCount
                mask &= mask - 1
                let count = UInt32(truncatingIfNeeded: reader.number())
                if let item { sink.add(count, item: item, outcome: outcome) }
            }
        }
        return reader.isIntact
    }

    /// Adds stored latencies; false when the blob is damaged.
    static func readLatencies(_ blob: UnsafeRawBufferPointer, into sink: inout some SummarySink) -> Bool {
        var reader = VariableReader(blob)
        var key: UInt64 = 0
        while !reader.isAtEnd {
            key &+= reader.number()
            let length = Int(truncatingIfNeeded: reader.number())
            guard reader.isIntact else { return false }
            guard let item = sink.item(key) else {
                reader.skip(length)
                continue
            }
            let end = reader.offset &+ length
            var bucket = 0
            while reader.offset < end, reader.isIntact {
                bucket &+= Int(truncatingIfNeeded: reader.number())
                guard (0..<LatencyHistogram.bucketCount).contains(bucket) else { return false }
                let count = UInt32(truncatingIfNeeded: reader.number())
                sink.add(count, item: item, latencyBucket: bucket)
            }
        }
        return reader.isIntact
    }

    static func header(totals: OutcomeCounts, latency: LatencyHistogram) -> [UInt8] {
        var blob: [UInt8] = []
        for outcome in Outcome.allCases { blob.append(variable: UInt64(totals[outcome])) }
        blob.append(variable: UInt64(latency.maximum))
        var previous = 0
        for (bucket, count) in latency.counts.enumerated() where count > 0 {
            blob.append(variable: UInt64(bucket - previous))
            previous = bucket
            blob.append(variable: UInt64(count))
        }
        return blob
    }

    /// Adds a stored header to what was added up so far; false when the blob is damaged.
    static func readHeader(
        _ blob: UnsafeRawBufferPointer, totals: inout OutcomeCounts, latency: inout LatencyHistogram
    ) -> Bool {
        var reader = VariableReader(blob)
        for outcome in Outcome.allCases { totals[outcome] += Int(truncatingIfNeeded: reader.number()) }
        latency.raiseMaximum(to: Int64(truncatingIfNeeded: reader.number()))
        var bucket = 0
        while !reader.isAtEnd {
            bucket &+= Int(truncatingIfNeeded: reader.number())
            let count = Int(truncatingIfNeeded: reader.number())
            guard reader.isIntact, (0..<LatencyHistogram.bucketCount).contains(bucket) else { return false }
            latency.add(count, toBucket: bucket)
        }
        return reader.isIntact
    }
}
