/// Text with its escapes resolved once, and where each byte came from.
///
/// Percent-encoding (RFC 3986) and the `\xHH` and `\u00HH` of log lines are resolved alike.
struct Unescaped {
    private(set) var bytes: [UInt8] = []
    /// For each byte the place in the first text at which it starts, and at the end that text's length.
    private(set) var origins: [Int] = []

    /// Nil when there is nothing to resolve.
    init?(_ text: Span<UInt8>, origins sources: [Int]? = nil) {
        var index = 0
        var hasEscapes = false
        while index < text.count, !hasEscapes {
            hasEscapes = Self.escape(in: text, at: index) != nil
            if !hasEscapes { index += 1 }
        }
        guard hasEscapes else { return nil }
        bytes.reserveCapacity(text.count)
        origins.reserveCapacity(text.count + 1)
        index = 0
        while index < text.count {
            origins.append(sources?[index] ?? index)
            if let (byte, length) = Self.escape(in: text, at: index) {
                bytes.append(byte)
                index += length
            } else {
                bytes.append(text[index])
                index += 1
            }
        }
        origins.append(sources?[text.count] ?? text.count)
    }

    private static func escape(in text: Span<UInt8>, at index: Int) -> (byte: UInt8, length: Int)? {
        switch text[index] {
        case UInt8(ascii: "%"):
            return hexByte(in: text, at: index + 1).map { ($0, 3) }
        case UInt8(ascii: "\\"):
            guard index + 3 < text.count else { return nil }
            switch text[index + 1] {
            case UInt8(ascii: "x"):
                return hexByte(in: text, at: index + 2).map { ($0, 4) }
            case UInt8(ascii: "u") where text[index + 2] == 0x30 && text[index + 3] == 0x30:
                return hexByte(in: text, at: index + 4).map { ($0, 6) }
            default:
                return nil
            }
        default:
            return nil
        }
    }

    private static func hexByte(in text: Span<UInt8>, at index: Int) -> UInt8? {
        guard index + 1 < text.count, let high = Hex.value(text[index]), let low = Hex.value(text[index + 1]) else {
            return nil
        }
        return high << 4 | low
    }
}
