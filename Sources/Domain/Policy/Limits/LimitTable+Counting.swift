internal import Synchronization

// How a request goes through its counters: those of one shard after those of another, all locked until all have had
// their say. Shards are locked in the order of their numbers, so that no two threads wait for each other.

extension LimitTable {
    /// One quota of a request on its way through the shards.
    struct Lane: BitwiseCopyable {
        let key: LimitKey
        let hash: UInt64
        let rule: Int32
        var shard: Int32
        /// Where it was when last looked for; negative for a key that had no counter.
        var slot = -1
    }

    func count(
        _ use: LimitUse, at moment: LimitMoment, taking: Bool, isOn: (RoutePattern) -> Bool
    ) -> LimitVerdict {
        withUnsafeTemporaryAllocation(of: Lane.self, capacity: resolver.most) { lanes in
            let count = fill(lanes, of: use, isOn: isOn)
            return verdict(
                UnsafeMutableBufferPointer(rebasing: lanes[..<count]), cost: use.cost, at: moment, taking: taking)
        }
    }

    /// Several requests in their order, each as `admit` would count it, and faster than one by one: most of it is waiting
    /// for memory, and here it is asked for the next ones' counters while those of the first are on their way.
    ///
    /// - Parameters:
    ///   - isOn: Whether the path of the request at this place is one of a pattern.
    ///   - body: Gets the place of each request and its verdict.
    func admit(
        _ uses: [LimitUse], at moments: [LimitMoment], isOn: (Int, RoutePattern) -> Bool,
        _ body: (Int, LimitVerdict) -> Void
    ) {
        withUnsafeTemporaryAllocation(of: Lane.self, capacity: resolver.most * Self.together) { lanes in
            var ends: [Int] = []
            ends.reserveCapacity(Self.together)
            var start = 0
            while start < uses.count {
                let places = start..<min(start + Self.together, uses.count)
                _ = resolver.touch(uses, places)
                ends.removeAll(keepingCapacity: true)
                var end = 0
                for place in places {
                    let room = UnsafeMutableBufferPointer(rebasing: lanes[end...])
                    end += fill(room, of: uses[place]) { isOn(place, $0) }
                    ends.append(end)
                }
                foresee(UnsafeMutableBufferPointer(rebasing: lanes[..<end]))
                end = 0
                for place in places {
                    let own = UnsafeMutableBufferPointer(rebasing: lanes[end..<ends[place - start]])
                    body(place, verdict(own, cost: uses[place].cost, at: moments[place], taking: true))
                    end = ends[place - start]
                }
                start = places.upperBound
            }
        }
    }

    /// Looks where the counters are that there are now; those that lie behind one lock are looked for together.
    private func foresee(_ lanes: UnsafeMutableBufferPointer<Lane>) {
        var start = 0
        while start < lanes.count {
            var end = start + 1
            while end < lanes.count, lanes[end].shard == lanes[start].shard { end += 1 }
            shards[Int(lanes[start].shard)].counters.withLock { _ = find($0, lanes, start..<end) }
            start = end
        }
    }

    /// As many requests as a processor can wait for at once.
    private static let together = 16

    /// Where the quotas of a request count it.
    ///
    /// - Returns: How many these are.
    private func fill(
        _ lanes: UnsafeMutableBufferPointer<Lane>, of use: LimitUse, isOn: (RoutePattern) -> Bool
    ) -> Int {
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
        return count
    }

    private func verdict(
        _ lanes: UnsafeMutableBufferPointer<Lane>, cost: Int32, at moment: LimitMoment, taking: Bool
    ) -> LimitVerdict {
        guard !lanes.isEmpty else { return .unlimited }
        var visit = Visit(cost: Int64(max(1, cost)), moment: moment, isTaking: taking, verdict: .unlimited)
        self.visit(lanes, from: 0, &visit)
        return visit.verdict
    }

    /// Where a key of a quota is counted.
    func lane(_ quota: Int32, key: LimitKey) -> Lane {
        Lane(key: key, hash: hasher.hash(key, rule: quota), rule: quota, shard: Int32(shard(of: key)))
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
    func visit(_ lanes: UnsafeMutableBufferPointer<Lane>, from start: Int, _ visit: inout Visit) {
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
                    lanes[index].shard = Int32(shared)
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
        return visit.isTaking ? counters.hasRoom(for: missing) : counters.couldHaveRoom(for: missing)
    }

    /// How many have none.
    private func find(
        _ counters: borrowing LimitCounters, _ lanes: UnsafeMutableBufferPointer<Lane>, _ range: Range<Int>
    ) -> Int {
        var missing = 0
        for index in range {
            let lane = lanes[index]
            if lane.slot >= 0, counters.isOf(lane.key, rule: lane.rule, lane.slot) { continue }
            lanes[index].slot = counters.find(lane.key, rule: lane.rule, hash: lane.hash) ?? -1
            if lanes[index].slot < 0 { missing += 1 }
        }
        return missing
    }

    /// The shared counters are locked last, by everybody.
    private func visitShared(_ lanes: UnsafeMutableBufferPointer<Lane>, _ visit: inout Visit) {
        shards[shared].counters.withLock { counters in
            if visit.isTaking {
                counters.overflows += 1
                counters.makeRoom(for: lanes.count, rules: resolver.rules, at: visit.moment)
            }
            for index in lanes.indices where lanes[index].shard == Int32(shared) {
                lanes[index] = lane(lanes[index].rule, key: Self.sharedKey)
                _ = find(counters, lanes, index..<index + 1)
                ask(&counters, lanes[index], &visit)
            }
            guard visit.isTaking, visit.verdict.isAdmitted else { return }
            for lane in lanes where lane.shard == Int32(shared) { take(&counters, lane, visit) }
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
