import Domain

/// Counts for each item of a list, keyed within one segment, while they are being added up.
struct ItemTally: SummarySink {
    private(set) var index = KeyIndex()
    /// Six for each item, in the order of outcomes.
    private(set) var counts: [UInt32] = []
    // An item and a latency bucket in one key; most pairs never occur.
    private var latencies = KeyIndex()
    private var latencyCounts: [UInt32] = []

    /// A literal, because a count taken at run time costs more than the loops that use it.
    static let outcomes = 6

    var keys: [UInt64] { index.keys }

    /// The item's number, from 0.
    @inline(__always)
    mutating func number(of key: UInt64) -> Int {
        let item = index.index(of: key)
        if item * Self.outcomes == counts.count {
            for _ in 0..<Self.outcomes { counts.append(0) }
        }
        return item
    }

    mutating func item(_ key: UInt64) -> Int? { number(of: key) }

    @inline(__always)
    mutating func add(_ amount: UInt32, item: Int, outcome: Int) {
        counts[item * Self.outcomes + outcome] &+= amount
    }

    @inline(__always)
    mutating func add(_ amount: UInt32, item: Int, latencyBucket: Int) {
        let pair = latencies.index(of: UInt64(item) << 8 | UInt64(latencyBucket))
        if pair == latencyCounts.count {
            latencyCounts.append(amount)
        } else {
            latencyCounts[pair] &+= amount
        }
    }

    mutating func removeAll() {
        self = ItemTally()
    }

    /// Items by key, ascending, as their numbers.
    var order: [Int] { index.ascending }

    /// For each item, its latency buckets with their counts, buckets ascending.
    var latencyPairs: [[(bucket: Int, count: UInt32)]] {
        var pairs = [[(bucket: Int, count: UInt32)]](repeating: [], count: index.count)
        for (pair, key) in latencies.keys.enumerated() {
            pairs[Int(key >> 8)].append((Int(key & 0xff), latencyCounts[pair]))
        }
        for item in pairs.indices { pairs[item].sort { $0.bucket < $1.bucket } }
        return pairs
    }
}
