// Which filters let pass only what another one lets pass, told from the filters alone.

extension ListFilter {
    /// Whether surely no row passes this that doesn't pass the other one; false when that can't be told quickly.
    package func isWithin(_ other: ListFilter) -> Bool {
        var steps = Self.mostSteps
        return isWithin(other, &steps)
    }

    /// Pairs of parts that are compared; what people type has a few.
    private static let mostSteps = 500

    private func isWithin(_ other: ListFilter, _ steps: inout Int) -> Bool {
        steps -= 1
        guard steps > 0 else { return false }
        switch (self, other) {
        case (_, .everything): return true
        // What is taken apart first matters: all that the other one asks, then each choice of this one.
        case (_, .all(let others)): return others.allSatisfy { isWithin($0, &steps) }
        case (.any(let parts), _): return parts.allSatisfy { $0.isWithin(other, &steps) }
        case (.not(let part), .not(let otherPart)): return otherPart.isWithin(part, &steps)
        case (.word(let pattern), .word(let otherPattern)): return pattern.isWithin(otherPattern)
        case (.field(let name, let patterns), .field(let otherName, let others)):
            return name == otherName
                && patterns.allSatisfy { pattern in others.contains { pattern.isWithin($0) } }
        case (.absent(let name), .absent(let otherName)): return name == otherName
        case (.number(let name, let range), .number(let otherName, let otherRange)):
            return name == otherName && otherRange.contains(range.lowerBound) && otherRange.contains(range.upperBound)
        case (.all(let parts), .any(let others)):
            return parts.contains { $0.isWithin(other, &steps) } || others.contains { isWithin($0, &steps) }
        case (.all(let parts), _): return parts.contains { $0.isWithin(other, &steps) }
        case (_, .any(let others)): return others.contains { isWithin($0, &steps) }
        case (.everything, _), (.not, _), (.word, _), (.field, _), (.absent, _), (.number, _): return false
        }
    }
}

extension TextPattern {
    /// Whether surely no text matches this that doesn't match the other one.
    func isWithin(_ other: TextPattern) -> Bool {
        guard self != other else { return true }
        // What is compared as it stands may differ in case from what isn't.
        guard ignoresCase == other.ignoresCase, let first = pieces.first, let last = pieces.last,
            let otherFirst = other.pieces.first, let otherLast = other.pieces.last
        else { return false }
        // A text without stars is one text.
        if pieces.count == 1 { return other.matches(first) }
        guard other.pieces.count > 1, first.starts(with: otherFirst), last.reversed().starts(with: otherLast.reversed())
        else { return false }
        // What the other one wants between its ends has to lie, in its order, in pieces of this one.
        var rest = pieces
        rest[0].removeFirst(otherFirst.count)
        rest[rest.count - 1].removeLast(otherLast.count)
        var place = 0
        for wanted in other.pieces.dropFirst().dropLast() {
            while place < rest.count, !rest[place].drop(through: wanted) { place += 1 }
            guard place < rest.count else { return false }
        }
        return true
    }
}

extension [UInt8] {
    /// Takes out everything up to the end of a part's first place; false when it has none.
    fileprivate mutating func drop(through part: [UInt8]) -> Bool {
        guard count >= part.count else { return false }
        for start in 0...(count - part.count) where self[start..<start + part.count].elementsEqual(part) {
            removeFirst(start + part.count)
            return true
        }
        return false
    }
}
