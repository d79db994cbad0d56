/// A caller's roles with all their ancestors, so that most callers' lie in the cache line of the caller.
///
/// Where there are more than a few, they are a range of the members of a `RoleTable`, or of another list of numbers.
struct RoleSet: Sendable, BitwiseCopyable {
    /// A bit for each role, by the lowest six bits of its number: most rules are told apart by it alone.
    let signature: UInt64
    private let few: FewNumbers
    private let start: UInt32
    let count: UInt32

    /// - Parameters:
    ///   - range: Where ascending numbers lie in `members`.
    init(_ range: Range<Int>, of members: Span<UInt32>) {
        var signature: UInt64 = 0
        var few = FewNumbers()
        for index in range {
            let role = members[index]
            signature |= Self.bit(role)
            if range.count <= FewNumbers.most { few.insert(role) }
        }
        self.signature = signature
        self.few = few
        start = UInt32(range.lowerBound)
        count = UInt32(range.count)
    }

    init(words: (UInt64, UInt64, UInt64, UInt64)) {
        signature = words.0
        few = FewNumbers(words: (words.1, words.2))
        start = UInt32(truncatingIfNeeded: words.3)
        count = UInt32(truncatingIfNeeded: words.3 >> 32)
    }

    var words: (UInt64, UInt64, UInt64, UInt64) {
        (signature, few.words.0, few.words.1, UInt64(start) | UInt64(count) << 32)
    }

    static func bit(_ role: UInt32) -> UInt64 { 1 << UInt64(role & 63) }

    func mayContain(_ role: UInt32) -> Bool { signature & Self.bit(role) != 0 }

    func contains(_ role: UInt32, _ members: Span<UInt32>) -> Bool {
        if count <= FewNumbers.most, role < FewNumbers.bound { return few.contains(role) }
        var low = Int(start)
        var high = low + Int(count)
        while high - low > 8 {
            let middle = (low + high) / 2
            if members[middle] <= role { low = middle } else { high = middle }
        }
        while low < high {
            if members[low] == role { return true }
            low += 1
        }
        return false
    }

    /// A role by its place among them.
    func role(_ index: UInt32, _ members: Span<UInt32>) -> UInt32 { members[Int(start + index)] }
}
