// Counters as rows that outlive the process, and back. What is rounded is rounded so that nothing becomes free.

extension LimitCounters {
    /// Everything that a new counter wouldn't say too.
    func rows(rules: [LimitRule], quotas: [Quota], at moment: LimitMoment) -> [LimitRow] {
        var rows: [LimitRow] = []
        for slot in 0..<slots.count where !slots[slot].isFree {
            let counter = slots[slot]
            let rule = rules[Int(counter.rule)]
            guard !isSpent(counter, rule, at: moment) else { continue }
            rows.append(
                LimitRow(
                    quota: quotas[Int(counter.rule)].name, key: counter.key,
                    count: count(of: counter, rule, at: moment),
                    history: history(of: counter, rule, at: moment)))
        }
        return rows
    }

    private func count(of counter: LimitCounter, _ rule: LimitRule, at moment: LimitMoment) -> LimitRow.Count {
        switch rule.algorithm {
        case .rate:
            let span = Int128(rule.span)
            let owed = (owed(counter, rule, at: moment) * 1_000_000_000 + span - 1) / span
            return .rate(owed: Int64(clamping: owed), at: moment.wall)
        case .rolling:
            let now = rule.ticks.down(max(counter.time, moment.monotonic))
            var admissions: [LimitRow.Admission] = []
            for index in 0..<Int(counter.ring.count) where !isOver(counter, rule, at: moment) {
                let entry = rings.entry(index, of: counter.ring)
                let age = Int32(truncatingIfNeeded: now &- entry.tick)
                guard age < rule.ticks.window else { continue }
                let time = moment.wall.advanced(by: -(rule.ticks.nanoseconds(max(0, age)) / 1000))
                admissions.append(LimitRow.Admission(time: time, units: Int64(entry.units)))
            }
            return .rolling(admissions)
        case .calendar:
            let isOver = moment.wall.microseconds >= counter.time
            return .calendar(used: isOver ? 0 : Int64(counter.used), until: Timestamp(microseconds: counter.time))
        }
    }

    private func history(
        of counter: LimitCounter, _ rule: LimitRule, at moment: LimitMoment
    ) -> LimitRow.History? {
        guard counter.history >= 0 else { return nil }
        let history = histories[counter.history]
        let until =
            rule.algorithm == .calendar
            ? Timestamp(microseconds: history.end)
            : moment.wall.advanced(by: (history.end.subtractingReportingOverflow(moment.monotonic).partialValue) / 1000)
        return LimitRow.History(past: history.past, current: history.current, until: until)
    }

    /// Fills a counter that is new with what a row says; nothing where the row counts in another way than the quota.
    mutating func restore(
        _ row: LimitRow, into slot: Slot, _ rule: LimitRule, at moment: LimitMoment, zones: [TimeZoneTable]
    ) {
        switch (row.count, rule.algorithm) {
        case (.rate(let owed, let time), .rate):
            slots[slot].used = (Int128(max(0, owed)) * Int128(rule.span) + 999_999_999) / 1_000_000_000
            slots[slot].time = Self.monotonic(time, at: moment)
        case (.rolling(let admissions), .rolling):
            for admission in admissions.sorted(by: { $0.time < $1.time }) where admission.units > 0 {
                let time = Self.monotonic(admission.time, at: moment)
                guard moment.monotonic &- time <= rule.span else { continue }
                slots[slot].time = max(slots[slot].time, time)
                addRolling(slot, rule, units: min(admission.units, Int64(UInt32.max) - Int64(slots[slot].used)))
            }
        case (.calendar(let used, let until), .calendar):
            // A window can't end later than the one that is on: then the clock was wrong when it was written.
            if until > moment.wall { slots[slot].used = Int128(max(0, used)) }
        case (.rate, .rolling), (.rate, .calendar), (.rolling, .rate), (.rolling, .calendar), (.calendar, .rate),
            (.calendar, .rolling):
            break
        }
        if let adaptive = rule.adaptive, let history = row.history {
            histories.remove(slots[slot].history)
            slots[slot].history = histories.insert(
                UsageHistory(
                    past: history.past, current: max(0, history.current),
                    end: historyEnd(history.until, slots[slot], rule, at: moment), adaptive: adaptive))
        }
        settle(slot, rule, at: moment, zones: zones)
    }

    private func historyEnd(
        _ until: Timestamp, _ counter: LimitCounter, _ rule: LimitRule, at moment: LimitMoment
    ) -> Int64 {
        if rule.algorithm == .calendar { return min(until.microseconds, counter.time) }
        let (left, overflow) = until.microseconds.subtractingReportingOverflow(moment.wall.microseconds)
        let longest = rule.span / 1000
        return moment.monotonic &+ (overflow ? longest : min(max(left, 0), longest)) * 1000
    }

    /// A moment on the wall, seen from now; what seems to be in the future is now.
    private static func monotonic(_ time: Timestamp, at moment: LimitMoment) -> Int64 {
        let (age, overflow) = moment.wall.microseconds.subtractingReportingOverflow(time.microseconds)
        // Ten years are longer than any window.
        let bounded = overflow ? 400_000_000_000_000 : min(max(age, 0), 400_000_000_000_000)
        return moment.monotonic &- bounded * 1000
    }
}
