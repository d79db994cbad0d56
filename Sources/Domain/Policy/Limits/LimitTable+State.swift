internal import Synchronization

extension LimitTable {
    /// All that a restart must not forget, in no order: for long windows, which outlive processes, and for a table
    /// with another policy that takes the place of this one.
    ///
    /// The shards are read one after the other, while others go on counting.
    package func state(at moment: LimitMoment) -> [LimitRow] {
        var rows: [LimitRow] = []
        for shard in shards {
            rows += shard.counters.withLock { $0.rows(rules: resolver.rules, quotas: resolver.quotas, at: moment) }
        }
        return rows
    }

    /// Takes up what an earlier table had counted; for a table that hasn't counted yet.
    ///
    /// Rows go by the names of quotas. One whose quota is gone, or counts in another way now, has nothing to say; a
    /// quota with another limit goes on with what was used.
    ///
    /// - Returns: How many rows found no room.
    @discardableResult
    package func restore(_ rows: some Sequence<LimitRow>, at moment: LimitMoment) -> Int {
        let numbers = Dictionary(
            resolver.quotas.enumerated().map { ($1.name, Int32($0)) }, uniquingKeysWith: { first, _ in first })
        var lost = 0
        for row in rows {
            guard let number = numbers[row.quota] else { continue }
            let rule = resolver.rules[Int(number)]
            let lane = lane(number, key: row.key)
            let isRestored = shards[Int(lane.shard)].counters.withLock { counters in
                var slot = counters.find(lane.key, rule: number, hash: lane.hash)
                if slot == nil {
                    counters.makeRoom(for: 1, rules: resolver.rules, at: moment)
                    guard counters.hasRoom(for: 1) else { return false }
                    let counter = counters.fresh(lane.key, number, rule, at: moment, zones: resolver.zones)
                    slot = counters.insert(counter, hash: lane.hash)
                }
                if let slot { counters.restore(row, into: slot, rule, at: moment, zones: resolver.zones) }
                return true
            }
            if !isRestored { lost += 1 }
        }
        return lost
    }

    /// How full the table is.
    package var occupancy: Occupancy {
        var found = Occupancy()
        for shard in shards.dropLast() { found.keys += shard.counters.withLock { $0.count } }
        found.shared = shards.last?.counters.withLock { $0.overflows } ?? 0
        return found
    }

    package struct Occupancy: Hashable, Sendable {
        /// Keys that have a counter.
        package fileprivate(set) var keys = 0
        /// Requests so far that found no room for one, and were counted by a shared one.
        package fileprivate(set) var shared = 0
    }
}
