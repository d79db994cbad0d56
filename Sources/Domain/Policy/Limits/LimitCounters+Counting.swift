// The three ways to count. Each first brings a counter up to the moment, then says how it stands, then takes.
//
// No moment is ever before the one that a counter has seen: a clock that goes back gives nothing.

extension LimitCounters {
    /// Brings a counter up to the moment: gives back what time has given back.
    mutating func settle(_ slot: Slot, _ rule: LimitRule, at moment: LimitMoment, zones: [TimeZoneTable]) {
        slots[slot] = settled(slots[slot], rule, at: moment, zones: zones)
        if slots[slot].ring.count == 0 { rings.release(&slots[slot].ring) }
        // Last, so that time that has passed counts at the limit that it had.
        guard let adaptive = rule.adaptive else { return }
        if slots[slot].history < 0 {
            let end = historyEnd(rule, at: moment, zones: zones)
            slots[slot].history = histories.insert(UsageHistory(end: end, adaptive: adaptive))
        } else {
            turn(&histories[slots[slot].history], rule, adaptive, at: moment, zones: zones)
        }
    }

    /// What a counter is at a moment. Its ring stays its own even when nothing in it counts any more.
    func settled(
        _ counter: LimitCounter, _ rule: LimitRule, at moment: LimitMoment, zones: [TimeZoneTable]
    ) -> LimitCounter {
        var counter = counter
        switch rule.algorithm {
        case .rate:
            guard moment.monotonic > counter.time else { break }
            counter.used = owed(counter, rule, at: moment)
            counter.time = moment.monotonic
        case .rolling:
            let isOver = isOver(counter, rule, at: moment)
            counter.time = max(counter.time, moment.monotonic)
            if isOver {
                counter.ring.count = 0
                counter.used = 0
            } else {
                dropSpent(&counter, rule)
            }
        case .calendar:
            guard moment.wall.microseconds >= counter.time else { break }
            counter.used = 0
            counter.time = Self.end(of: rule, at: moment.wall, zones: zones)
        }
        return counter
    }

    /// What a counter says to a request, which takes nothing; the counter must be settled.
    func standing(
        _ counter: LimitCounter, _ rule: LimitRule, limit: Int64, cost: Int64, at moment: LimitMoment
    ) -> LimitStanding {
        switch rule.algorithm {
        case .rate:
            return rateStanding(owed: counter.used, rule, limit: limit, cost: cost)
        case .rolling:
            return rollingStanding(counter, rule, limit: limit, cost: cost)
        case .calendar:
            let reset = Self.nanoseconds(from: moment.wall.microseconds, to: counter.time)
            let used = Int64(counter.used)
            guard used + cost <= limit else {
                return LimitStanding(
                    admits: false, limit: limit, remaining: max(0, limit - used), reset: reset,
                    wait: cost > limit ? LimitStanding.never : reset)
            }
            return LimitStanding(admits: true, limit: limit, remaining: limit - used - cost, reset: reset, wait: 0)
        }
    }

    /// Counts an admitted request; the counter must be settled, and have admitted it.
    mutating func take(_ slot: Slot, _ rule: LimitRule, cost: Int64, at moment: LimitMoment) {
        if slots[slot].history >= 0 { histories[slots[slot].history].add(cost) }
        switch rule.algorithm {
        case .rate:
            slots[slot].used += Int128(cost) * Int128(rule.span)
        case .rolling:
            addRolling(slot, rule, units: cost)
        case .calendar:
            slots[slot].used += Int128(cost)
        }
    }

    /// Whether a counter says no more than a new one would.
    func isSpent(_ counter: LimitCounter, _ rule: LimitRule, at moment: LimitMoment) -> Bool {
        if counter.history >= 0 {
            // Who has a past keeps it for as many windows as it is made of.
            let unit: Int64 = rule.algorithm == .calendar ? 1000 : 1
            let now = rule.algorithm == .calendar ? moment.wall.microseconds : moment.monotonic
            let (kept, overflow) = (rule.span / unit).multipliedReportingOverflow(by: Int64(UsageHistory.windows))
            guard !overflow, now.subtractingReportingOverflow(histories[counter.history].end).partialValue > kept
            else { return false }
        }
        switch rule.algorithm {
        case .rate: return owed(counter, rule, at: moment) == 0
        case .rolling: return isOver(counter, rule, at: moment)
        case .calendar: return moment.wall.microseconds >= counter.time
        }
    }

    /// Units in a window for this key; the counter must be settled.
    func limit(of counter: LimitCounter, _ rule: LimitRule) -> Int64 {
        counter.history >= 0 ? histories[counter.history].limit : rule.firstLimit
    }

    /// What the limit will be at a moment.
    func limit(
        of counter: LimitCounter, _ rule: LimitRule, at moment: LimitMoment, zones: [TimeZoneTable]
    ) -> Int64 {
        guard let adaptive = rule.adaptive, counter.history >= 0 else { return rule.firstLimit }
        var history = histories[counter.history]
        turn(&history, rule, adaptive, at: moment, zones: zones)
        return history.limit
    }

    // MARK: - Rates

    /// The bucket's debt, exactly: a unit is `span` grains, and `limit` grains flow off in a nanosecond. That is the
    /// continuous-state form of the generic cell rate algorithm (ITU-T I.371), without any division.
    func owed(_ counter: LimitCounter, _ rule: LimitRule, at moment: LimitMoment) -> Int128 {
        guard counter.used > 0, moment.monotonic > counter.time else { return counter.used }
        let flown = (Int128(moment.monotonic) - Int128(counter.time)) * Int128(limit(of: counter, rule))
        return max(0, counter.used - flown)
    }

    /// A request that costs more than the bucket holds needs a full one, and leaves a debt: the rate holds, and it isn't
    /// shut out for good.
    private func rateStanding(owed: Int128, _ rule: LimitRule, limit: Int64, cost: Int64) -> LimitStanding {
        let span = Int128(rule.span)
        let needed = Int128(min(cost, rule.depth)) * span
        guard limit > 0 else {
            return LimitStanding(admits: false, limit: 0, remaining: 0, reset: 0, wait: LimitStanding.never)
        }
        guard owed + needed <= rule.capacity else {
            return LimitStanding(
                admits: false, limit: limit, remaining: Self.quotient(max(0, rule.capacity - owed), span),
                reset: Self.ceiling(owed, limit), wait: Self.ceiling(owed + needed - rule.capacity, limit))
        }
        let after = owed + Int128(cost) * span
        return LimitStanding(
            admits: true, limit: limit, remaining: Self.quotient(max(0, rule.capacity - after), span),
            reset: Self.ceiling(after, limit), wait: 0)
    }

    private static func ceiling(_ dividend: Int128, _ divisor: Int64) -> Int64 {
        quotient(dividend + Int128(divisor - 1), Int128(divisor))
    }

    /// Of numbers that aren't negative; divides 64 bits where they are enough.
    private static func quotient(_ dividend: Int128, _ divisor: Int128) -> Int64 {
        if let dividend = Int64(exactly: dividend), let divisor = Int64(exactly: divisor) { return dividend / divisor }
        return Int64(clamping: dividend / divisor)
    }

    // MARK: - Rolling windows

    func isOver(_ counter: LimitCounter, _ rule: LimitRule, at moment: LimitMoment) -> Bool {
        guard counter.ring.count > 0 else { return true }
        // What it holds was in the window at `time`. Two ticks more for what was rounded; ages beyond are no longer
        // numbers of 32 bits.
        let (age, overflow) = moment.monotonic.subtractingReportingOverflow(counter.time)
        return overflow || age >= rule.ticks.nanoseconds(rule.ticks.window + 2)
    }

    /// Leaves out what is out of the window that ends at the counter's time.
    private func dropSpent(_ counter: inout LimitCounter, _ rule: LimitRule) {
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

    private func rollingStanding(
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

    // MARK: - Calendar windows and histories

    static func end(of rule: LimitRule, at wall: Timestamp, zones: [TimeZoneTable]) -> Int64 {
        CalendarWindow.around(wall, unit: rule.unit, zone: zones[Int(rule.zone)]).upperBound.microseconds
    }

    private static func nanoseconds(from start: Int64, to end: Int64) -> Int64 {
        let (distance, overflow) = end.subtractingReportingOverflow(start)
        let (product, tooLong) = distance.multipliedReportingOverflow(by: 1000)
        return overflow || tooLong ? .max : max(0, product)
    }

    /// Ends a history's window when its time has come.
    private func turn(
        _ history: inout UsageHistory, _ rule: LimitRule, _ adaptive: LimitRule.Adaptive, at moment: LimitMoment,
        zones: [TimeZoneTable]
    ) {
        let now = rule.algorithm == .calendar ? moment.wall.microseconds : moment.monotonic
        guard now >= history.end else { return }
        history.begin(until: historyEnd(rule, at: moment, zones: zones), adaptive)
    }

    private func historyEnd(_ rule: LimitRule, at moment: LimitMoment, zones: [TimeZoneTable]) -> Int64 {
        if rule.algorithm == .calendar { return Self.end(of: rule, at: moment.wall, zones: zones) }
        return (moment.monotonic.dividedDown(by: rule.span) + 1).multipliedReportingOverflow(by: rule.span).partialValue
    }
}
