/// What a segment, or a name, is found by: its bytes themselves up to sixteen, else a hash of them.
///
/// Bytes are shifted into words, so that there is one multiplication for eight of them and not eight in a row.
struct SegmentKey: Equatable, Sendable, BitwiseCopyable {
    private var head: UInt64 = 0
    private var word: UInt64 = 0
    private(set) var count: UInt32 = 0

    /// One more byte, decoded; never zero, which no canonical path and no name has.
    mutating func add(_ byte: UInt8) {
        if count & 7 == 0 { beginWord() }
        word = word << 8 | UInt64(byte)
        count &+= 1
    }

    /// Several more bytes, decoded: the first `more` of a word, of which there are at most eight.
    mutating func add(_ bytes: ByteWord, _ more: Int) {
        guard more > 0 else { return }
        guard count & 7 == 0 else {
            for index in 0..<more { add(bytes[index]) }
            return
        }
        beginWord()
        word = bytes.value >> UInt64(64 - 8 * more)
        count &+= UInt32(truncatingIfNeeded: more)
    }

    private mutating func beginWord() {
        guard count > 0 else { return }
        head = count == 8 ? word : Self.mix(head, word)
        word = 0
    }

    /// Whether equal keys are equal segments, so that there is nothing more to compare.
    var isExact: Bool { count <= 16 }

    var hash: UInt64 { Self.mix(head, word) }

    private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = (left ^ 0xa076_1d64_78bd_642f).multipliedFullWidth(by: right ^ 0xe703_7ed1_a0b4_28db)
        return product.high ^ product.low
    }
}

extension SegmentKey {
    init(_ text: String) {
        let utf8 = text.utf8.span
        var index = 0
        while index < utf8.count {
            add(ByteWord(utf8, at: index, end: utf8.count), min(8, utf8.count - index))
            index += 8
        }
    }
}
