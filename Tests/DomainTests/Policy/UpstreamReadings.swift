// How servers of many sorts could read a request target. Each does less or more than it should.

enum UpstreamReadings {
    /// All paths that some server takes a target for: cut at a query or fragment or not, decoded not at all, once, twice
    /// or three times, with `\` as `/`, with `;…` cut off, with slashes merged, with dots resolved, with ends trimmed.
    static func all(of target: [UInt8], foldingCase: Bool) -> Set<[UInt8]> {
        var readings: Set<[UInt8]> = [target, cut(target, at: "?"), cut(cut(target, at: "#"), at: "?")]
        for _ in 0..<3 { readings.formUnion(readings.map(decoded)) }
        readings.formUnion(readings.flatMap { [cut($0, at: "?"), cut($0, at: "#"), cut($0, at: "\0")] })
        let steps: [([UInt8]) -> [UInt8]] = [
            { $0.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 } }, withoutParameters, merged, resolved,
            trimmed,
        ]
        for step in steps { readings.formUnion(readings.map(step)) }
        readings.formUnion(readings.map(resolved))
        readings.formUnion(readings.map(merged))
        if foldingCase {
            readings.formUnion(readings.map { Array(String(decoding: $0, as: UTF8.self).lowercased().utf8) })
        }
        return readings
    }

    static func decoded(_ bytes: [UInt8]) -> [UInt8] {
        var decoded: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
                decoded.append(value)
                rest = rest.dropFirst(2)
            } else {
                decoded.append(byte)
            }
        }
        return decoded
    }

    private static func cut(_ bytes: [UInt8], at mark: Character) -> [UInt8] {
        Array(bytes.prefix { $0 != mark.asciiValue })
    }

    private static func segments(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map(Array.init)
    }

    private static func joined(_ segments: [[UInt8]]) -> [UInt8] {
        Array(segments.joined(separator: [UInt8(ascii: "/")]))
    }

    private static func withoutParameters(_ bytes: [UInt8]) -> [UInt8] {
        joined(segments(bytes).map { Array($0.prefix { $0 != UInt8(ascii: ";") }) })
    }

    private static func merged(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8(ascii: "/")] + joined(segments(bytes).filter { !$0.isEmpty })
    }

    /// RFC 3986, section 5.2.4.
    private static func resolved(_ bytes: [UInt8]) -> [UInt8] {
        var kept: [[UInt8]] = []
        for segment in segments(bytes).dropFirst() {
            if segment == Array(".".utf8) { continue }
            if segment == Array("..".utf8) { _ = kept.popLast() } else { kept.append(segment) }
        }
        return [UInt8(ascii: "/")] + joined(kept)
    }

    /// Segments without blanks, controls and dots at their ends, as some file systems have it.
    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        joined(
            segments(bytes).map { segment in
                func isEdge(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == UInt8(ascii: ".") || byte == 0x7f }
                var kept = segment[...]
                while let last = kept.last, isEdge(last) { kept.removeLast() }
                while let first = kept.first, first <= 0x20 { kept.removeFirst() }
                return Array(kept)
            })
    }
}
