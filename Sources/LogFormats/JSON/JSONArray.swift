/// A line that is an array of objects, as Kong's http-log plugin sends its batches.
enum JSONArray {
    struct Elements {
        /// Each object that is whole.
        var ranges: [Range<Int>]
        /// Where reading stopped, if not at the array's end.
        var broken: Int?
        var reason: UnreadReason
    }

    /// The objects of an array that fills a range; nil when the range doesn't begin like one.
    static func elements(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Elements? {
        var index = JSONScanner.skipSpace(bytes, start, end)
        guard index < end, bytes[index] == UInt8(ascii: "[") else { return nil }
        index = JSONScanner.skipSpace(bytes, index + 1, end)
        guard index < end, bytes[index] == UInt8(ascii: "{") else { return nil }
        var elements = Elements(ranges: [], broken: nil, reason: .badJSON)
        while true {
            let next = JSONScanner.skipNested(bytes, index, end)
            guard next >= 0 else {
                elements.broken = index
                elements.reason = JSONScanner.reason(next)
                return elements
            }
            elements.ranges.append(index..<next)
            let after = JSONScanner.skipSpace(bytes, next, end)
            guard after < end, bytes[after] == UInt8(ascii: ",") else {
                let isWhole = after + 1 == end && bytes[after] == UInt8(ascii: "]")
                if !isWhole {
                    elements.broken = after
                    elements.reason = after >= end ? .truncated : .badJSON
                }
                // Nothing is left that could count as a line of its own.
                if after >= end { elements.broken = nil }
                return elements
            }
            index = JSONScanner.skipSpace(bytes, after + 1, end)
            guard index < end, bytes[index] == UInt8(ascii: "{") else {
                elements.broken = after
                elements.reason = index >= end ? .truncated : .badJSON
                return elements
            }
        }
    }
}
