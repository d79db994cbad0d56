/// The name that was probably meant, for errors about unknown names.
enum NearestName {
    /// The name with the fewest edits from `text`; nil when none is near enough to suggest.
    static func suggestion(for text: String, among names: [String]) -> String? {
        let text = text.lowercased()
        guard text.unicodeScalars.count <= 64 else { return nil }
        let ranked = names.map { (name: $0, edits: edits(from: text, to: $0.lowercased())) }
        guard let best = ranked.min(by: { $0.edits < $1.edits }) else { return nil }
        return best.edits <= max(1, best.name.count / 3) ? best.name : nil
    }

    /// `; did you mean “x”?`, or the names allowed when none is near.
    static func hint(for text: String, among names: [String]) -> String {
        if let name = suggestion(for: text, among: names) { return "; did you mean “\(name)”?" }
        return names.isEmpty ? "" : "; allowed: " + names.joined(separator: ", ")
    }

    /// The Damerau-Levenshtein distance (adjacent transposition counts as one), by optimal string alignment.
    static func edits(from left: String, to right: String) -> Int {
        let left = Array(left.unicodeScalars)
        let right = Array(right.unicodeScalars)
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for row in 1...left.count {
            var current = [row]
            for column in 1...right.count {
                let substitution = previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
                var cost = min(previous[column] + 1, current[column - 1] + 1, substitution)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    cost = min(cost, beforePrevious[column - 2] + 1)
                }
                current.append(cost)
            }
            (beforePrevious, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
