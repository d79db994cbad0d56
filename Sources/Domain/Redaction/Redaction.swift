/// Takes secrets out of what gateways log, before anything is stored.
///
/// Secrets are the values of the parameters, headers and JSON members of `SecretName`, JSON Web Tokens and
/// `Bearer` and `Basic` credentials wherever they stand, and the user part of URLs. Percent-encoding is seen through,
/// also repeated; in doubt too much is taken out. Each function returns nil when there was nothing to take out.
package enum Redaction {
    package static let mark = Array("[redacted]".utf8)

    /// Text that is encoded more often than this is taken out as a whole.
    private static let deepestEncoding = 4

    /// A query string, without its `?`.
    package static func query(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        redacted(bytes, pathLength: 0, rest: .query)
    }

    /// A URL or a request target: user part, `;name=value` in the path, query, and fragment.
    package static func url(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        let queryStart = bytes.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? bytes.endIndex
        return redacted(bytes, pathLength: queryStart - bytes.startIndex, rest: .query)
    }

    /// A path without a query.
    package static func path(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        redacted(bytes, pathLength: bytes.count, rest: .query)
    }

    /// A log line, a header, or any other text, also JSON within it.
    package static func line(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        redacted(bytes, pathLength: 0, rest: .line)
    }

    private static func redacted(_ bytes: ArraySlice<UInt8>, pathLength: Int, rest: SecretScan.Place) -> [UInt8]? {
        let ranges = secretRanges(in: bytes, pathLength: pathLength, rest: rest)
        guard !ranges.isEmpty else { return nil }
        return replacing(ranges, in: bytes)
    }

    private static func secretRanges(
        in bytes: ArraySlice<UInt8>, pathLength: Int, rest: SecretScan.Place
    ) -> [Range<Int>] {
        let text = bytes.span
        var ranges = ranges(in: text, pathLength: pathLength, rest: rest)
        guard mayHideSecrets(text), var decoded = Unescaped(text) else { return ranges }
        for _ in 1...deepestEncoding {
            // A path that was decoded may hold a query, whose rules are the stricter ones.
            let found = Self.ranges(in: decoded.bytes.span, pathLength: 0, rest: rest)
            ranges += found.map { decoded.origins[$0.lowerBound]..<decoded.origins[$0.upperBound] }
            guard let next = Unescaped(decoded.bytes.span, origins: decoded.origins) else { return ranges }
            decoded = next
        }
        return [0..<text.count]
    }

    private static func ranges(in text: Span<UInt8>, pathLength: Int, rest: SecretScan.Place) -> [Range<Int>] {
        var path = SecretScan(place: .path)
        if pathLength > 0 { path.scan(text, in: 0..<pathLength) }
        var others = SecretScan(place: rest)
        others.scan(text, in: pathLength..<text.count)
        return path.ranges + others.ranges
    }

    /// Whether an escape stands for something that a name, a sign or a token is made of; spaces, slashes, commas and
    /// letters beyond ASCII, which are the common ones, hide nothing.
    private static func mayHideSecrets(_ text: Span<UInt8>) -> Bool {
        for index in text.indices {
            switch text[index] {
            case UInt8(ascii: "\\"):
                return true
            case UInt8(ascii: "%"):
                guard
                    index + 2 < text.count, let high = Hex.value(text[index + 1]), let low = Hex.value(text[index + 2])
                else { continue }
                let byte = high << 4 | low
                guard byte <= 0x20 || byte >= 0x80 || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ",") else {
                    return true
                }
            default:
                break
            }
        }
        return false
    }

    private static func replacing(_ ranges: [Range<Int>], in bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + mark.count)
        var position = bytes.startIndex
        for range in merged(ranges) {
            result += bytes[position..<(bytes.startIndex + range.lowerBound)]
            result += mark
            position = bytes.startIndex + range.upperBound
        }
        result += bytes[position...]
        return result
    }

    private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var merged: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }
}
