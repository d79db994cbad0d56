import Domain

/// Reads the times of logs; remembers the last second that it read, because the next line is mostly of the same one.
struct TimeReader: Sendable {
    /// Seconds east of UTC of times without a zone.
    let localOffset: Int

    private var lastWords: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    private var lastTime = Timestamp(microseconds: 0)

    init(localOffset: Int) {
        self.localOffset = localOffset
    }

    /// Times outside of these years are refused, since they come from broken clocks and broken lines.
    static let range =
        Timestamp(seconds: 631_152_000)..<Timestamp(seconds: 4_133_980_800)

    /// The time of the common log format, `21/Nov/2026:19:16:48 +0000`, with fraction and zone or without; the range
    /// holds nothing else.
    @inline(__always)
    mutating func commonLogTime(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Timestamp? {
        guard end - start == 26 else { return slowCommonLogTime(bytes, from: start, to: end) }
        let words = (
            bytes.word(at: start), bytes.word(at: start + 8), bytes.word(at: start + 16), bytes.word(at: start + 18)
        )
        if words == lastWords { return lastTime }
        guard let time = slowCommonLogTime(bytes, from: start, to: end) else { return nil }
        lastWords = words
        lastTime = time
        return time
    }

    private func slowCommonLogTime(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Timestamp? {
        guard end - start >= 20 else { return nil }
        guard
            bytes[start + 2] == UInt8(ascii: "/"), bytes[start + 6] == UInt8(ascii: "/"),
            bytes[start + 11] == UInt8(ascii: ":") || bytes[start + 11] == UInt8(ascii: " "),
            let month = Self.month(bytes, at: start + 3), let year = bytes.wholeNumber(from: start + 7, to: start + 11)
        else { return nil }
        let day = bytes.twoDigits(at: start)
        return clock(bytes, from: start + 12, to: end, date: (Int(year), month, day))
    }

    /// The time of RFC 3339, with any offset, up to nine digits of a fraction, `T` or a space; without an offset it is
    /// local. Apache's offset without a colon is read, too.
    mutating func internetTime(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Timestamp? {
        guard
            end - start >= 19, bytes[start + 4] == UInt8(ascii: "-"), bytes[start + 7] == UInt8(ascii: "-"),
            bytes[start + 10] | 0x20 == UInt8(ascii: "t") || bytes[start + 10] == UInt8(ascii: " "),
            let year = bytes.wholeNumber(from: start, to: start + 4)
        else { return nil }
        let date = (Int(year), bytes.twoDigits(at: start + 5), bytes.twoDigits(at: start + 8))
        return clock(bytes, from: start + 11, to: end, date: date)
    }

    /// `19:16:48`, then perhaps a fraction, then perhaps a zone, to the end of the range.
    private func clock(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, date: (year: Int, month: Int, day: Int)
    ) -> Timestamp? {
        guard
            end - start >= 8, bytes[start + 2] == UInt8(ascii: ":"), bytes[start + 5] == UInt8(ascii: ":")
        else { return nil }
        var civil = CivilTime(
            year: date.year, month: date.month, day: date.day, hour: bytes.twoDigits(at: start),
            minute: bytes.twoDigits(at: start + 3), second: bytes.twoDigits(at: start + 6))
        var index = start + 8
        if index < end, bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ",") {
            index += 1
            let digits = index
            var scale = 100_000
            while index < end, bytes[index] &- UInt8(ascii: "0") <= 9 {
                civil.microsecond += Int(bytes[index] - UInt8(ascii: "0")) * scale
                scale /= 10
                index += 1
            }
            guard index > digits, index - digits <= 9 else { return nil }
        }
        guard let offset = zone(bytes, from: index, to: end) else { return nil }
        return civil.timestamp(offset: offset)
    }

    private func zone(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
        var index = start
        guard index < end else { return localOffset }
        if bytes[index] == UInt8(ascii: " ") { index += 1 }
        guard index < end else { return nil }
        if bytes[index] | 0x20 == UInt8(ascii: "z") { return index + 1 == end ? 0 : nil }
        let isEast = bytes[index] == UInt8(ascii: "+")
        guard isEast || bytes[index] == UInt8(ascii: "-"), end - index >= 5 else { return nil }
        let hours = bytes.twoDigits(at: index + 1)
        let hasColon = bytes[index + 3] == UInt8(ascii: ":")
        guard end - index == (hasColon ? 6 : 5) else { return nil }
        let minutes = bytes.twoDigits(at: index + (hasColon ? 4 : 3))
        guard hours <= 23, minutes <= 59 else { return nil }
        return (isEast ? 1 : -1) * (hours * 3600 + minutes * 60)
    }

    /// Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size; each unit's range is
    /// that of the years 1973 to 5138 in the unit.
    func epochTime(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Timestamp? {
        let dot = bytes.place(of: UInt8(ascii: "."), or: UInt8(ascii: "e"), from: start, to: end)
        let power: Int
        switch dot - start {
        case ...11: power = 6
        case 12...14: power = 3
        case 15...17: power = 0
        case 18...20: power = -3
        default: return nil
        }

        return bytes.scaledNumber(from: start, to: end, power: power).map(Timestamp.init(microseconds:))
    }

    func epochTime(_ bytes: Span<UInt8>, from start: Int, to end: Int, power: Int) -> Timestamp? {
        bytes.scaledNumber(from: start, to: end, power: power).map(Timestamp.init(microseconds:))
    }

    /// A time in whichever of the forms above it looks like.
    mutating func anyTime(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Timestamp? {
        guard end - start >= 9 else { return nil }
        if bytes[start + 4] == UInt8(ascii: "-") { return internetTime(bytes, from: start, to: end) }
        if bytes[start + 2] == UInt8(ascii: "/") { return commonLogTime(bytes, from: start, to: end) }
        if bytes[start] == UInt8(ascii: "["), bytes[end - 1] == UInt8(ascii: "]"), end - start > 11 {
            return anyTime(bytes, from: start + 1, to: end - 1)
        }
        return epochTime(bytes, from: start, to: end)
    }

    private static let months = Array("JanFebMarAprMayJunJulAugSepOctNovDec".utf8)

    private static func month(_ bytes: Span<UInt8>, at index: Int) -> Int? {
        for month in 0..<12
        where months[month * 3] == bytes[index] && months[month * 3 + 1] == bytes[index + 1]
            && months[month * 3 + 2] == bytes[index + 2]
        {
            return month + 1
        }
        return nil
    }
}
