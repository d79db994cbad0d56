/// Digits and signs put together as bytes, because a string for each number costs more than the rest.
struct DigitText {
    private var bytes: [UInt8] = []

    init() {
        bytes.reserveCapacity(32)
    }

    var string: String { String(decoding: bytes, as: UTF8.self) }

    mutating func append(_ sign: Unicode.Scalar) {
        bytes.append(UInt8(ascii: sign))
    }

    /// A number with zeros before it up to a width.
    mutating func append(_ number: Int, width: Int) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        let start = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0 || bytes.count - start < width
        bytes[start...].reverse()
    }

    /// `2026-11-20`
    mutating func append(date civil: CivilTime) {
        append(civil.year, width: 4)
        append("-")
        append(civil.month, width: 2)
        append("-")
        append(civil.day, width: 2)
    }

    /// `12:04:31`
    mutating func append(clock civil: CivilTime) {
        append(civil.hour, width: 2)
        append(":")
        append(civil.minute, width: 2)
        append(":")
        append(civil.second, width: 2)
    }
}
