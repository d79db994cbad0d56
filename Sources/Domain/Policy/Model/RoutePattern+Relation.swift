/// How the paths of one pattern lie to those of another.
package enum PatternRelation: UInt8, Sendable, BitwiseCopyable {
    /// No path matches both.
    case disjoint
    /// Some paths match both; the other pattern has more.
    case partial
    /// Every path of the other pattern matches.
    case covers
}

extension RoutePattern {
    /// What this pattern is to the paths of another: whether it holds for all of them, for some, or for none.
    package func relation(to other: RoutePattern) -> PatternRelation {
        if covers(other) { return .covers }
        return overlaps(other) ? .partial : .disjoint
    }

    /// Whether every path of the other pattern is one of this; so of itself.
    package func covers(_ other: RoutePattern) -> Bool {
        if isEverything { return true }
        guard other.shortest >= shortest, isOpen || !other.isOpen, isOpen || segments.count == other.segments.count
        else { return false }
        for (index, segment) in segments.enumerated() {
            // What stands where the other has only its star can be anything.
            guard case .literal(let text) = segment else { continue }
            guard index < other.segments.count, other.segments[index] == .literal(text) else { return false }
        }
        return true
    }

    /// Whether some path matches both.
    package func overlaps(_ other: RoutePattern) -> Bool {
        if isEverything || other.isEverything { return true }
        guard isOpen || other.shortest <= segments.count, other.isOpen || shortest <= other.segments.count
        else { return false }
        for (mine, theirs) in zip(segments, other.segments) {
            guard case .literal(let mine) = mine, case .literal(let theirs) = theirs else { continue }
            guard mine == theirs else { return false }
        }
        return true
    }

    /// How many segments a path of this has at least.
    private var shortest: Int { isEverything ? 0 : segments.count + (isOpen ? 1 : 0) }
}
