// Widgets of one line: section headers, status line.

/// A thin rule with a title on the left and a note on the right: `─ clients ───── m metric ─`.
package struct SectionHeader: Hashable, Sendable {
    package var title: CleanText
    package var note: [Piece]
    package var isFocused: Bool

    package init(_ title: CleanText, note: CleanText = .empty, isFocused: Bool = false) {
        self.init(title, note: note.isEmpty ? [] : [Piece(note, .dim)], isFocused: isFocused)
    }

    package init(_ title: CleanText, note: [Piece], isFocused: Bool = false) {
        self.title = title
        self.note = note
        self.isFocused = isFocused
    }

    package func draw(into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        frame.rule(at: rect.origin, width: rect.width, style: Style(isFocused ? .accent : .rule))
        let titleStyle = Style(.title)
        let end = frame.put(
            [Piece(" ", titleStyle), Piece(title, titleStyle), Piece(" ", titleStyle)],
            at: Point(x: rect.x + 1, y: rect.y), width: rect.width - 2)
        // A space on both sides, one sign of the rule after, and some rule between title and note.
        let noteWidth = note.columns + 2
        guard !note.isEmpty, rect.maxX - 1 - noteWidth > end + 1 else { return }
        frame.put(
            [Piece(" ", .dim)] + note + [Piece(" ", .dim)],
            at: Point(x: rect.maxX - 1 - noteWidth, y: rect.y), width: noteWidth)
    }
}

/// A full-width line with pieces from the left and from the right; the left ones give way.
package struct StatusLine: Hashable, Sendable {
    package var left: [Piece]
    package var right: [Piece]
    package var background: StyleRole

    package init(left: [Piece], right: [Piece] = [], background: StyleRole = .bar) {
        self.left = left
        self.right = right
        self.background = background
    }

    package func draw(into frame: inout Frame, in rect: Rect) {
        let rect = rect.row(0)
        guard !rect.isEmpty else { return }
        frame.fill(rect, style: Style(.text, on: background))
        let rightWidth = min(right.columns, rect.width)
        let leftRoom = max(0, rect.width - rightWidth - (right.isEmpty ? 0 : 2))
        frame.put(left, at: rect.origin, width: leftRoom, on: background)
        frame.put(
            right, at: Point(x: rect.maxX - rightWidth, y: rect.y), width: rightWidth, align: .right, on: background)
    }
}
