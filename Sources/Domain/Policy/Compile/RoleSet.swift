/// A caller's roles with all their ancestors, in one cache line: most callers have few.
///
/// Where there are more, they are a range of the members of a `RoleTable`, or of another list of numbers.
struct RoleSet: Sendable, BitwiseCopyable {
    /// A bit for each role, by the lowest six bits of its number: most rules are told apart by it alone.
    let signature: UInt64
    /// Up to eight roles, sixteen bits each; the rest is `nobody`.
    private let few: (UInt64, UInt64)
    private let start: UInt32
    let count: UInt32

    private static let nobody: UInt32 = 0xffff

    /// - Parameters:
    ///   - range: Where ascending numbers lie in `members`.
    init(_ range: Range<Int>, of members: Span<UInt32>) {
        var signature: UInt64 = 0
        var few = (UInt64.max, UInt64.max)
        for index in range {
            let role = members[index]
            signature |= 1 << UInt64(role & 63)
            if range.count <= 8, role < Self.nobody {
                few = (few.0 << 16 | few.1 >> 48, few.1 << 16 | UInt64(role))
            }
        }
        self.signature = signature
        self.few = few
        start = UInt32(range.lowerBound)
        count = UInt32(range.count)
    }

    func mayContain(_ role: UInt32) -> Bool { signature >> UInt64(role & 63) & 1 == 1 }

    func contains(_ role: UInt32, _ members: Span<UInt32>) -> Bool {
        if count <= 8, role < Self.nobody {
            let wanted = UInt64(role) &* 0x0001_0001_0001_0001
            return Self.hasZero(few.0 ^ wanted) || Self.hasZero(few.1 ^ wanted)
        }
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

    /// Whether one of four numbers of sixteen bits is zero.
    private static func hasZero(_ lanes: UInt64) -> Bool {
        (lanes &- 0x0001_0001_0001_0001) & ~lanes & 0x8000_8000_8000_8000 != 0
    }

    /// A role by its place among them.
    func role(_ index: UInt32, _ members: Span<UInt32>) -> UInt32 { members[Int(start + index)] }
}
