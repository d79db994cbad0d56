/// A panel above the shaded screen: a title, a note and room for content.
package struct Dialog: Hashable, Sendable {
    package var title: CleanText
    package var note: CleanText
    /// The colour of its rules: `.danger` where something is about to be lost.
    package var role: StyleRole

    package init(_ title: CleanText, note: CleanText = .empty, role: StyleRole = .rule) {
        self.title = title
        self.note = note
        self.role = role
    }

    /// Shades what was drawn before, draws the panel with `contentSize` room in the middle, and returns that room.
    package func draw(into frame: inout Frame, contentSize: Size) -> Rect {
        frame.shade()
        frame.cursor = nil
        let area = frame.bounds.centered(Size(width: contentSize.width + 4, height: contentSize.height + 2))
        frame.fill(area, style: Style(.text, on: .overlay))
        guard area.height > 1 else { return area.inset(columns: 2) }
        let top = area.row(0)
        let bottom = area.row(area.height - 1)
        for line in [top, bottom] {
            frame.rule(at: line.origin, width: line.width, style: Style(role, on: .overlay))
        }
        let end = frame.put(
            [Piece(" ", .title), Piece(title, .title), Piece(" ", .title)], at: Point(x: top.x + 2, y: top.y),
            width: top.width - 4, on: .overlay)
        if !note.isEmpty, end + note.columns + 6 <= top.maxX {
            frame.put(
                [Piece(" ", .dim), Piece(note, .dim), Piece(" ", .dim)],
                at: Point(x: top.maxX - note.columns - 5, y: top.y), width: note.columns + 2, on: .overlay)
        }
        return Rect(x: area.x, y: area.y + 1, width: area.width, height: area.height - 2).inset(columns: 2)
    }
}
