/// A number with a unit, as people write it: `10m`, `1.5s`, `1MB`.
enum Quantity {
    struct Unit: Sendable {
        var names: [String]
        /// How many of the smallest unit one of this is.
        var factor: Int64
    }

    /// Reads one number and its unit from the start of a text; the value is in the smallest unit, rounded down.
    ///
    /// Nil when there is none, when the unit is unknown, or beyond what 64 bits hold.
    static func read(_ text: inout Substring.UTF8View, units: [Unit]) -> Int64? {
        var whole: Int64 = 0
        var fraction: Int64 = 0
        var scale: Int64 = 1
        var digits = 0
        var isFraction = false
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte == UInt8(ascii: "."), !isFraction, digits > 0 {
                isFraction = true
            } else if (0x30...0x39).contains(byte) {
                let digit = Int64(byte - 0x30)
                digits += 1
                if !isFraction {
                    let (product, overflow) = whole.multipliedReportingOverflow(by: 10)
                    let (sum, overflow2) = product.addingReportingOverflow(digit)
                    guard !overflow, !overflow2 else { return nil }
                    whole = sum
                } else if scale < 1_000_000 {
                    fraction = fraction * 10 + digit
                    scale *= 10
                }
            } else {
                break
            }
            index = text.index(after: index)
        }
        guard digits > 0, !isFraction || scale > 1 else { return nil }
        let nameStart = index
        while index < text.endIndex, !(0x30...0x39).contains(text[index]) { index = text.index(after: index) }
        let name = Substring(text[nameStart..<index])
        guard let unit = units.first(where: { $0.names.contains { $0 == name } }) else { return nil }
        let (product, overflow) = whole.multipliedReportingOverflow(by: unit.factor)
        let (part, overflow2) = fraction.multipliedReportingOverflow(by: unit.factor)
        let (sum, overflow3) = product.addingReportingOverflow(part / scale)
        guard !overflow, !overflow2, !overflow3 else { return nil }
        text = text[index...]
        return sum
    }

    /// The value in the largest unit of which it is a whole number, without loss.
    static func text(_ value: Int64, units: [Unit]) -> String {
        guard value != 0 else { return "0" }
        for unit in units where value % unit.factor == 0 { return "\(value / unit.factor)\(unit.names.first ?? "")" }
        return "\(value)"
    }
}
