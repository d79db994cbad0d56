internal import Synchronization

/// The counters of all quotas, for any number of threads.
///
/// A request is counted by all its quotas or by none: their counters are locked, in one order, until all have had their
/// say. The table holds a bounded number of keys. When that many are in use, further keys of a quota share one counter
/// until there is room: nothing passes uncounted.
package final class LimitTable: Sendable {
    package let resolver: QuotaResolver
    private let hasher: LimitHasher
    /// The last one has the shared counters.
    let shards: [Shard]

    private static let shardBits = 6
    private static let shared = 1 << shardBits
    /// No hash, and no address that anybody has.
    private static let sharedKey = LimitKey(bits: .max - 1)

    final class Shard: Sendable {
        let counters: Mutex<LimitCounters>

        init(most: Int, hasher: LimitHasher) { counters = Mutex(LimitCounters(most: most, hasher: hasher)) }
    }

    /// - Parameters:
    ///   - mostKeys: About how many keys are counted at a time, over all quotas; each takes up to 600 bytes, most 100.
    ///   - seed: Any number that callers can't know, so that they can't choose keys that are slow together.
    package init(_ resolver: QuotaResolver, mostKeys: Int = 250_000, seed: UInt64) {
        self.resolver = resolver
        hasher = LimitHasher(seed: seed)
        let most = max(1, mostKeys >> Self.shardBits)
        let hasher = hasher
        shards =
            (0..<Self.shared).map { _ in Shard(most: most, hasher: hasher) }
            + [Shard(most: 2 * resolver.quotas.count, hasher: hasher)]
    }

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

    /// One quota of a request on its way through the shards.
    struct Lane: BitwiseCopyable {
        let key: LimitKey
        let hash: UInt64
        let rule: Int32
        var shard: Int32
        /// Negative for a key that has no counter yet.
        var slot = -1
    }

    private func count(
        _ use: LimitUse, at moment: LimitMoment, taking: Bool, isOn: (RoutePattern) -> Bool
    ) -> LimitVerdict {
        withUnsafeTemporaryAllocation(of: Lane.self, capacity: resolver.most) { lanes in
            var count = 0
            resolver.forEach(of: use.client, on: use.route, isOn: isOn) { quota in
                let lane = lane(quota, key: resolver.key(of: resolver.rules[Int(quota)], for: use))
                // In the order of shards, which is the one that all threads lock them in.
                var place = count
                while place > 0, lanes[place - 1].shard > lane.shard {
                    lanes[place] = lanes[place - 1]
                    place -= 1
                }
                lanes[place] = lane
                count += 1
            }
            guard count > 0 else { return .unlimited }
            var visit = Visit(
                cost: Int64(max(1, use.cost)), moment: moment, isTaking: taking, verdict: .unlimited)
            self.visit(UnsafeMutableBufferPointer(rebasing: lanes[..<count]), from: 0, &visit)
            return visit.verdict
        }
    }

    /// Where a key of a quota is counted.
    func lane(_ quota: Int32, key: LimitKey) -> Lane {
        let hash = hasher.hash(key, rule: quota)
        let shard = key == Self.sharedKey ? Self.shared : Int(hash >> UInt64(64 - Self.shardBits))
        return Lane(key: key, hash: hash, rule: quota, shard: Int32(shard))
    }

    /// A request's way through the shards.
    struct Visit {
        let cost: Int64
        let moment: LimitMoment
        let isTaking: Bool
        var verdict: LimitVerdict
        /// Whether a key found no room, so that its shared counter has to be asked.
        var overflows = false
    }

    /// Asks the counters of one shard, goes on to the next with this one locked, and then takes if all have admitted.
    private func visit(_ lanes: UnsafeMutableBufferPointer<Lane>, from start: Int, _ visit: inout Visit) {
        guard start < lanes.count else {
            if visit.overflows { visitShared(lanes, &visit) }
            return
        }
        let shard = lanes[start].shard
        var end = start + 1
        while end < lanes.count, lanes[end].shard == shard { end += 1 }
        shards[Int(shard)].counters.withLock { counters in
            let hasRoom = find(&counters, lanes, start..<end, visit)
            for index in start..<end {
                if lanes[index].slot < 0, !hasRoom {
                    lanes[index].shard = Int32(Self.shared)
                    visit.overflows = true
                } else {
                    ask(&counters, lanes[index], &visit)
                }
            }
            self.visit(lanes, from: end, &visit)
            guard visit.isTaking, visit.verdict.isAdmitted else { return }
            for index in start..<end where lanes[index].shard == shard { take(&counters, lanes[index], visit) }
        }
    }

    /// Finds the lanes' counters; says whether there is room for those that have none.
    private func find(
        _ counters: inout LimitCounters, _ lanes: UnsafeMutableBufferPointer<Lane>, _ range: Range<Int>, _ visit: Visit
    ) -> Bool {
        var missing = find(counters, lanes, range)
        if missing > 0, visit.isTaking {
            counters.makeRoom(for: missing, rules: resolver.rules, at: visit.moment)
            missing = find(counters, lanes, range)
        }
        return counters.hasRoom(for: missing)
    }

    /// How many have none.
    private func find(
        _ counters: borrowing LimitCounters, _ lanes: UnsafeMutableBufferPointer<Lane>, _ range: Range<Int>
    ) -> Int {
        var missing = 0
        for index in range {
            let lane = lanes[index]
            lanes[index].slot = counters.find(lane.key, rule: lane.rule, hash: lane.hash) ?? -1
            if lanes[index].slot < 0 { missing += 1 }
        }
        return missing
    }

    /// The shared counters are locked last, by everybody.
    private func visitShared(_ lanes: UnsafeMutableBufferPointer<Lane>, _ visit: inout Visit) {
        shards[Self.shared].counters.withLock { counters in
            if visit.isTaking {
                counters.overflows += 1
                counters.makeRoom(for: lanes.count, rules: resolver.rules, at: visit.moment)
            }
            for index in lanes.indices where lanes[index].shard == Int32(Self.shared) {
                lanes[index] = lane(lanes[index].rule, key: Self.sharedKey)
                _ = find(counters, lanes, index..<index + 1)
                ask(&counters, lanes[index], &visit)
            }
            guard visit.isTaking, visit.verdict.isAdmitted else { return }
            for lane in lanes where lane.shard == Int32(Self.shared) { take(&counters, lane, visit) }
        }
    }

    private func ask(_ counters: inout LimitCounters, _ lane: Lane, _ visit: inout Visit) {
        let rule = resolver.rules[Int(lane.rule)]
        let (counter, limit): (LimitCounter, Int64)
        if lane.slot < 0 {
            counter = counters.fresh(lane.key, lane.rule, rule, at: visit.moment, zones: resolver.zones)
            limit = rule.firstLimit
        } else if visit.isTaking {
            counters.settle(lane.slot, rule, at: visit.moment, zones: resolver.zones)
            counter = counters.slots[lane.slot]
            limit = counters.limit(of: counter, rule)
        } else {
            counter = counters.settled(
                counters.slots[lane.slot], rule, at: visit.moment, zones: resolver.zones)
            limit = counters.limit(of: counter, rule, at: visit.moment, zones: resolver.zones)
        }
        let standing = counters.standing(counter, rule, limit: limit, cost: visit.cost, at: visit.moment)
        visit.verdict.add(standing, of: QuotaIndex(Int(lane.rule)))
    }

    private func take(_ counters: inout LimitCounters, _ lane: Lane, _ visit: Visit) {
        let rule = resolver.rules[Int(lane.rule)]
        var slot = lane.slot
        if slot < 0 {
            let counter = counters.fresh(lane.key, lane.rule, rule, at: visit.moment, zones: resolver.zones)
            slot = counters.insert(counter, hash: lane.hash)
            counters.settle(slot, rule, at: visit.moment, zones: resolver.zones)
        }
        counters.take(slot, rule, cost: visit.cost, at: visit.moment)
    }
}
