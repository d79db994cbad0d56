internal import Synchronization

/// The counters of all quotas, for any number of threads.
///
/// A request is counted by all its quotas or by none: their counters are locked, in one order, until all have had their
/// say. The table holds a bounded number of keys. When that many are in use, further keys of a quota share one counter
/// until there is room: nothing passes uncounted.
package final class LimitTable: Sendable {
    package let resolver: QuotaResolver
    let hasher: LimitHasher
    /// The last one has the shared counters.
    let shards: [Shard]

    private let shardBits: Int
    /// The place of the shared ones.
    var shared: Int { shards.count - 1 }
    /// No hash, and no address that anybody has.
    static let sharedKey = LimitKey(bits: .max - 1)

    final class Shard: Sendable {
        let counters: Mutex<LimitCounters>

        init(most: Int, hasher: LimitHasher) { counters = Mutex(LimitCounters(most: most, hasher: hasher)) }
    }

    /// - Parameters:
    ///   - mostKeys: About how many keys are counted at a time, over all quotas; each takes up to 700 bytes, most 150.
    ///   - seed: Any number that callers can't know, so that they can't choose keys that are slow together.
    ///   - threads: How many are to count at a time. One needs no locks beside each other, and asks for the counters of
    ///     several requests in one.
    package init(_ resolver: QuotaResolver, mostKeys: Int = 250_000, seed: UInt64, threads: Threads = .many) {
        self.resolver = resolver
        hasher = LimitHasher(seed: seed)
        shardBits = threads == .many ? 6 : 0
        let most = max(1, mostKeys >> shardBits)
        let hasher = hasher
        shards =
            (0..<1 << shardBits).map { _ in Shard(most: most, hasher: hasher) }
            + [Shard(most: 2 * resolver.quotas.count, hasher: hasher)]
    }

    package enum Threads {
        case one, many
    }

    /// Where a key has its counters: all quotas of a key behind one lock, which is then taken once, and the processor
    /// waits for their counters together.
    func shard(of key: LimitKey) -> Int {
        if key == Self.sharedKey { return shared }
        return shardBits == 0 ? 0 : Int(hasher.hash(key, rule: Self.noRule) >> UInt64(64 - shardBits))
    }

    private static let noRule: Int32 = -1

    /// Counts a request if all its quotas admit it; otherwise it takes nothing.
    ///
    /// - Parameter isOn: Whether the request's path is one of a pattern; asked only where the route doesn't tell.
    package func admit(
        _ use: LimitUse, at moment: LimitMoment, isOn: (RoutePattern) -> Bool
    ) -> LimitVerdict {
        count(use, at: moment, taking: true, isOn: isOn)
    }

    /// What `admit` would say; counts nothing.
    package func peek(_ use: LimitUse, at moment: LimitMoment, isOn: (RoutePattern) -> Bool) -> LimitVerdict {
        count(use, at: moment, taking: false, isOn: isOn)
    }

    /// How a request stands with each of its quotas, in their order; counts nothing.
    package func standings(
        of use: LimitUse, at moment: LimitMoment, isOn: (RoutePattern) -> Bool
    ) -> [(quota: QuotaIndex, standing: LimitStanding)] {
        var numbers: [Int32] = []
        resolver.forEach(of: use.client, on: use.route, isOn: isOn) { numbers.append($0) }
        return numbers.sorted().map { number in
            var lanes = [lane(number, key: resolver.key(of: resolver.rules[Int(number)], for: use))]
            let verdict = lanes.withUnsafeMutableBufferPointer { lanes in
                var visit = Visit(cost: Int64(max(1, use.cost)), moment: moment, isTaking: false, verdict: .unlimited)
                self.visit(lanes, from: 0, &visit)
                return visit.verdict
            }
            return (QuotaIndex(Int(number)), verdict.standing)
        }
    }
}
