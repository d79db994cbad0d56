/// Moments as text.
package enum TimeText {
    // MARK: - Writing

    /// RFC 3339 in UTC with microseconds: `2026-11-20T08:00:00.000000Z`.
    package static func rfc3339(_ time: Timestamp) -> String {
        let civil = CivilTime(time)
        var text = DigitText()
        text.append(date: civil)
        text.append("T")
        text.append(clock: civil)
        text.append(".")
        text.append(civil.microsecond, width: 6)
        text.append("Z")
        return text.string
    }

    /// RFC 3339 in UTC with no more digits than the moment needs: `2026-11-20T08:00Z`.
    package static func shortRFC3339(_ time: Timestamp) -> String {
        let civil = CivilTime(time)
        guard civil.microsecond == 0 else {
            var text = rfc3339(time).dropLast()
            while text.hasSuffix("0") { text.removeLast() }
            return text + "Z"
        }
        return date(civil) + "T" + (civil.second == 0 ? String(clock(civil).dropLast(3)) : clock(civil)) + "Z"
    }

    /// Local time of day with so many decimals of a second, at most six: `12:04:31.200`.
    package static func timeOfDay(_ time: Timestamp, zone: TimeZoneTable, decimals: Int = 3) -> String {
        let civil = CivilTime(time, offset: zone.offset(at: time))
        let decimals = min(max(decimals, 0), 6)
        guard decimals > 0 else { return clock(civil) }
        var fraction = DigitText()
        fraction.append(civil.microsecond, width: 6)
        return clock(civil) + "." + fraction.string.prefix(decimals)
    }

    /// Local date: `2026-11-20`.
    package static func date(_ time: Timestamp, zone: TimeZoneTable) -> String {
        date(CivilTime(time, offset: zone.offset(at: time)))
    }

    /// Local date and time: `2026-11-20 12:04:31`.
    package static func dateAndTime(_ time: Timestamp, zone: TimeZoneTable, decimals: Int = 0) -> String {
        date(time, zone: zone) + " " + timeOfDay(time, zone: zone, decimals: decimals)
    }

    /// How long ago, or how far ahead: `0.4 s ago`, `12 s ago`, `3 min ago`, `5 h ago`, `2 d ago`, `in 3 min`.
    package static func relative(_ time: Timestamp, now: Timestamp) -> String {
        let (difference, overflow) = now.microseconds.subtractingReportingOverflow(time.microseconds)
        let microseconds = overflow ? (now > time ? Int64.max : .min + 1) : max(difference, .min + 1)
        let length: String
        func count(_ seconds: Int64) -> Int64 {
            let (whole, rest) = abs(microseconds).quotientAndRemainder(dividingBy: seconds * 1_000_000)
            return rest >= seconds * 500_000 ? whole + 1 : whole
        }
        switch abs(microseconds) {
        case ..<50_000: return "now"
        case ..<9_950_000:
            let tenths = (abs(microseconds) + 50_000) / 100_000
            length = tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
        // Rounded as people say it; up to two hours in minutes, since half an hour more or less matters there.
        case ..<59_500_000: length = "\(count(1)) s"
        case ..<7_170_000_000: length = "\(count(60)) min"
        case ..<171_000_000_000: length = "\(count(3600)) h"
        default: length = "\(count(86_400)) d"
        }
        return microseconds < 0 ? "in " + length : length + " ago"
    }

    private static func date(_ civil: CivilTime) -> String {
        var text = DigitText()
        text.append(date: civil)
        return text.string
    }

    private static func clock(_ civil: CivilTime) -> String {
        var text = DigitText()
        text.append(clock: civil)
        return text.string
    }

    // MARK: - Reading

    /// Reads `12:30`, `2026-11-20`, `2026-11-20T08:00`, also with seconds, decimals and `Z` or an offset (RFC 3339,
    /// with a space allowed for the `T`), and `now`, `today`, `yesterday`.
    ///
    /// Without an offset it is local time; a date alone is its first moment, a time alone the last time that the
    /// clock showed it.
    package static func parse(_ text: some StringProtocol, now: Timestamp, zone: TimeZoneTable) -> Timestamp? {
        let today = CivilTime(now, offset: zone.offset(at: now))
        let midnight = CivilTime(year: today.year, month: today.month, day: today.day)
        switch text {
        case "now": return now
        case "today": return zone.timestamp(of: midnight)
        case "yesterday": return zone.timestamp(of: midnight.dayBefore)
        default: break
        }
        var reader = Reader(bytes: Array(text.utf8))
        guard let date = reader.date() else {
            guard var clock = reader.clock(on: midnight), reader.isAtEnd else { return nil }
            guard let time = zone.timestamp(of: clock) else { return nil }
            guard time > now else { return time }
            (clock.year, clock.month, clock.day) = (clock.dayBefore.year, clock.dayBefore.month, clock.dayBefore.day)
            return zone.timestamp(of: clock)
        }
        if reader.isAtEnd { return zone.timestamp(of: date) }
        guard reader.skip("T") || reader.skip("t") || reader.skip(" "), let civil = reader.clock(on: date) else {
            return nil
        }
        if reader.isAtEnd { return zone.timestamp(of: civil) }
        guard let offset = reader.offset(), reader.isAtEnd else { return nil }
        return civil.timestamp(offset: offset)
    }

    private struct Reader {
        private let bytes: [UInt8]
        private var position = 0

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        var isAtEnd: Bool { position == bytes.count }

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        private mutating func number(digits: Int) -> Int? {
            guard position + digits <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[position..<position + digits] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            position += digits
            return value
        }

        /// Nothing is read when there is no date.
        mutating func date() -> CivilTime? {
            var reader = self
            guard
                let year = reader.number(digits: 4), reader.skip("-"), let month = reader.number(digits: 2),
                reader.skip("-"), let day = reader.number(digits: 2)
            else { return nil }
            self = reader
            return CivilTime(year: year, month: month, day: day)
        }

        mutating func clock(on date: CivilTime) -> CivilTime? {
            guard let hour = number(digits: 2), skip(":"), let minute = number(digits: 2) else { return nil }
            var civil = date
            (civil.hour, civil.minute) = (hour, minute)
            guard skip(":") else { return civil }
            guard let second = number(digits: 2) else { return nil }
            civil.second = second
            guard skip(".") else { return civil }
            var weight = 100_000
            var hasDigit = false
            while let digit = number(digits: 1) {
                civil.microsecond += digit * weight
                weight /= 10
                hasDigit = true
            }
            return hasDigit ? civil : nil
        }

        /// `Z`, `+01:00` or `+0100`, in seconds east of UTC.
        mutating func offset() -> Int? {
            if skip("Z") || skip("z") { return 0 }
            let sign: Int
            if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
            guard let hours = number(digits: 2) else { return nil }
            _ = skip(":")
            guard let minutes = number(digits: 2), hours <= 23, minutes <= 59 else { return nil }
            return sign * (hours * 3600 + minutes * 60)
        }
    }
}

extension CivilTime {
    /// The same time of day, one day earlier.
    fileprivate var dayBefore: CivilTime {
        var result = self
        (result.year, result.month, result.day) = Self.date(
            dayNumber: Self.dayNumber(year: year, month: month, day: day) - 1)
        return result
    }
}
