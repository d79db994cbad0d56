/// SplitMix64 (Steele, Lea, Flood 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number below `count`; low numbers come far more often, as a few callers make most requests.
    mutating func skewed(_ count: Int) -> Int {
        let share = Double(next() >> 11) / Double(1 << 53)
        return min(count - 1, Int(share * share * Double(count)))
    }
}
