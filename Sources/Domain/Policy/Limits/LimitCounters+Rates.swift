extension LimitCounters {
    /// The bucket's debt, exactly: a unit is `span` grains, and `limit` grains flow off in a nanosecond. That is the
    /// continuous-state form of the generic cell rate algorithm (ITU-T I.371), without any division.
    func owed(_ counter: LimitCounter, _ rule: LimitRule, at moment: LimitMoment) -> Int128 {
        guard counter.used > 0, moment.monotonic > counter.time else { return counter.used }
        let flown = (Int128(moment.monotonic) - Int128(counter.time)) * Int128(limit(of: counter, rule))
        return max(0, counter.used - flown)
    }

    /// A request that costs more than the bucket holds needs a full one, and leaves a debt: the rate holds, and it isn't
    /// shut out for good.
    func rateStanding(owed: Int128, _ rule: LimitRule, limit: Int64, cost: Int64) -> LimitStanding {
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
}
