/// The ways in which gateways escape text.
enum Escapes {
    /// nginx's and Apache's: a backslash before `x` and two hex digits, a letter, or the character itself.
    case backslash
    /// JSON's (RFC 8259, section 7), and the `\xhh` that Apache puts into JSON though it isn't.
    case json
    /// HAProxy's: `#` and two hex digits.
    case numberSign

    /// Adds the text that a range stands for.
    ///
    /// What isn't an escape stays as it is; half a surrogate pair becomes U+FFFD.
    func write(_ bytes: Span<UInt8>, from start: Int, to end: Int, into text: inout [UInt8]) {
        var index = start
        let mark: UInt8 = self == .numberSign ? UInt8(ascii: "#") : UInt8(ascii: "\\")
        while index < end {
            let byte = bytes[index]
            guard byte == mark, index + 1 < end else {
                text.append(byte)
                index += 1
                continue
            }
            if self == .numberSign {
                guard let value = Self.hexPair(bytes, at: index + 1, end) else {
                    text.append(byte)
                    index += 1
                    continue
                }
                text.append(value)
                index += 3
                continue
            }
            let letter = bytes[index + 1]
            if letter == UInt8(ascii: "x"), let value = Self.hexPair(bytes, at: index + 2, end) {
                text.append(value)
                index += 4
            } else if letter == UInt8(ascii: "u"), self == .json, let unit = Self.codeUnit(bytes, at: index + 2, end) {
                index += 6
                Self.write(unit, bytes, &index, end, into: &text)
            } else if let control = Self.control(letter) {
                text.append(control)
                index += 2
            } else if letter == UInt8(ascii: "\\") || letter == UInt8(ascii: "\"") || letter == UInt8(ascii: "/") {
                text.append(letter)
                index += 2
            } else {
                text.append(byte)
                index += 1
            }
        }
    }

    private static func control(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "n"): 0x0a
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "r"): 0x0d
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0c
        case UInt8(ascii: "v"): 0x0b
        default: nil
        }
    }

    private static func hexPair(_ bytes: Span<UInt8>, at index: Int, _ end: Int) -> UInt8? {
        guard index + 2 <= end, let high = bytes.hexDigit(at: index), let low = bytes.hexDigit(at: index + 1) else {
            return nil
        }
        return high << 4 | low
    }

    private static func codeUnit(_ bytes: Span<UInt8>, at index: Int, _ end: Int) -> UInt32? {
        guard let high = hexPair(bytes, at: index, end), let low = hexPair(bytes, at: index + 2, end) else {
            return nil
        }
        return UInt32(high) << 8 | UInt32(low)
    }

    private static func write(
        _ unit: UInt32, _ bytes: Span<UInt8>, _ index: inout Int, _ end: Int, into text: inout [UInt8]
    ) {
        var value = unit
        if (0xd800..<0xdc00).contains(unit), index + 1 < end, bytes[index] == UInt8(ascii: "\\"),
            bytes[index + 1] == UInt8(ascii: "u"), let low = codeUnit(bytes, at: index + 2, end),
            (0xdc00..<0xe000).contains(low)
        {
            value = 0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00)
            index += 6
        }
        let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
        text.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
    }
}
