extension IPAddress: CustomStringConvertible {
    /// The usual text form: dotted decimal for IPv4, RFC 5952 for IPv6.
    package var description: String {
        if isV4 {
            return (0..<4).map { String(UInt8(truncatingIfNeeded: bits >> (24 - 8 * UInt128($0)))) }
                .joined(separator: ".")
        }
        let groups = (0..<8).map { UInt16(truncatingIfNeeded: bits >> (112 - 16 * UInt128($0))) }
        guard let gap = Self.longestZeros(in: groups) else { return Self.text(groups[...]) }
        return Self.text(groups[..<gap.lowerBound]) + "::" + Self.text(groups[gap.upperBound...])
    }

    private static func text(_ groups: ArraySlice<UInt16>) -> String {
        groups.map { String($0, radix: 16) }.joined(separator: ":")
    }

    /// The first of the longest runs of two zeros or more.
    private static func longestZeros(in groups: [UInt16]) -> Range<Int>? {
        var longest: Range<Int>?
        var start = 0
        for index in 0...groups.count where index == groups.count || groups[index] != 0 {
            if index - start >= 2, index - start > (longest?.count ?? 0) { longest = start..<index }
            start = index + 1
        }
        return longest
    }
}

extension Network: CustomStringConvertible {
    /// CIDR notation; an address alone for a network of one.
    package var description: String {
        if prefixLength == 128 { return base.description }
        return "\(base)/\(base.isV4 && prefixLength >= 96 ? prefixLength - 96 : prefixLength)"
    }
}
