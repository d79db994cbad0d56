/// One pass over a JSON line, without a tree: wanted values are noted in a `JSONLine`, everything else is stepped over.
///
/// It is lenient where real gateways write what isn't JSON (Apache's `\xhh`, bytes that aren't UTF-8), and strict about
/// braces, commas and ends, so that half a line isn't taken for a whole one.
enum JSONScanner {
    static let deepest = 64

    // Results below zero are errors.
    private static let truncated = -1
    private static let malformed = -2
    private static let tooDeep = -3

    static func reason(_ result: Int) -> UnreadReason {
        switch result {
        case truncated: .truncated
        case tooDeep: .tooDeep
        default: .badJSON
        }
    }

    /// Notes the wanted values of the object that fills a range; nil when that went well.
    static func scan(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, table: JSONTable, into line: inout JSONLine
    ) -> UnreadReason? {
        line.clear()
        let first = skipSpace(bytes, start, end)
        guard first < end, bytes[first] == UInt8(ascii: "{") else { return .noFormat }
        let next = object(bytes, first, end, level: 0, table: table, into: &line)
        guard next >= 0 else { return reason(next) }
        return skipSpace(bytes, next, end) == end ? nil : .badJSON
    }

    /// Reads an object whose brace is at an index; recursion goes as deep as the table's paths, and no deeper.
    private static func object(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int, level: Int16, table: JSONTable, into line: inout JSONLine
    ) -> Int {
        var index = skipSpace(bytes, start + 1, end)
        if index < end, bytes[index] == UInt8(ascii: "}") { return index + 1 }
        while true {
            guard index < end else { return truncated }
            guard bytes[index] == UInt8(ascii: "\"") else { return malformed }
            let key = index + 1
            var hasEscapes = false
            let keyEnd = stringEnd(bytes, key, end, &hasEscapes)
            guard keyEnd < end else { return truncated }
            index = skipSpace(bytes, keyEnd + 1, end)
            guard index < end else { return truncated }
            guard bytes[index] == UInt8(ascii: ":") else { return malformed }
            index = skipSpace(bytes, index + 1, end)
            guard index < end else { return truncated }
            if let match = table.match(level: level, bytes, from: key, to: keyEnd) {
                index = value(bytes, index, end, match, table: table, into: &line)
            } else {
                index = skipValue(bytes, index, end)
            }
            guard index >= 0 else { return index }
            index = skipSpace(bytes, index, end)
            guard index < end else { return truncated }
            if bytes[index] == UInt8(ascii: "}") { return index + 1 }
            guard bytes[index] == UInt8(ascii: ",") else { return malformed }
            index = skipSpace(bytes, index + 1, end)
        }
    }

    /// Reads a value that is wanted, or that holds some that are.
    private static func value(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ match: JSONTable.Match, table: JSONTable,
        into line: inout JSONLine
    ) -> Int {
        switch bytes[start] {
        case UInt8(ascii: "{"):
            guard match.level >= 0 else { return skipNested(bytes, start, end) }
            return object(bytes, start, end, level: match.level, table: table, into: &line)
        case UInt8(ascii: "["):
            let first = skipSpace(bytes, start + 1, end)
            guard first < end else { return truncated }
            if match.entry >= 0 {
                if bytes[first] == UInt8(ascii: "\"") {
                    let next = note(string: first, bytes, end, match, table: table, into: &line)
                    guard next >= 0 else { return next }
                } else {
                    let kind: JSONLine.Kind = bytes[first] == UInt8(ascii: "]") ? .emptyArray : .array
                    line.note(.init(start: start, end: start, kind: kind), entry: match.entry, table)
                }
            }
            return skipNested(bytes, start, end)
        case UInt8(ascii: "\""):
            guard match.entry >= 0 else { return skipValue(bytes, start, end) }
            return note(string: start, bytes, end, match, table: table, into: &line)
        default:
            let next = literalEnd(bytes, start, end)
            guard next > start else { return malformed }
            if match.entry >= 0, !bytes.equals("null", from: start, to: next) {
                line.note(.init(start: start, end: next, kind: .literal), entry: match.entry, table)
            }
            return next
        }
    }

    @inline(__always)
    private static func note(
        string start: Int, _ bytes: Span<UInt8>, _ end: Int, _ match: JSONTable.Match, table: JSONTable,
        into line: inout JSONLine
    ) -> Int {
        var hasEscapes = false
        let stop = stringEnd(bytes, start + 1, end, &hasEscapes)
        guard stop < end else { return truncated }
        if match.entry >= 0 {
            let kind: JSONLine.Kind =
                bytes.isUnknown(from: start + 1, to: stop) ? .unknown : hasEscapes ? .escaped : .text
            line.note(.init(start: start + 1, end: stop, kind: kind), entry: match.entry, table)
        }
        return stop + 1
    }

    // MARK: Stepping over

    @inline(__always)
    static func skipSpace(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        var index = start
        while index < end, bytes[index] <= UInt8(ascii: " ") { index += 1 }
        return index
    }

    /// The quote that ends a string whose text begins at an index, or the range's end.
    @inline(__always)
    private static func stringEnd(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ hasEscapes: inout Bool) -> Int {
        var index = start
        while true {
            index = bytes.place(of: UInt8(ascii: "\""), or: UInt8(ascii: "\\"), from: index, to: end)
            guard index < end, bytes[index] == UInt8(ascii: "\\") else { return index }
            hasEscapes = true
            index = min(index + 2, end)
        }
    }

    private static func skipValue(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        switch bytes[start] {
        case UInt8(ascii: "\""):
            var hasEscapes = false
            let stop = stringEnd(bytes, start + 1, end, &hasEscapes)
            return stop < end ? stop + 1 : truncated
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            return skipNested(bytes, start, end)
        default:
            let next = literalEnd(bytes, start, end)
            return next > start ? next : malformed
        }
    }

    /// The end of a number, `true`, `false` or `null`.
    @inline(__always)
    private static func literalEnd(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        var index = start
        while index < end {
            switch bytes[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"),
                UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "E"):
                index += 1
            default:
                return index
            }
        }
        return index
    }

    /// The place after the object or array that begins at an index.
    static func skipNested(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        var index = start
        var depth = 0
        while index < end {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                var hasEscapes = false
                index = stringEnd(bytes, index + 1, end, &hasEscapes)
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                guard depth <= deepest else { return tooDeep }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return index + 1 }
            default:
                break
            }
            index += 1
        }
        return truncated
    }
}
