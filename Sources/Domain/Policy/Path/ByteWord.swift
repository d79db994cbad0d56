/// Eight bytes at once, the first one highest.
struct ByteWord: BitwiseCopyable {
    let value: UInt64

    /// The bytes from an index on; zero after the end, which is no index behind the bytes.
    @inline(__always)
    init(_ bytes: Span<UInt8>, at index: Int, end: Int) {
        let left = end - index
        if left >= 8 {
            value = Self.load(bytes, at: index)
        } else if end >= 8 {
            // The last eight, without those before the index.
            value = Self.load(bytes, at: end - 8) << UInt64(64 - 8 * left)
        } else {
            var value: UInt64 = 0
            for place in index..<end { value |= UInt64(bytes[place]) << UInt64(56 - 8 * (place - index)) }
            self.value = value
        }
    }

    private static func load(_ bytes: Span<UInt8>, at index: Int) -> UInt64 {
        // Checked against the bounds; unsafe would be a type that not all bytes are values of.
        UInt64(bigEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    subscript(index: Int) -> UInt8 { UInt8(truncatingIfNeeded: value >> UInt64(56 - 8 * index)) }

    /// How many of the first are ASCII letters, digits, `-`, `.` or `_`.
    var usualCount: Int {
        // Without their highest bits no sum below carries into the next byte.
        let ascii = value & Self.low
        let folded = ascii | 0x2020_2020_2020_2020
        let letters = Self.atLeast(UInt8(ascii: "a"), folded) & ~Self.atLeast(UInt8(ascii: "z") + 1, folded)
        let digits = Self.atLeast(UInt8(ascii: "0"), ascii) & ~Self.atLeast(UInt8(ascii: "9") + 1, ascii)
        let marks = Self.atLeast(UInt8(ascii: "-"), ascii) & ~Self.atLeast(UInt8(ascii: ".") + 1, ascii)
        let lines = Self.atLeast(UInt8(ascii: "_"), ascii) & ~Self.atLeast(UInt8(ascii: "_") + 1, ascii)
        let usual = (letters | digits | marks | lines) & ~value & Self.high
        return (usual ^ Self.high).leadingZeroBitCount / 8
    }

    /// The highest bit of each byte that is at least `bound`; all bytes are below 128.
    private static func atLeast(_ bound: UInt8, _ bytes: UInt64) -> UInt64 {
        bytes &+ UInt64(128 - bound) &* 0x0101_0101_0101_0101
    }

    private static var low: UInt64 { 0x7f7f_7f7f_7f7f_7f7f }
    private static var high: UInt64 { 0x8080_8080_8080_8080 }
}
