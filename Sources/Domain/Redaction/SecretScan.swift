/// Finds the places of secrets in a text, in one pass.
struct SecretScan: ~Copyable {
    /// What the text is, which decides where a value without quotes ends.
    enum Place {
        /// A query or a fragment: a value ends at `&` alone, because anything else may belong to it.
        case query
        /// A path, where `;name=value` ends with its segment.
        case path
        /// A log line or a header.
        case line
    }

    /// Names longer than this are looked at from their end.
    private static let longestName = 128

    private let place: Place
    private(set) var ranges: [Range<Int>] = []
    /// No JWT starts before here: what was tried is not tried again, so that hostile text costs one pass.
    private var triedForJWT = 0
    /// For each alignment of base64 the place up to which no colon was found, for the same reason: text that starts
    /// four, eight or more characters later decodes to the end of the same bytes.
    private var triedForColon = InlineArray<4, Int>(repeating: 0)

    init(place: Place) {
        self.place = place
    }

    mutating func scan(_ text: Span<UInt8>, in range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let found: Range<Int>?
            switch text[index] {
            case UInt8(ascii: "="):
                found = value(in: text, range: range, sign: index)
            case UInt8(ascii: ":"):
                found = userInfo(in: text, range: range, colon: index) ?? value(in: text, range: range, sign: index)
            case UInt8(ascii: "e") where index >= triedForJWT:
                found = webToken(in: text, range: range, start: index)
            case UInt8(ascii: "g"):
                found = issuedSecret(in: text, range: range, start: index)
            case UInt8(ascii: "B"), UInt8(ascii: "b"):
                found = bearerOrBasic(in: text, range: range, start: index)
            default:
                found = nil
            }
            guard let found, !found.isEmpty else {
                index += 1
                continue
            }
            if !Self.isMark(text, in: found) { ranges.append(found) }
            index = max(index + 1, found.upperBound)
        }
    }

    /// Whether a place holds nothing but the mark of an earlier redaction.
    private static func isMark(_ text: Span<UInt8>, in range: Range<Int>) -> Bool {
        guard range.count == Redaction.mark.count else { return false }
        return Redaction.mark.indices.allSatisfy { Redaction.mark[$0] == text[range.lowerBound + $0] }
    }

    // MARK: - name=value, name: value, "name":"value"

    private func value(in text: Span<UInt8>, range: Range<Int>, sign: Int) -> Range<Int>? {
        let isColon = text[sign] == UInt8(ascii: ":")
        var end = sign
        if isColon || place == .line {
            while end > range.lowerBound, text[end - 1].isBlank { end -= 1 }
        }
        var isQuoted = false
        while end > range.lowerBound, text[end - 1].isQuote || (isQuoted && text[end - 1] == UInt8(ascii: "\\")) {
            isQuoted = true
            end -= 1
        }
        var start = end
        let earliest = max(range.lowerBound, end - Self.longestName)
        while start > earliest, !text[start - 1].endsName { start -= 1 }
        guard
            start < end, SecretName.isSecret(text, in: start..<end, beforeColon: isColon && !isQuoted)
        else { return nil }
        return valueRange(in: text, range: range, after: sign, isColon: isColon, isMember: isColon && isQuoted)
    }

    private func valueRange(
        in text: Span<UInt8>, range: Range<Int>, after sign: Int, isColon: Bool, isMember: Bool
    ) -> Range<Int> {
        var start = sign + 1
        if isColon || place == .line {
            while start < range.upperBound, text[start].isBlank { start += 1 }
        }
        if isMember || place == .line {
            var quote = start
            while quote < range.upperBound, text[quote] == UInt8(ascii: "\\") { quote += 1 }
            if quote < range.upperBound, text[quote].isQuote {
                return quote + 1..<closingQuote(in: text, range: range, after: quote, escapes: quote - start)
            }
        }
        if isMember {
            return start..<memberEnd(in: text, range: range, from: start)
        }
        var end = start
        while end < range.upperBound {
            let byte = text[end]
            switch place {
            case .query where byte == UInt8(ascii: "&"): return start..<end
            case .path where byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?"): return start..<end
            case .line:
                if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { return start..<end }
                if byte.isQuote, end > start, text[end - 1] != UInt8(ascii: "\\") { return start..<end }
                if !isColon, byte.isBlank || byte == UInt8(ascii: "&") { return start..<end }
            case .query, .path: break
            }
            end += 1
        }
        return start..<end
    }

    /// Where the next quote of the same kind stands that is escaped no more than the opening one was.
    private func closingQuote(in text: Span<UInt8>, range: Range<Int>, after opening: Int, escapes: Int) -> Int {
        var index = opening + 1
        var backslashes = 0
        while index < range.upperBound {
            if text[index] == text[opening] {
                if escapes == 0, backslashes.isMultiple(of: 2) { return index }
                if escapes > 0, backslashes <= escapes { return index - backslashes }
            }
            backslashes = text[index] == UInt8(ascii: "\\") ? backslashes + 1 : 0
            index += 1
        }
        return index
    }

    /// Where a JSON value ends that is no string: after its closing bracket, or at the next comma or bracket.
    private func memberEnd(in text: Span<UInt8>, range: Range<Int>, from start: Int) -> Int {
        var index = start
        var depth = 0
        while index < range.upperBound {
            switch text[index] {
            case UInt8(ascii: "\""):
                index = min(closingQuote(in: text, range: range, after: index, escapes: 0), range.upperBound - 1)
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if depth == 0 { return index }
                depth -= 1
            case UInt8(ascii: ",") where depth == 0:
                return index
            case UInt8(ascii: "&") where place == .query && depth == 0:
                return index
            default:
                break
            }
            index += 1
        }
        return index
    }

    // MARK: - Values that show by themselves what they are

    /// What stands between `://` and `@`.
    private func userInfo(in text: Span<UInt8>, range: Range<Int>, colon: Int) -> Range<Int>? {
        let start = colon + 3
        guard
            start < range.upperBound, text[colon + 1] == UInt8(ascii: "/"), text[colon + 2] == UInt8(ascii: "/")
        else { return nil }
        var end: Int?
        var index = start
        while index < range.upperBound {
            switch text[index] {
            case UInt8(ascii: "@"): end = index
            case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): return end.map { start..<$0 }
            case let byte where byte.isBlank || byte.isQuote: return end.map { start..<$0 }
            default: break
            }
            index += 1
        }
        return end.map { start..<$0 }
    }

    /// A JSON Web Token (RFC 7519): its header begins with `{"`, which is `eyJ` in base64url, and a dot follows.
    private mutating func webToken(in text: Span<UInt8>, range: Range<Int>, start: Int) -> Range<Int>? {
        guard
            start + 3 <= range.upperBound, text[start + 1] == UInt8(ascii: "y"), text[start + 2] == UInt8(ascii: "J")
        else { return nil }
        var end = start
        var dots = 0
        while end < range.upperBound, text[end].isInWebToken {
            if text[end] == UInt8(ascii: ".") { dots += 1 }
            end += 1
        }
        guard dots > 0 else {
            triedForJWT = end
            return nil
        }
        return start..<end
    }

    /// The random part of a secret that Gatehouse issued (`SecretText`). What it is called by stays, so that whoever
    /// reads of a leak knows what to revoke; a part that was cut off is a secret too.
    private func issuedSecret(in text: Span<UInt8>, range: Range<Int>, start: Int) -> Range<Int>? {
        guard
            start + 3 < range.upperBound, text[start + 1] == UInt8(ascii: "h"), text[start + 2] == UInt8(ascii: "_")
        else { return nil }
        var index = start + 3
        while index < range.upperBound, index < start + 11, text[index].isLowercaseLetter { index += 1 }
        let prefixEnd = index + 1 + SecretText.prefixLength
        guard prefixEnd < range.upperBound, text[index] == UInt8(ascii: "_"), text[prefixEnd] == UInt8(ascii: "_")
        else { return nil }
        for offset in index + 1..<prefixEnd where !SecretText.isLetter(text[offset]) { return nil }
        var end = prefixEnd + 1
        while end < range.upperBound, SecretText.isLetter(text[end]) { end += 1 }
        return end - prefixEnd > 8 ? prefixEnd + 1..<end : nil
    }

    /// The credentials after `Bearer` (RFC 6750) or `Basic` (RFC 7617).
    private mutating func bearerOrBasic(in text: Span<UInt8>, range: Range<Int>, start: Int) -> Range<Int>? {
        func spells(_ word: StaticString) -> Bool {
            let count = word.utf8CodeUnitCount
            guard start + count < range.upperBound else { return false }
            for offset in 0..<count where text[start + offset] | 0x20 != word.utf8Start[offset] { return false }
            return true
        }
        let isBasic: Bool
        var index: Int
        if spells("bearer") {
            (isBasic, index) = (false, start + 6)
        } else if spells("basic") {
            (isBasic, index) = (true, start + 5)
        } else {
            return nil
        }
        let afterWord = index
        while index < range.upperBound {
            if text[index].isBlank || text[index] == UInt8(ascii: "+") {
                index += 1
            } else if index + 2 < range.upperBound, text[index] == UInt8(ascii: "%"),
                text[index + 1] == UInt8(ascii: "2"), text[index + 2] == UInt8(ascii: "0")
            {
                index += 3
            } else {
                break
            }
        }
        guard index > afterWord else { return nil }
        guard !isBasic || holdsColon(base64: text, in: index..<range.upperBound) else { return nil }
        var end = index
        while end < range.upperBound, text[end].isInCredentials { end += 1 }
        return index..<end
    }

    /// Whether the base64 text at the start of a range decodes to something with a colon; it tells
    /// `Basic dXNlcjpwYXNz` from "basic income".
    private mutating func holdsColon(base64 text: Span<UInt8>, in range: Range<Int>) -> Bool {
        let alignment = range.lowerBound % 4
        guard range.lowerBound >= triedForColon[alignment] else { return false }
        var bits: UInt32 = 0
        var bitCount: UInt32 = 0
        for index in range {
            let digit: UInt8
            switch text[index] {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = text[index] - 65
            case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = text[index] - 71
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = text[index] + 4
            case UInt8(ascii: "+"), UInt8(ascii: "-"): digit = 62
            case UInt8(ascii: "/"), UInt8(ascii: "_"): digit = 63
            // An encoded character: this can't be told, so it counts.
            case UInt8(ascii: "%"): return true
            default:
                triedForColon[alignment] = index
                return false
            }
            bits = bits << 6 | UInt32(digit)
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                if bits >> bitCount & 0xff == 0x3a { return true }
            }
        }
        triedForColon[alignment] = range.upperBound
        return false
    }
}

extension UInt8 {
    fileprivate var isLowercaseLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }

    fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0a || self == 0x0d }

    fileprivate var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") }

    fileprivate var isAlphanumeric: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: false
        }
    }

    /// Whether a name can't hold the byte, so that it starts after it.
    fileprivate var endsName: Bool {
        if isAlphanumeric || self >= 0x80 { return false }
        switch self {
        case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "%"), UInt8(ascii: "+"),
            UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "$"), UInt8(ascii: "~"), UInt8(ascii: "*"):
            return false
        default:
            return true
        }
    }

    fileprivate var isInWebToken: Bool {
        isAlphanumeric || self == UInt8(ascii: "-") || self == UInt8(ascii: "_") || self == UInt8(ascii: ".")
    }

    fileprivate var isInCredentials: Bool {
        isInWebToken || self == UInt8(ascii: "~") || self == UInt8(ascii: "+") || self == UInt8(ascii: "/")
            || self == UInt8(ascii: "=") || self == UInt8(ascii: "%")
    }
}
