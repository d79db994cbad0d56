/// Up to eight small numbers, sixteen bits each, in two words.
struct FewNumbers: Sendable, BitwiseCopyable {
    static let most = 8
    /// Numbers from here on are left out.
    static let bound: UInt32 = 0xffff

    /// Places that are free have all bits.
    private(set) var words = (UInt64.max, UInt64.max)

    init() {}

    init(words: (UInt64, UInt64)) {
        self.words = words
    }

    /// Nil for more numbers than a few, or larger ones.
    init?(_ numbers: [UInt32]) {
        guard numbers.count <= Self.most else { return nil }
        for number in numbers {
            guard number < Self.bound else { return nil }
            insert(number)
        }
    }

    /// Adds a number below the bound; of more than `most` the last ones stay.
    mutating func insert(_ number: UInt32) {
        guard number < Self.bound else { return }
        words = (words.0 << 16 | words.1 >> 48, words.1 << 16 | UInt64(number))
    }

    /// For numbers below the bound.
    func contains(_ number: UInt32) -> Bool {
        let wanted = UInt64(number) &* 0x0001_0001_0001_0001
        return Self.hasZero(words.0 ^ wanted) || Self.hasZero(words.1 ^ wanted)
    }

    /// Whether one of four numbers of sixteen bits is zero.
    private static func hasZero(_ lanes: UInt64) -> Bool {
        (lanes &- 0x0001_0001_0001_0001) & ~lanes & 0x8000_8000_8000_8000 != 0
    }
}
