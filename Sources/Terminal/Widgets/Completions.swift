/// The list that pops up beside an input: what could be typed next, one of them chosen.
package struct Completions: Hashable, Sendable {
    package struct Item: Hashable, Sendable {
        package let text: CleanText
        package let note: CleanText

        package init(_ text: CleanText, note: CleanText = .empty) {
            self.text = text
            self.note = note
        }
    }

    package var items: [Item]
    package var selected: Int?

    package init(_ items: [Item], selected: Int? = nil) {
        self.items = items
        self.selected = selected
    }

    private static let maximumRows = 8

    /// Draws the list below `anchor`, or above it where there is no room below.
    package func draw(into frame: inout Frame, at anchor: Point, within bounds: Rect) {
        guard !items.isEmpty, !bounds.isEmpty else { return }
        let below = bounds.maxY - anchor.y - 1
        let above = anchor.y - bounds.y
        let rows = min(items.count, Self.maximumRows, max(below, above))
        guard rows > 0 else { return }
        let y = below >= min(items.count, Self.maximumRows) || below >= above ? anchor.y + 1 : anchor.y - rows
        let textWidth = items.map(\.text.columns).max() ?? 0
        let noteWidth = items.map(\.note.columns).max() ?? 0
        let width = min(bounds.width, textWidth + noteWidth + (noteWidth > 0 ? 5 : 3))
        let x = clamped(anchor.x, to: bounds.x...max(bounds.x, bounds.maxX - width))
        let first = clamped((selected ?? 0) - rows + 1, to: 0...(items.count - rows))
        let area = Rect(x: x, y: y, width: width, height: rows)
        frame.fill(area, style: Style(.text, on: .overlay))
        for (row, item) in items[first..<(first + rows)].enumerated() {
            let isSelected = first + row == selected
            let background: StyleRole = isSelected ? .selection : .overlay
            let line = area.row(row)
            frame.fill(line, style: Style(.text, on: background))
            if isSelected { frame.put(frame.glyphs.selection, at: line.origin, style: Style(.accent, on: background)) }
            frame.put(
                item.text, at: Point(x: x + 1, y: line.y),
                style: Style(isSelected ? .selectionText : .text, on: background),
                width: min(textWidth, width - 2))
            frame.put(
                item.note, at: Point(x: x + textWidth + 3, y: line.y), style: Style(.dim, on: background),
                width: width - textWidth - 4)
        }
        Scrollbar(total: items.count, visible: rows, offset: first).draw(into: &frame, in: area)
    }
}
