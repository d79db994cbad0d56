// Swift takes texts for equal that Unicode spells in two ways, such as é in one scalar or in two. Who may do what hangs
// on bytes, as in tables and in logs.

extension String {
    /// Whether its bytes in UTF-8 are the same.
    package func isExactly(_ other: String) -> Bool {
        let (left, right) = (utf8.span, other.utf8.span)
        let count = left.count
        guard count == right.count else { return false }
        var index = 0
        while index < count {
            guard
                ByteWord(left, at: index, end: count).value == ByteWord(right, at: index, end: count).value
            else { return false }
            index += 8
        }
        return true
    }
}

extension Array<String> {
    /// The place of the first with the same bytes.
    func firstIndex(ofExactly text: String) -> Int? { firstIndex { $0.isExactly(text) } }
}

/// A text as a key that only the same bytes find.
package struct ExactText: Hashable, Sendable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package static func == (left: ExactText, right: ExactText) -> Bool { left.text.isExactly(right.text) }

    package func hash(into hasher: inout Hasher) {
        text.utf8.span.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}
