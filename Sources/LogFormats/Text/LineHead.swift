/// What a log shipper puts before a gateway's line; its time and host are not the request's, so it is skipped.
///
/// Syslog (RFC 3164, RFC 5424, and either with an RFC 3339 time), Kubernetes' container logs
/// (`2026-11-21T19:16:48.1Z stdout F `) and Docker Compose (`caddy-1  | `).
enum LineHead {
    /// The longest head that is looked for.
    private static let longest = 300

    /// Where the gateway's own text begins; nil when nothing like a head is there.
    static func end(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
        let limit = min(end, start + longest)
        let first = bytes[start]
        if first == UInt8(ascii: "<") {
            let close = bytes.place(of: UInt8(ascii: ">"), from: start, to: min(limit, start + 5))
            guard close < limit, bytes.wholeNumber(from: start + 1, to: close) != nil, close + 1 < limit else {
                return nil
            }
            if bytes.starts(with: "1 ", at: close + 1, to: limit) { return structured(bytes, close + 3, limit) }
            return bare(bytes, close + 1, limit)
        }
        return bare(bytes, start, limit)
    }

    /// A head without a priority.
    private static func bare(_ bytes: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        if let afterTime = rfc3164Time(bytes, start, limit) ?? rfc3339Time(bytes, start, limit) {
            if let content = container(bytes, afterTime, limit) { return content }
            return tag(bytes, afterTime, limit)
        }
        return compose(bytes, start, limit)
    }

    /// `Nov 21 19:16:48 `
    private static func rfc3164Time(_ bytes: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        guard
            start + 16 < limit, bytes[start] &- UInt8(ascii: "A") <= 25, bytes[start + 3] == UInt8(ascii: " "),
            bytes[start + 6] == UInt8(ascii: " "), bytes[start + 9] == UInt8(ascii: ":"),
            bytes[start + 12] == UInt8(ascii: ":"), bytes[start + 15] == UInt8(ascii: " ")
        else { return nil }
        return start + 16
    }

    private static func rfc3339Time(_ bytes: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        guard
            start + 20 < limit, bytes[start + 4] == UInt8(ascii: "-"), bytes[start + 7] == UInt8(ascii: "-"),
            bytes[start + 10] == UInt8(ascii: "T")
        else { return nil }
        return afterSpace(bytes, start, min(limit, start + 40))
    }

    /// `host tag[pid]: `; the tag ends with a colon, in the first two words or three.
    private static func tag(_ bytes: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        var index = start
        for _ in 0..<3 {
            guard let next = afterSpace(bytes, index, limit) else { return nil }
            if bytes[next - 2] == UInt8(ascii: ":") { return next }
            index = next
        }
        return nil
    }

    /// `stdout F `
    private static func container(_ bytes: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        guard bytes.starts(with: "stdout ", at: start, to: limit) || bytes.starts(with: "stderr ", at: start, to: limit)
        else { return nil }
        return afterSpace(bytes, start + 7, limit)
    }

    /// `time host app pid id data ` of RFC 5424; the data is a hyphen or stands in brackets.
    private static func structured(_ bytes: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        var index = start
        for _ in 0..<5 {
            guard let next = afterSpace(bytes, index, limit) else { return nil }
            index = next
        }
        if index < limit, bytes[index] == UInt8(ascii: "[") {
            index = bytes.place(of: UInt8(ascii: "]"), from: index, to: limit)
        }
        guard let content = afterSpace(bytes, index, limit) else { return nil }
        return bytes.starts(with: "\u{FEFF}", at: content, to: limit) ? content + 3 : content
    }

    /// `name  | `
    private static func compose(_ bytes: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        let bar = bytes.place(of: UInt8(ascii: "|"), from: start, to: min(limit, start + 80))
        guard bar > start, bar + 1 < limit, bytes[bar - 1] == UInt8(ascii: " "), bytes[bar + 1] == UInt8(ascii: " ")
        else { return nil }
        return bar + 2
    }

    /// The place after the next space; nil when nothing follows one.
    private static func afterSpace(_ bytes: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        let space = bytes.place(of: UInt8(ascii: " "), from: start, to: limit)
        return space + 1 < limit ? space + 1 : nil
    }
}
