/// How well typed letters match a name: all of them must occur, in order.
package struct FuzzyMatch: Hashable, Sendable {
    /// Higher is better: runs, beginnings of words and short names win.
    package let score: Int
    /// The matched scalars, by their index in the name.
    package let positions: [Int]

    /// Nil when `pattern` doesn't occur in `name`; case and spaces in the pattern don't matter.
    package init?(_ pattern: String, in name: String) {
        let wanted = pattern.unicodeScalars.filter { $0 != " " }.map(FuzzyMatch.folded)
        let given = name.unicodeScalars.map(FuzzyMatch.folded)
        guard !wanted.isEmpty else {
            score = 0
            positions = []
            return
        }
        var best: (score: Int, positions: [Int])?
        // A match may begin at any occurrence of the first letter; the best beginning wins.
        for start in given.indices where given[start] == wanted[0] {
            guard let found = FuzzyMatch.match(wanted, in: given, from: start) else { break }
            if found.score > best?.score ?? Int.min { best = found }
        }
        guard let best else { return nil }
        score = best.score
        positions = best.positions
    }

    private static func match(
        _ wanted: [Unicode.Scalar], in given: [Unicode.Scalar], from start: Int
    ) -> (score: Int, positions: [Int])? {
        var positions: [Int] = []
        var score = -given.count
        var index = start
        for scalar in wanted {
            while index < given.count, given[index] != scalar { index += 1 }
            guard index < given.count else { return nil }
            if positions.last == index - 1 { score += 8 }
            if index == 0 || given[index - 1] == " " || given[index - 1] == "-" { score += 6 }
            positions.append(index)
            index += 1
        }
        score -= (positions.last ?? start) - start
        return (score, positions)
    }

    private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        // Names are mostly ASCII, and the tables of Unicode take their time.
        if scalar.value < 0x80 {
            return ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar
        }
        return scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
    }
}
