import Domain
import Testing

struct LatencyHistogramTests {
    private func randomLatency(_ random: inout SeededGenerator) -> Int64 {
        Int64(1) << Int64.random(in: 0...31, using: &random) | Int64.random(in: 0...1000, using: &random)
    }

    @Test func `a latency lies within the bounds of its bucket`() {
        var random = SeededGenerator(seed: 101)
        var latencies = Array(Int64(0)...1500)
        for _ in 0..<1500 { latencies.append(randomLatency(&random)) }
        for latency in latencies {
            let bucket = LatencyHistogram.bucket(of: latency)
            let (lower, upper) = LatencyHistogram.bounds(ofBucket: bucket)
            #expect(lower <= Double(latency) && Double(latency) < upper, "\(latency) in \(bucket)")
        }
        #expect(LatencyHistogram.bucket(of: -5) == 0)
        #expect(LatencyHistogram.bucket(of: .max) == LatencyHistogram.bucketCount - 1)
    }

    @Test func `buckets meet without gaps`() {
        for bucket in 2..<LatencyHistogram.bucketCount {
            #expect(
                LatencyHistogram.bounds(ofBucket: bucket).lower == LatencyHistogram.bounds(ofBucket: bucket - 1).upper)
        }
    }

    @Test func `quantiles are right to thirteen percent`() throws {
        var random = SeededGenerator(seed: 102)
        for _ in 0..<50 {
            var histogram = LatencyHistogram()
            let latencies = (0..<500).map { _ in randomLatency(&random) + 20 }.sorted()
            for latency in latencies { histogram.record(latency) }
            for fraction in [0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 1] {
                let exact = Double(latencies[max(0, Int((fraction * 500).rounded(.up)) - 1)])
                let told = Double(try #require(histogram.quantile(fraction)))
                #expect(abs(told - exact) <= exact * 0.13, "\(told) for \(exact)")
            }
        }
        #expect(LatencyHistogram().quantile(0.5) == nil)
    }

    @Test func `merging is the same as recording all in one`() {
        var random = SeededGenerator(seed: 103)
        var left = LatencyHistogram()
        var right = LatencyHistogram()
        var both = LatencyHistogram()
        for _ in 0..<2000 {
            let latency = randomLatency(&random)
            if random.chance(50) { left.record(latency) } else { right.record(latency) }
            both.record(latency)
        }
        left += right
        #expect(left == both)
        #expect(left.count == 2000)
    }

    @Test func `outcomes from statuses`() {
        let expected: [(UInt16, Outcome)] = [
            (200, .allowed), (304, .allowed), (404, .allowed), (401, .unauthenticated), (403, .forbidden),
            (429, .limited),
            (400, .invalid), (422, .invalid), (500, .failed), (503, .failed), (0, .failed), (999, .failed),
        ]
        for (status, outcome) in expected { #expect(Outcome(status: status) == outcome) }
        for outcome in Outcome.allCases { #expect(Outcome(name: outcome.name) == outcome) }
        var counts = OutcomeCounts()
        for outcome in Outcome.allCases { counts[outcome] = Int(outcome.rawValue) + 1 }
        #expect(counts.requests == 21)
    }
}
