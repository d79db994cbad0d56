extension LimitCounters {
    func isOver(_ counter: LimitCounter, _ rule: LimitRule, at moment: LimitMoment) -> Bool {
        guard counter.ring.count > 0 else { return true }
        // What it holds was in the window at `time`. Two ticks more for what was rounded; ages beyond are no longer
        // numbers of 32 bits.
        let (age, overflow) = moment.monotonic.subtractingReportingOverflow(counter.time)
        return overflow || age >= rule.ticks.nanoseconds(rule.ticks.window + 2)
    }

    /// Leaves out what is out of the window that ends at the counter's time.
    func dropSpent(_ counter: inout LimitCounter, _ rule: LimitRule) {
        let now = rule.ticks.down(counter.time)
        while counter.ring.count > 0 {
            let oldest = rings.entry(0, of: counter.ring)
            guard Int32(truncatingIfNeeded: now &- oldest.tick) >= rule.ticks.window else { return }
            counter.used -= Int128(oldest.units)
            counter.ring.dropFirst()
        }
    }

    mutating func addRolling(_ slot: Slot, _ rule: LimitRule, units: Int64) {
        let tick = rule.ticks.up(slots[slot].time)
        let place = slots[slot].ring
        slots[slot].used += Int128(units)
        let isNear = Int32(truncatingIfNeeded: tick &- slots[slot].begun) < rule.ticks.group
        if place.count > 0, isNear || rings.isFull(place) {
            rings.extendLast(of: place, to: tick, by: UInt32(units))
        } else {
            rings.append(RollingRings.Entry(tick: tick, units: UInt32(units)), to: &slots[slot].ring)
            slots[slot].begun = tick
        }
    }

    func rollingStanding(
        _ counter: LimitCounter, _ rule: LimitRule, limit: Int64, cost: Int64
    ) -> LimitStanding {
        let used = Int64(counter.used)
        let ticks = rule.ticks
        guard used + cost > limit else {
            return LimitStanding(
                admits: true, limit: limit, remaining: limit - used - cost, reset: rule.span, wait: 0)
        }
        let now = ticks.down(counter.time)
        let sinceTick = counter.time & ((1 << ticks.shift) - 1)
        var (freed, wait, reset) = (Int64(0), LimitStanding.never, Int64(0))
        for index in 0..<Int(counter.ring.count) {
            let entry = rings.entry(index, of: counter.ring)
            reset = ticks.nanoseconds(ticks.window - Int32(truncatingIfNeeded: now &- entry.tick)) - sinceTick
            freed += Int64(entry.units)
            if wait == LimitStanding.never, used - freed + cost <= limit { wait = reset }
        }
        return LimitStanding(admits: false, limit: limit, remaining: max(0, limit - used), reset: reset, wait: wait)
    }
}
