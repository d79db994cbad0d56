/// The patterns that match a path: the route's, and all others.
struct PatternMatches: ~Copyable {
    /// The most specific one that routes have; 0 for none.
    private(set) var route: UInt32 = 0
    private(set) var count = 0
    private var first = InlineArray<16, UInt32>(repeating: 0)
    /// Beyond the first sixteen, which hardly any path has.
    private var rest: [UInt32] = []

    /// Lent for writing, because an inline array that is lent for reading gets copied.
    mutating func pattern(_ index: Int) -> UInt32 { index < 16 ? first[index] : rest[index - 16] }

    /// Adds a pattern, if it is one; of those with routes the first one stays the most specific.
    mutating func add(_ pattern: UInt32, isRoute: Bool) {
        guard pattern != 0 else { return }
        if isRoute, route == 0 { route = pattern }
        if count < 16 { first[count] = pattern } else { rest.append(pattern) }
        count += 1
    }
}
