/// Finds the word that was probably meant.
package enum EditDistance {
    /// The candidate nearest to a word by insertions, deletions, replacements and swaps of neighbours; nil when even
    /// that one is too far off to be what was meant.
    package static func nearest(to word: String, among candidates: [String]) -> String? {
        let limit = max(1, min(3, word.utf8.count / 2))
        let given = Array(word.lowercased().utf8.prefix(64))
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let distance = distance(given, Array(candidate.lowercased().utf8))
            if distance < best?.distance ?? limit + 1 { best = (candidate, distance) }
        }
        if let best { return best.candidate }
        guard given.count >= 2 else { return nil }
        return candidates.first { $0.utf8.starts(with: given) }
    }

    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, byte) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (byte == other ? 0 : 1))
                if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
