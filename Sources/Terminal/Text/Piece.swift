/// A run of clean text in one style; lines of mixed styles are arrays of pieces.
package struct Piece: Hashable, Sendable {
    package var text: CleanText
    package var style: Style

    package init(_ text: CleanText, _ style: Style = Style(.text)) {
        self.text = text
        self.style = style
    }

    package init(_ text: CleanText, _ role: StyleRole) {
        self.init(text, Style(role))
    }
}

extension [Piece] {
    /// The columns that all pieces take together.
    package var columns: Int {
        reduce(0) { $0 + $1.text.columns }
    }
}
