extension Span<UInt8> {
    /// A whole number of at most 18 digits that fills a range; nil for anything else.
    @inline(__always)
    func wholeNumber(from start: Int, to end: Int) -> Int64? {
        guard end > start, end - start <= 18 else { return nil }
        var value: Int64 = 0
        for index in start..<end {
            let digit = self[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            value = value &* 10 &+ Int64(digit)
        }
        return value
    }

    /// Two digits as a number; 255 when they are none.
    @inline(__always)
    func twoDigits(at index: Int) -> Int {
        let high = self[index] &- UInt8(ascii: "0")
        let low = self[index + 1] &- UInt8(ascii: "0")
        return high <= 9 && low <= 9 ? Int(high) * 10 + Int(low) : 255
    }

    /// A decimal number (RFC 8259, section 6) times ten to a power, rounded towards zero; nil when the range holds
    /// something else or the product doesn't fit.
    func scaledNumber(from start: Int, to end: Int, power: Int) -> Int64? {
        var index = start
        guard end > start, end - start <= 64 else { return nil }
        let isNegative = self[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        var value: Int64 = 0
        var exponent = power
        var digits = 0
        var isFraction = false
        while index < end {
            let byte = self[index]
            if byte == UInt8(ascii: "."), !isFraction {
                isFraction = true
            } else if byte &- UInt8(ascii: "0") <= 9 {
                digits += 1
                if value < 100_000_000_000_000_000 {
                    value = value * 10 + Int64(byte - UInt8(ascii: "0"))
                    if isFraction { exponent -= 1 }
                } else if !isFraction {
                    exponent += 1
                }
            } else {
                break
            }
            index += 1
        }
        guard digits > 0 else { return nil }
        if index < end {
            guard self[index] | 0x20 == UInt8(ascii: "e") else { return nil }
            index += 1
            guard index < end else { return nil }
            let isDown = self[index] == UInt8(ascii: "-")
            if isDown || self[index] == UInt8(ascii: "+") { index += 1 }
            guard let given = wholeNumber(from: index, to: end), given < 1000 else { return nil }
            exponent += isDown ? -Int(given) : Int(given)
        }
        while exponent > 0, value != 0 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            value = product
            exponent -= 1
        }
        while exponent < 0, value != 0 {
            value /= 10
            exponent += 1
        }
        return isNegative ? -value : value
    }

    /// The value of a hex digit; nil for any other byte.
    @inline(__always)
    func hexDigit(at index: Int) -> UInt8? {
        switch self[index] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self[index] - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self[index] - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self[index] - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
