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
            let end = Self.historyEnd(rule, at: moment, zones: zones)
            slots[slot].history = histories.insert(UsageHistory(end: end, adaptive: adaptive))
        } else {
            Self.turn(&histories[slots[slot].history], rule, adaptive, at: moment, zones: zones)
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
        Self.turn(&history, rule, adaptive, at: moment, zones: zones)
        return history.limit
    }

    static func end(of rule: LimitRule, at wall: Timestamp, zones: [TimeZoneTable]) -> Int64 {
        CalendarWindow.around(wall, unit: rule.unit, zone: zones[Int(rule.zone)]).upperBound.microseconds
    }

    private static func nanoseconds(from start: Int64, to end: Int64) -> Int64 {
        let (distance, overflow) = end.subtractingReportingOverflow(start)
        let (product, tooLong) = distance.multipliedReportingOverflow(by: 1000)
        return overflow || tooLong ? .max : max(0, product)
    }

    /// Ends a history's window when its time has come.
    private static func turn(
        _ history: inout UsageHistory, _ rule: LimitRule, _ adaptive: LimitRule.Adaptive, at moment: LimitMoment,
        zones: [TimeZoneTable]
    ) {
        let now = rule.algorithm == .calendar ? moment.wall.microseconds : moment.monotonic
        guard now >= history.end else { return }
        history.begin(until: historyEnd(rule, at: moment, zones: zones), adaptive)
    }

    private static func historyEnd(_ rule: LimitRule, at moment: LimitMoment, zones: [TimeZoneTable]) -> Int64 {
        if rule.algorithm == .calendar { return end(of: rule, at: moment.wall, zones: zones) }
        return (moment.monotonic.dividedDown(by: rule.span) + 1).multipliedReportingOverflow(by: rule.span).partialValue
    }
}
