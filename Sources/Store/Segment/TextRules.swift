// The one gate through which every text enters the store.

import Domain

/// What is done to a text before it is stored: secrets out, valid UTF-8, bounded length.
enum TextRules {
    /// The stored form of a text; nil when that is the text itself.
    static func cleaned(_ bytes: UnsafeRawBufferPointer, for field: TextField) -> [UInt8]? {
        let redacted = redacted(bytes, field)
        let longest = longest(field)
        if redacted == nil, bytes.count <= longest, isPlain(bytes) { return nil }
        return bounded(repaired(redacted ?? Array(bytes)), to: longest)
    }

    private static func redacted(_ bytes: UnsafeRawBufferPointer, _ field: TextField) -> [UInt8]? {
        switch field {
        case .query: return Redaction.query(Array(bytes)[...])
        case .path: return redacted(path: Array(bytes))
        case .referrer: return Redaction.url(Array(bytes)[...])
        case .host: return withoutUser(Array(bytes), then: Redaction.line)
        case .token where isPseudonym(bytes): return nil
        case .client, .subject, .token, .address, .method, .route, .reason, .agent, .requestID:
            guard bytes.contains(where: isInSecrets) else { return nil }
            return Redaction.line(Array(bytes)[...])
        case .node, .source: return nil
        }
    }

    /// What a request line that is out of order left as its path may hold a query or the rest of the line, where a
    /// slash belongs to the value.
    private static func redacted(path: [UInt8]) -> [UInt8]? {
        func rest(_ path: ArraySlice<UInt8>) -> [UInt8]? {
            let isPlain = !path.contains { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "=") || $0 == 0x20 }
            return isPlain ? Redaction.path(path) : Redaction.query(path)
        }
        // The target of CONNECT is a host; in a URL the rules of `Redaction` know where the user part ends.
        let isRooted = path.first == UInt8(ascii: "/") && path.dropFirst().first != UInt8(ascii: "/")
        return isRooted || holdsScheme(path) ? rest(path[...]) : withoutUser(path, then: rest)
    }

    private static func holdsScheme(_ bytes: [UInt8]) -> Bool {
        bytes.indices.dropLast(2).contains { bytes[$0...].starts(with: "://".utf8) }
    }

    /// Takes out what stands before the last `@`, and then what a rule finds.
    private static func withoutUser(_ bytes: [UInt8], then rule: (ArraySlice<UInt8>) -> [UInt8]?) -> [UInt8]? {
        guard let sign = bytes.lastIndex(of: UInt8(ascii: "@")) else { return rule(bytes[...]) }
        let host = Redaction.mark + bytes[sign...]
        return rule(host[...]) ?? host
    }

    /// Whether a token's text is what `SecretDigest` made of it.
    private static func isPseudonym(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count == 18 && bytes.starts(with: "token:".utf8) && bytes.dropFirst(6).allSatisfy { Hex.value($0) != nil }
    }

    /// Whether a byte is one of those without which no text holds a secret; most identifiers have none.
    private static func isInSecrets(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "%"), UInt8(ascii: "\\"), UInt8(ascii: "+"),
            UInt8(ascii: "."), 0x09...0x20:
            true
        default: false
        }
    }

    /// The longest stored text, in bytes.
    static func longest(_ field: TextField) -> Int {
        switch field {
        case .path, .query, .referrer, .agent: 2048
        case .node, .source, .client, .subject, .token, .address, .method, .host, .route, .reason, .requestID: 256
        }
    }

    private static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.allSatisfy { (1...0x7f).contains($0) }
    }

    /// Valid UTF-8 without NUL: other bytes are shown as `\xHH`, so that two different texts stay two.
    static func repaired(_ bytes: [UInt8]) -> [UInt8] {
        if String(validating: bytes, as: UTF8.self) != nil, !bytes.contains(0) { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 16)
        var rest = bytes[...]
        while let first = rest.first {
            let length = sequenceLength(first)
            let sequence = rest.prefix(length)
            if first != 0, length > 0, sequence.count == length,
                String(validating: sequence, as: UTF8.self) != nil
            {
                result += sequence
                rest = rest.dropFirst(length)
            } else {
                result += Array("\\x".utf8) + [hexDigits[Int(first >> 4)], hexDigits[Int(first & 15)]]
                rest = rest.dropFirst()
            }
        }
        return result
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)

    private static func sequenceLength(_ first: UInt8) -> Int {
        switch first {
        case 0..<0x80: 1
        case 0xc2..<0xe0: 2
        case 0xe0..<0xf0: 3
        case 0xf0..<0xf5: 4
        default: 0
        }
    }

    /// Cuts a text between two characters and marks the cut with an ellipsis.
    static func bounded(_ bytes: [UInt8], to longest: Int) -> [UInt8] {
        guard bytes.count > longest else { return bytes }
        let mark = Array("…".utf8)
        var end = longest - mark.count
        while end > 0, bytes[end] & 0xc0 == 0x80 { end -= 1 }
        return bytes[..<end] + mark
    }
}
