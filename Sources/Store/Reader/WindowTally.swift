import Domain

/// What the traffic of a window adds up to, over all segments.
struct WindowTally {
    var totals = OutcomeCounts()
    var latency = LatencyHistogram()
    /// For each list and each number of its directory, six counts in the order of outcomes.
    var counts: [[UInt32]] = SummaryList.allCases.map { _ in [] }

    mutating func reserve(_ items: Int, in list: SummaryList) {
        let missing = items * ItemTally.outcomes - counts[list.rawValue].count
        if missing > 0 { counts[list.rawValue].append(contentsOf: repeatElement(0, count: missing)) }
    }

    /// Adds what was counted in one segment; `numbers` are its items' numbers in the directory.
    mutating func add(_ tally: ItemTally, numbers: [Int], in list: SummaryList) {
        counts[list.rawValue].withUnsafeMutableBufferPointer { counts in
            tally.counts.withUnsafeBufferPointer { more in
                for (item, number) in numbers.enumerated() {
                    for outcome in 0..<ItemTally.outcomes {
                        counts[number * ItemTally.outcomes + outcome] &+= more[item * ItemTally.outcomes + outcome]
                    }
                }
            }
        }
    }

    /// Adds a stored list whose items have these numbers, in its order; false when it can't be read.
    mutating func add(counts blob: UnsafeRawBufferPointer, numbers: [UInt32], in list: SummaryList) -> Bool {
        let last = numbers.max().map { Int($0) + 1 } ?? 0
        reserve(last, in: list)
        return numbers.withUnsafeBufferPointer { numbers in
            counts[list.rawValue].withUnsafeMutableBufferPointer { counts in
                var counter = TopCounter(numbers: numbers, counts: counts)
                return SummaryCodec.readCounts(blob, into: &counter)
            }
        }
    }

    /// Takes out what was added before.
    mutating func remove(_ tally: ItemTally, numbers: [Int], in list: SummaryList) {
        counts[list.rawValue].withUnsafeMutableBufferPointer { counts in
            for (item, number) in numbers.enumerated() {
                for outcome in 0..<ItemTally.outcomes {
                    counts[number * ItemTally.outcomes + outcome] &-= tally.counts[item * ItemTally.outcomes + outcome]
                }
            }
        }
    }

    func requests(_ number: Int, in list: SummaryList) -> Int {
        let start = number * ItemTally.outcomes
        guard start < counts[list.rawValue].count else { return 0 }
        return counts[list.rawValue][start..<start + ItemTally.outcomes].reduce(0) { $0 + Int($1) }
    }

    func outcomes(_ number: Int, in list: SummaryList) -> OutcomeCounts {
        var result = OutcomeCounts()
        guard (number + 1) * ItemTally.outcomes <= counts[list.rawValue].count else { return result }
        let start = number * ItemTally.outcomes
        for outcome in Outcome.allCases { result[outcome] = Int(counts[list.rawValue][start + Int(outcome.rawValue)]) }
        return result
    }
}

/// Adds the counts of a segment's summary of the whole, whose items come in the order of its map.
struct TopCounter: SummarySink {
    private let numbers: UnsafeBufferPointer<UInt32>
    private let counts: UnsafeMutableBufferPointer<UInt32>
    private var next = 0

    init(numbers: UnsafeBufferPointer<UInt32>, counts: UnsafeMutableBufferPointer<UInt32>) {
        self.numbers = numbers
        self.counts = counts
    }

    @inline(__always)
    mutating func item(_ key: UInt64) -> Int? {
        guard next < numbers.count else { return nil }
        defer { next += 1 }
        return Int(numbers[next])
    }

    @inline(__always)
    mutating func add(_ amount: UInt32, item: Int, outcome: Int) {
        counts[item * ItemTally.outcomes + outcome] &+= amount
    }

    mutating func add(_ amount: UInt32, item: Int, latencyBucket: Int) {}
}

/// Adds up the latencies of some items of one segment.
struct LatencyPick: SummarySink {
    /// Keys in the segment, and which of the wanted items each one is.
    private var keys = KeyIndex()
    private var targets: [Int] = []
    /// For each wanted item, its histogram.
    var histograms: [[UInt32]]

    init(items: Int) {
        histograms = Array(repeating: Array(repeating: 0, count: LatencyHistogram.bucketCount), count: items)
    }

    /// Turns to another segment's keys.
    mutating func want(_ wanted: [(key: UInt64, item: Int)]) {
        keys.removeAll()
        targets.removeAll(keepingCapacity: true)
        for (key, item) in wanted where keys.index(of: key) == targets.count { targets.append(item) }
    }

    var isEmpty: Bool { targets.isEmpty }

    mutating func item(_ key: UInt64) -> Int? {
        keys.existingIndex(of: key).map { targets[$0] }
    }

    mutating func add(_ amount: UInt32, item: Int, outcome: Int) {}

    mutating func add(_ amount: UInt32, item: Int, latencyBucket: Int) {
        histograms[item][latencyBucket] &+= amount
    }

    /// The 95th percentile of an item, as the middle of its bucket; nil when no latency is known.
    func percentile(_ item: Int) -> Int64? {
        var histogram = LatencyHistogram()
        for (bucket, count) in histograms[item].enumerated() where count > 0 {
            histogram.add(Int(count), toBucket: bucket)
        }
        histogram.raiseMaximum(to: .max)
        return histogram.quantile(0.95)
    }
}
