/// Hours, days and months as the clocks of a zone show them.
package enum CalendarWindow {
    /// From when until when the window lasts that holds a moment.
    ///
    /// A day lasts from midnight to midnight, 23 or 25 hours where clocks change; where a midnight is skipped it begins
    /// when clocks change. An hour lasts from a full hour that clocks show to the next one.
    package static func around(_ time: Timestamp, unit: Quota.CalendarUnit, zone: TimeZoneTable) -> Range<Timestamp> {
        let (start, end) =
            switch unit {
            case .hour: (fullHour(before: time, in: zone), fullHour(after: time, in: zone))
            case .day, .month: dates(around: time, unit: unit, zone: zone)
            }
        // What no calendar knows, in the year 10,000, still is a window that ends.
        guard start <= time, time < end else {
            let length = Int64(unit.longestSeconds)
            let start = time.rounded(downToSeconds: length)
            return min(start, time)..<max(start.advanced(by: length * 1_000_000), time.advanced(by: 1))
        }
        return start..<end
    }

    private static func dates(
        around time: Timestamp, unit: Quota.CalendarUnit, zone: TimeZoneTable
    ) -> (Timestamp, Timestamp) {
        let civil = zone.civil(time)
        let first = CivilTime(year: civil.year, month: civil.month, day: unit == .month ? 1 : civil.day)
        var next = first
        if unit == .month {
            (next.year, next.month) = first.month == 12 ? (first.year + 1, 1) : (first.year, first.month + 1)
        } else {
            let number = CivilTime.dayNumber(year: first.year, month: first.month, day: first.day) + 1
            (next.year, next.month, next.day) = CivilTime.date(dayNumber: number)
        }
        return (zone.timestamp(of: first) ?? .distantPast, zone.timestamp(of: next) ?? .distantPast)
    }

    /// The first moment after another at which clocks show a full hour.
    private static func fullHour(after time: Timestamp, in zone: TimeZoneTable) -> Timestamp {
        var offset = zone.offset(at: time)
        var moment = ceiling(time.advanced(by: 1), offset: offset)
        // A change by half an hour on the way, as on Lord Howe Island, moves the full hour.
        while zone.offset(at: moment) != offset {
            offset = zone.offset(at: moment)
            let moved = ceiling(moment, offset: offset)
            guard moved > moment else { break }
            moment = moved
        }
        return moment
    }

    /// The last moment up to another at which clocks showed a full hour.
    private static func fullHour(before time: Timestamp, in zone: TimeZoneTable) -> Timestamp {
        var offset = zone.offset(at: time)
        var moment = floor(time, offset: offset)
        while zone.offset(at: moment) != offset {
            offset = zone.offset(at: moment)
            let moved = floor(moment, offset: offset)
            guard moved < moment else { break }
            moment = moved
        }
        return moment
    }

    private static func floor(_ time: Timestamp, offset: Int) -> Timestamp {
        let seconds = Int64(offset)
        return time.advanced(by: seconds * 1_000_000).rounded(downToSeconds: 3600).advanced(by: -seconds * 1_000_000)
    }

    private static func ceiling(_ time: Timestamp, offset: Int) -> Timestamp {
        let before = floor(time, offset: offset)
        return before == time ? time : before.advanced(by: 3_600_000_000)
    }
}
