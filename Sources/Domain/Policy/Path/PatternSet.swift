/// Patterns of which it is asked whether any matches a path.
struct PatternSet: Sendable {
    private var trie = PatternTrie()
    private var literals = LiteralTable()

    var isEmpty: Bool { trie.count == 0 }

    mutating func insert(_ pattern: RoutePattern) { _ = trie.number(of: pattern, &literals) }

    /// Whether one of the patterns matches a target; none matches one that is refused.
    ///
    /// - Parameter path: Becomes the target's.
    func contains(_ target: Span<UInt8>, reading path: inout PathTable) -> Bool {
        guard !isEmpty, path.read(target, literals: literals) == nil else { return false }
        var matches = PatternMatches()
        trie.findMatches(of: &path, routes: 0, &matches)
        return matches.count > 0
    }
}
