// Whole numbers in as few bytes as they need: seven bits each, the lowest first, the top bit says that more follow.

extension [UInt8] {
    mutating func append(variable number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }
}

/// Reads such numbers from bytes; past the end, or when a number is too long, everything is 0 and `isIntact` false.
struct VariableReader {
    private let bytes: UnsafeRawBufferPointer
    private(set) var offset = 0
    private(set) var isIntact = true

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { offset >= bytes.count }

    @inline(__always)
    mutating func byte() -> UInt8 {
        guard offset < bytes.count else {
            isIntact = false
            return 0
        }
        defer { offset += 1 }
        return bytes[offset]
    }

    @inline(__always)
    mutating func number() -> UInt64 {
        let first = byte()
        if first < 0x80 { return UInt64(first) }
        var result = UInt64(first & 0x7f)
        var shift: UInt64 = 7
        while shift < 64 {
            let next = byte()
            result |= UInt64(next & 0x7f) << shift
            if next < 0x80 { return result }
            shift += 7
        }
        isIntact = false
        return 0
    }

    mutating func skip(_ count: Int) {
        guard count >= 0, count <= bytes.count - offset else {
            isIntact = false
            offset = bytes.count
            return
        }
        offset += count
    }
}
