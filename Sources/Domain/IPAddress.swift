/// An IPv4 or IPv6 address as 128 bits; IPv4 lies in `::ffff:0:0/96` (RFC 4291, section 2.5.5.2).
package struct IPAddress: Hashable, Comparable, Sendable, BitwiseCopyable {
    package let bits: UInt128

    package init(bits: UInt128) {
        self.bits = bits
    }

    package init(v4 bits: UInt32) {
        self.bits = 0xffff_0000_0000 | UInt128(bits)
    }

    package var isV4: Bool { bits >> 32 == 0xffff }

    package static func < (left: IPAddress, right: IPAddress) -> Bool { left.bits < right.bits }

    /// Reads the usual text forms, without zone and without brackets (RFC 4291, section 2.2; IPv4 with four decimal
    /// parts without leading zeros).
    package init?(_ text: some StringProtocol) {
        self.init(bytes: Array(text.utf8))
    }

    package init?(bytes: [UInt8]) {
        guard (2...45).contains(bytes.count) else { return nil }
        if bytes.contains(UInt8(ascii: ":")) {
            guard let bits = Self.v6(bytes) else { return nil }
            self.init(bits: bits)
        } else {
            guard let bits = Self.v4(bytes[...]) else { return nil }
            self.init(v4: bits)
        }
    }

    private static func v4(_ bytes: ArraySlice<UInt8>) -> UInt32? {
        var bits: UInt32 = 0
        var parts = 0
        for part in bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0") else { return nil }
            var value: UInt32 = 0
            for byte in part {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                value = value * 10 + UInt32(byte - UInt8(ascii: "0"))
            }
            guard value <= 255 else { return nil }
            bits = bits << 8 | value
            parts += 1
            guard parts <= 4 else { return nil }
        }
        return parts == 4 ? bits : nil
    }

    private static func v6(_ bytes: [UInt8]) -> UInt128? {
        var groups: [UInt16] = []
        var gap: Int?
        var rest = bytes[...]
        if rest.starts(with: Array("::".utf8)) {
            gap = 0
            rest = rest.dropFirst(2)
        } else if rest.first == UInt8(ascii: ":") {
            return nil
        }
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: ":")) ?? rest.endIndex
            let group = rest[rest.startIndex..<end]
            if end == rest.endIndex, group.contains(UInt8(ascii: ".")) {
                guard let low = v4(group) else { return nil }
                groups += [UInt16(low >> 16), UInt16(truncatingIfNeeded: low)]
                rest = []
                break
            }
            guard (1...4).contains(group.count) else { return nil }
            var value: UInt16 = 0
            for byte in group {
                guard let digit = hexDigit(byte) else { return nil }
                value = value << 4 | UInt16(digit)
            }
            groups.append(value)
            guard groups.count <= 8 else { return nil }
            rest = rest[end...]
            guard !rest.isEmpty else { break }
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: ":") {
                guard gap == nil else { return nil }
                gap = groups.count
                rest = rest.dropFirst()
            } else if rest.isEmpty {
                return nil
            }
        }
        if let gap {
            guard groups.count < 8 else { return nil }
            groups.insert(contentsOf: Array(repeating: 0, count: 8 - groups.count), at: gap)
        }
        guard groups.count == 8 else { return nil }
        return groups.reduce(0) { $0 << 16 | UInt128($1) }
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

/// A network in CIDR notation (RFC 4632, 4291); a bare address is a network of one.
package struct Network: Hashable, Sendable, BitwiseCopyable {
    package let base: IPAddress
    /// Leading bits that are fixed, counted in 128; an IPv4 prefix of n stands as 96 + n.
    package let prefixLength: Int

    /// Nil when the text is no network, or when bits beyond the prefix are set.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let base = IPAddress(first) else { return nil }
        var length = 128
        if parts.count == 2 {
            guard
                (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ (48...57).contains($0) }),
                let given = Int(parts[1]), given <= (base.isV4 ? 32 : 128)
            else { return nil }
            length = base.isV4 ? given + 96 : given
        }
        self.base = base
        prefixLength = length
        guard base.bits & ~mask == 0 else { return nil }
    }

    package func contains(_ address: IPAddress) -> Bool {
        address.bits & mask == base.bits
    }

    private var mask: UInt128 { prefixLength == 0 ? 0 : ~0 << UInt128(128 - prefixLength) }
}
