import Terminal

/// A number with its noun.
enum Counted {
    /// `1 client`, `2 clients`; the noun takes an s.
    static func text(_ count: Int, _ noun: CleanText) -> CleanText {
        NumberText.grouped(count) + " " + noun + (count == 1 ? "" : "s")
    }
}
