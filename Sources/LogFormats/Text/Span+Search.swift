// Searches in a line. Eight bytes are looked at together, because a search for the end of a field is most of what
// reading a line costs; every access stays checked, because lines come from strangers.

private let ones: UInt64 = 0x0101_0101_0101_0101
private let highs: UInt64 = 0x8080_8080_8080_8080

/// High bits at the bytes of a word that are zero; the lowest one that is set is exact (Bit Twiddling Hacks,
/// "Determine if a word has a zero byte").
@inline(__always)
private func zeroBytes(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

@inline(__always)
private func spread(_ byte: UInt8) -> UInt64 { ones &* UInt64(byte) }

extension Span<UInt8> {
    @inline(__always)
    func word(at index: Int) -> UInt64 {
        UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// The first place of a byte in a range, or the range's end.
    @inline(__always)
    func place(of byte: UInt8, from start: Int, to end: Int) -> Int {
        var index = start
        let pattern = spread(byte)
        while index &+ 8 <= end {
            let found = zeroBytes(word(at: index) ^ pattern)
            if found != 0 { return index &+ found.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < end {
            if self[index] == byte { return index }
            index &+= 1
        }
        return end
    }

    /// The first place of either byte in a range, or the range's end.
    @inline(__always)
    func place(of first: UInt8, or second: UInt8, from start: Int, to end: Int) -> Int {
        var index = start
        let firstPattern = spread(first)
        let secondPattern = spread(second)
        while index &+ 8 <= end {
            let loaded = word(at: index)
            let found = zeroBytes(loaded ^ firstPattern) | zeroBytes(loaded ^ secondPattern)
            if found != 0 { return index &+ found.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < end {
            let byte = self[index]
            if byte == first || byte == second { return index }
            index &+= 1
        }
        return end
    }

    /// The last place of a byte in a range; nil when it isn't there.
    func lastPlace(of byte: UInt8, from start: Int, to end: Int) -> Int? {
        var index = end
        while index > start {
            index -= 1
            if self[index] == byte { return index }
        }
        return nil
    }

    /// Whether a range begins with an ASCII text.
    @inline(__always)
    func starts(with text: StaticString, at start: Int, to end: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard end - start >= length else { return false }
        let wanted = text.utf8Start
        for index in 0..<length where self[start + index] != wanted[index] { return false }
        return true
    }

    /// Whether a range is an ASCII text.
    @inline(__always)
    func equals(_ text: StaticString, from start: Int, to end: Int) -> Bool {
        end - start == text.utf8CodeUnitCount && starts(with: text, at: start, to: end)
    }

    /// Whether a range holds nothing, or a lone hyphen, by which logs say that they don't know.
    @inline(__always)
    func isUnknown(from start: Int, to end: Int) -> Bool {
        start >= end || (end - start == 1 && self[start] == UInt8(ascii: "-"))
    }

    func array(from start: Int, to end: Int) -> [UInt8] {
        extracting(start..<end).withUnsafeBufferPointer { Array($0) }
    }
}
