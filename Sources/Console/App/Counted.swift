import Terminal

/// A number with its noun.
enum Counted {
    /// `1 client`, `2 clients`; the noun takes an s.
    static func text(_ count: Int, _ noun: CleanText) -> CleanText {
        NumberText.grouped(count) + " " + noun + (count == 1 ? "" : "s")
    }

    /// `2 tokens, 1 credential`, without those of which there are none; `nothing` where there is none of any.
    static func text(_ counts: [(Int, CleanText)]) -> CleanText {
        let parts = counts.filter { $0.0 > 0 }.map { text($0.0, $0.1) }
        guard let first = parts.first else { return "nothing" }
        return parts.dropFirst().reduce(first) { $0 + ", " + $1 }
    }
}
