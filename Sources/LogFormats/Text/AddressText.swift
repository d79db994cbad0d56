import Domain

/// An address as a log has it, reduced to the address alone in its canonical form (RFC 5952).
enum AddressText {
    /// Where the address is, when it stands in the line as it should be kept; otherwise how it is written.
    enum Form {
        case asItIs(Range<Int>)
        case rewritten([UInt8])
    }

    /// Reads an address with a port or without, with brackets or without; nil when the range holds none.
    ///
    /// `2001:db8::1:8080` without brackets could be either: where a format always has a port, `hasPort` says so.
    static func form(_ bytes: Span<UInt8>, from start: Int, to end: Int, hasPort: Bool = false) -> Form? {
        guard end > start else { return nil }
        let v4End = v4End(bytes, from: start, to: end)
        if v4End == end { return .asItIs(start..<end) }
        if v4End > start, bytes[v4End] == UInt8(ascii: ":"), bytes.wholeNumber(from: v4End + 1, to: end) != nil {
            return .asItIs(start..<v4End)
        }
        var first = start
        var last = end
        if bytes[start] == UInt8(ascii: "[") {
            guard let close = bytes.lastPlace(of: UInt8(ascii: "]"), from: start, to: end) else { return nil }
            first = start + 1
            last = close
        } else if hasPort {
            guard let colon = bytes.lastPlace(of: UInt8(ascii: ":"), from: start, to: end) else { return nil }
            last = colon
        }
        // A zone (RFC 6874) names an interface of the gateway's host; it says nothing about the peer.
        last = bytes.place(of: UInt8(ascii: "%"), from: first, to: last)
        guard last - first <= 45, let address = IPAddress(bytes: bytes.array(from: first, to: last)) else { return nil }
        return .rewritten(Array(address.description.utf8))
    }

    /// The end of the dotted quad that a range begins with; -1 when it begins with none.
    @inline(__always)
    static func v4End(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        var index = start
        var dots = 0
        while true {
            var value = 0
            let first = index
            while index < end, index - first < 3 {
                let digit = bytes[index] &- UInt8(ascii: "0")
                guard digit <= 9 else { break }
                value = value * 10 + Int(digit)
                index += 1
            }
            let digits = index - first
            guard digits > 0, value <= 255, digits == 1 || bytes[first] != UInt8(ascii: "0") else { return -1 }
            if dots == 3 { return index }
            guard index < end, bytes[index] == UInt8(ascii: ".") else { return -1 }
            dots += 1
            index += 1
        }
    }
}
