// One part of the counters behind its lock: a hash table with linear probing in one array of bounded length.

/// Never copied, so that no count of references moves while requests are counted.
struct LimitCounters: ~Copyable, Sendable {
    /// Where a key has its counter.
    typealias Slot = Int

    var slots: LimitSlots
    private(set) var count = 0
    /// Requests that were counted by the shared counter, because there was no room for one of their own.
    var overflows = 0
    var rings = RollingRings()
    var histories = UsageHistories()
    private let most: Int
    private let hasher: LimitHasher
    /// The latest moment at which a counter was forgotten: no new counter begins before, so that a clock that goes back
    /// doesn't bring back what was used.
    private var forgotten = LimitMoment(monotonic: .min, wall: .distantPast)
    /// Where the sweep goes on.
    private var hand = 0

    /// Keeps counters of at most so many keys.
    init(most: Int, hasher: LimitHasher) {
        self.most = most
        self.hasher = hasher
        slots = LimitSlots(count: 16)
    }

    /// A counter that was never used.
    func fresh(
        _ key: LimitKey, _ index: Int32, _ rule: LimitRule, at moment: LimitMoment, zones: [TimeZoneTable]
    ) -> LimitCounter {
        var counter = LimitCounter()
        counter.key = key
        counter.rule = index
        switch rule.algorithm {
        case .rate, .rolling: counter.time = forgotten.monotonic
        case .calendar: counter.time = Self.end(of: rule, at: max(moment.wall, forgotten.wall), zones: zones)
        }
        return counter
    }

    func find(_ key: LimitKey, rule: Int32, hash: UInt64) -> Slot? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while !slots[slot].isFree {
            if slots[slot].key == key, slots[slot].rule == rule { return slot }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Whether a key has its counter there, as it had when it was looked for.
    func isOf(_ key: LimitKey, rule: Int32, _ slot: Slot) -> Bool {
        slot < slots.count && slots[slot].key == key && slots[slot].rule == rule
    }

    /// Whether so many more keys have room now.
    func hasRoom(for more: Int) -> Bool { count + more <= min(most, slots.count / 4 * 3) }

    /// Whether there would be room, without forgetting anything.
    func couldHaveRoom(for more: Int) -> Bool { count + more <= most }

    /// Makes room for more keys, if it can; moves counters, so that slots found before are no longer theirs.
    ///
    /// Counters that are full again are forgotten: a new one says the same. Each call looks at a few slots only, so that
    /// nobody can make it slow by filling the table.
    mutating func makeRoom(for more: Int, rules: [LimitRule], at moment: LimitMoment) {
        sweep(slots: 2 * more, rules: rules, at: moment)
        if hasRoom(for: more) { return }
        sweep(slots: 64, rules: rules, at: moment)
        if hasRoom(for: more) { return }
        while !hasRoom(for: more), count + more <= most { enlarge() }
    }

    /// The key must have no counter yet, and there must be room.
    mutating func insert(_ counter: LimitCounter, hash: UInt64) -> Slot {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while !slots[slot].isFree { slot = (slot + 1) & mask }
        slots[slot] = counter
        count += 1
        return slot
    }

    private mutating func sweep(slots number: Int, rules: [LimitRule], at moment: LimitMoment) {
        for _ in 0..<min(number, slots.count) {
            hand = (hand + 1) & (slots.count - 1)
            // What moves into the place of one that is removed may be spent too.
            while !slots[hand].isFree, isSpent(slots[hand], rules[Int(slots[hand].rule)], at: moment) {
                remove(hand)
                forgotten.monotonic = max(forgotten.monotonic, moment.monotonic)
                forgotten.wall = max(forgotten.wall, moment.wall)
            }
        }
    }

    private mutating func remove(_ slot: Slot) {
        rings.release(&slots[slot].ring)
        histories.remove(slots[slot].history)
        slots[slot] = LimitCounter()
        count -= 1
        // Those behind that had to give way move up, so that no search ends too early.
        let mask = slots.count - 1
        var gap = slot
        var next = (slot + 1) & mask
        while !slots[next].isFree {
            let home = Int(truncatingIfNeeded: hasher.hash(slots[next].key, rule: slots[next].rule)) & mask
            if (next - home) & mask >= (next - gap) & mask {
                slots[gap] = slots[next]
                slots[next] = LimitCounter()
                gap = next
            }
            next = (next + 1) & mask
        }
    }

    private mutating func enlarge() {
        var old = LimitSlots(count: 2 * slots.count)
        swap(&old, &slots)
        count = 0
        for slot in 0..<old.count where !old[slot].isFree {
            let counter = old[slot]
            _ = insert(counter, hash: hasher.hash(counter.key, rule: counter.rule))
        }
    }
}

/// Spreads keys over shards and slots; the seed keeps others from choosing keys that fall into one place.
struct LimitHasher: Sendable, BitwiseCopyable {
    let seed: UInt64

    /// Where a key is counted for a quota. Quotas with neighbouring numbers, as those of a tier mostly have, lie side by
    /// side, so that the memory for one brings the others along.
    func hash(_ key: LimitKey, rule: Int32) -> UInt64 {
        let group = UInt64(truncatingIfNeeded: rule >> 3)
        let low = UInt64(truncatingIfNeeded: key.bits) ^ seed ^ 0x2d35_8dcc_aa6c_78a5
        let high = UInt64(truncatingIfNeeded: key.bits >> 64) &+ group &* 0x9e37_79b9_7f4a_7c15
        let start = Self.fold(Self.fold(low, high ^ 0xa076_1d64_78bd_642f) ^ seed, 0xe703_7ed1_a0b4_28db)
        return start &+ UInt64(truncatingIfNeeded: rule & 7)
    }

    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
