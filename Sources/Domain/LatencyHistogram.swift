/// Counts of latencies in buckets that grow by about 9 %, so that quantiles are right to that and merge exactly.
///
/// Four buckets to an octave from 1 µs to over an hour: bucket 0 holds 0 µs, bucket `4e + m + 1` holds
/// `(4 + m) / 4 × 2^e` µs and up.
package struct LatencyHistogram: Equatable, Sendable {
    package static let bucketCount = 130

    package private(set) var counts: [Int]
    package private(set) var count = 0
    /// The largest latency recorded, in microseconds.
    package private(set) var maximum: Int64 = 0

    package init() {
        counts = Array(repeating: 0, count: Self.bucketCount)
    }

    package static func bucket(of latency: Int64) -> Int {
        guard latency > 0 else { return 0 }
        let exponent = 63 - latency.leadingZeroBitCount
        let mantissa = exponent >= 2 ? Int(latency >> Int64(exponent - 2)) & 3 : Int(latency << Int64(2 - exponent)) & 3
        return min(exponent * 4 + mantissa + 1, bucketCount - 1)
    }

    /// The range of latencies that a bucket holds, in microseconds; its end isn't in it.
    package static func bounds(ofBucket bucket: Int) -> (lower: Double, upper: Double) {
        guard bucket > 0 else { return (0, 1) }
        func edge(_ index: Int) -> Double {
            Double(4 + index % 4) / 4 * Double(UInt64(1) << UInt64(index / 4))
        }
        return (edge(bucket - 1), edge(bucket))
    }

    package mutating func record(_ latency: Int64) {
        add(1, toBucket: Self.bucket(of: latency))
        maximum = max(maximum, latency)
    }

    package mutating func add(_ amount: Int, toBucket bucket: Int) {
        counts[bucket] += amount
        count += amount
    }

    package mutating func raiseMaximum(to latency: Int64) {
        maximum = max(maximum, latency)
    }

    package static func += (left: inout LatencyHistogram, right: LatencyHistogram) {
        for bucket in left.counts.indices { left.counts[bucket] += right.counts[bucket] }
        left.count += right.count
        left.maximum = max(left.maximum, right.maximum)
    }

    /// Takes out what was added before; false, with nothing changed, when the largest latency may be among it.
    package mutating func remove(_ other: LatencyHistogram) -> Bool {
        guard other.count > 0 else { return true }
        guard other.maximum < maximum else { return false }
        for bucket in counts.indices { counts[bucket] -= other.counts[bucket] }
        count -= other.count
        return true
    }

    /// The latency below which a fraction (0 to 1) of the requests stayed, in microseconds; nil when there are none.
    package func quantile(_ fraction: Double) -> Int64? {
        guard count > 0 else { return nil }
        let rank = max(1, Int((fraction * Double(count)).rounded(.up)))
        var seen = 0
        for (bucket, amount) in counts.enumerated() where amount > 0 {
            seen += amount
            guard seen >= rank else { continue }
            let (lower, upper) = Self.bounds(ofBucket: bucket)
            return min(maximum, Int64((lower + upper) / 2))
        }
        return maximum
    }
}
