/// A calendar date and time of day in the proleptic Gregorian calendar, without a time zone.
package struct CivilTime: Equatable, Sendable {
    package var year: Int
    package var month: Int
    package var day: Int
    package var hour: Int
    package var minute: Int
    package var second: Int
    package var microsecond: Int

    package init(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0
    ) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond
    }

    /// The civil time at an offset east of UTC, in seconds.
    package init(_ time: Timestamp, offset: Int = 0) {
        let local = time.advanced(by: Int64(offset) * 1_000_000)
        let days = local.microseconds.dividedDown(by: Day.microseconds)
        // Wrapping, because the start of the earliest day lies before the earliest moment.
        let inDay = local.microseconds &- days &* Day.microseconds
        (year, month, day) = Self.date(dayNumber: days)
        let seconds = Int(inDay / 1_000_000)
        hour = seconds / 3600
        minute = seconds / 60 % 60
        second = seconds % 60
        microsecond = Int(inDay % 1_000_000)
    }

    /// The moment, when the fields are read at an offset east of UTC; nil when a field is out of its range.
    ///
    /// Second 60 is taken as the first second of the next minute, as logs written over a leap second have it.
    package func timestamp(offset: Int = 0) -> Timestamp? {
        guard
            (1...9999).contains(year), (1...12).contains(month),
            (1...Self.days(inMonth: month, year: year)).contains(day),
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second),
            (0...999_999).contains(microsecond), abs(offset) < 86_400
        else { return nil }
        let seconds =
            Self.dayNumber(year: year, month: month, day: day) * 86_400
            + Int64(hour * 3600 + minute * 60 + second - offset)
        return Timestamp(microseconds: seconds * 1_000_000 + Int64(microsecond))
    }

    /// Days since 1970-01-01 of a date. Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    package static func dayNumber(year: Int, month: Int, day: Int) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = Int64(shifted).dividedDown(by: 400)
        let yearOfEra = Int64(shifted) - era * 400
        let dayOfYear = Int64((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1)
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The date of a day number, by the same algorithms.
    package static func date(dayNumber: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468
        let era = shifted.dividedDown(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        return (Int(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), Int(month), Int(day))
    }

    package static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}
