/// Where the parts of a request line (RFC 9112, section 3) are; whatever comes gives some answer, since an attacker's
/// bytes are a request as well.
struct RequestLine {
    var method = 0..<0
    var host = 0..<0
    var path = 0..<0
    var query = 0..<0

    /// Reads `METHOD target HTTP/version`, still escaped as the log has it.
    @inline(__always)
    init(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
        var index = start
        while index < end, bytes[index] &- UInt8(ascii: "A") <= 25 { index += 1 }
        if index >= end || bytes[index] != UInt8(ascii: " ") {
            index = Self.tokenEnd(bytes, from: index, to: end)
        }
        guard index > start, index - start <= 32, index < end, bytes[index] == UInt8(ascii: " ") else {
            setGarbage(bytes, from: start, to: end)
            return
        }
        var targetEnd = end
        var hasVersion = false
        if let space = Self.versionStart(bytes, from: index, to: end) {
            targetEnd = space
            hasVersion = true
        }
        var targetStart = index + 1
        while targetStart < targetEnd, bytes[targetStart] == UInt8(ascii: " ") { targetStart += 1 }
        while targetEnd > targetStart, bytes[targetEnd - 1] == UInt8(ascii: " ") { targetEnd -= 1 }
        // HTTP/0.9 has no version; words that merely begin like a method aren't a request.
        guard hasVersion || (targetStart < targetEnd && Self.isTarget(bytes[targetStart])) else {
            setGarbage(bytes, from: start, to: end)
            return
        }
        method = start..<index
        setTarget(bytes, from: targetStart, to: targetEnd)
        if bytes.equals("CONNECT", from: start, to: index) { host = path }
    }

    /// Reads a target alone (RFC 9112, section 3.2): origin, absolute or any other form.
    @inline(__always)
    init(target bytes: Span<UInt8>, from start: Int, to end: Int) {
        setTarget(bytes, from: start, to: end)
    }

    private mutating func setGarbage(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
        guard !bytes.isUnknown(from: start, to: end) else { return }
        path = start..<end
    }

    @inline(__always)
    private mutating func setTarget(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
        var pathStart = start
        if start < end, bytes[start] != UInt8(ascii: "/"), let authority = Self.authorityStart(bytes, start, end) {
            pathStart = authority
            while pathStart < end, bytes[pathStart] != UInt8(ascii: "/"), bytes[pathStart] != UInt8(ascii: "?") {
                pathStart += 1
            }
            // What stands before an @ may be a password.
            let afterUser = bytes.lastPlace(of: UInt8(ascii: "@"), from: authority, to: pathStart).map { $0 + 1 }
            host = (afterUser ?? authority)..<pathStart
        }
        let mark = bytes.place(of: UInt8(ascii: "?"), from: pathStart, to: end)
        path = bytes.isUnknown(from: pathStart, to: mark) ? pathStart..<pathStart : pathStart..<mark
        query = mark < end ? mark + 1..<end : end..<end
    }

    private static func authorityStart(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
        if bytes.starts(with: "http://", at: start, to: end) { return start + 7 }
        if bytes.starts(with: "https://", at: start, to: end) { return start + 8 }
        return nil
    }

    @inline(__always)
    private static func isTarget(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "h")
    }

    /// The space before ` HTTP/1.1`, ` HTTP/2` and the like at a range's end.
    @inline(__always)
    private static func versionStart(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
        guard end - start >= 7 else { return nil }
        var index = end - 7
        let first = max(start, end - 10)
        while index >= first {
            if bytes[index] == UInt8(ascii: " ") {
                return bytes.starts(with: "HTTP/", at: index + 1, to: end) ? index : nil
            }
            index -= 1
        }
        return nil
    }

    /// The end of a run of token characters (RFC 9110, section 5.6.2), looked for no farther than a method may be long.
    private static func tokenEnd(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        var index = start
        let last = min(end, start + 33)
        while index < last, isTokenByte(bytes[index]) { index += 1 }
        return index
    }

    /// Whether a range is a token that could be a method.
    static func isMethod(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
        (1...32).contains(end - start) && tokenEnd(bytes, from: start, to: end) == end
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
