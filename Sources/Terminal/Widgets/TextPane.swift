/// Lines of labels and values, wrapped to the width, in one or two columns, scrolled by rows.
package struct TextPane: Hashable, Sendable {
    package struct Item: Hashable, Sendable {
        package let label: CleanText
        package let value: [Piece]

        package init(_ label: CleanText, _ value: [Piece]) {
            self.label = label
            self.value = value
        }

        package init(_ label: CleanText, _ value: CleanText, _ role: StyleRole = .text) {
            self.init(label, [Piece(value, role)])
        }
    }

    package var items: [Item]
    /// Rows scrolled out at the top.
    package var scroll: Int
    /// The least width of a column; the pane uses two where both fit.
    package var columnWidth: Int

    package init(_ items: [Item], scroll: Int = 0, columnWidth: Int = 56) {
        self.items = items
        self.scroll = scroll
        self.columnWidth = columnWidth
    }

    private static let spacing = 2

    /// The rows that all items take at `width`, to bound scrolling.
    package func height(width: Int) -> Int {
        columns(width: width).map(\.count).max() ?? 0
    }

    package func draw(into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let columns = columns(width: rect.width)
        let height = columns.map(\.count).max() ?? 0
        let first = clamped(scroll, to: 0...max(0, height - rect.height))
        let width = Self.width(of: rect.width, columns: columns.count)
        for (index, lines) in columns.enumerated() {
            for (row, line) in lines.dropFirst(first).prefix(rect.height).enumerated() {
                frame.put(
                    line, at: Point(x: rect.x + index * (width + Self.spacing), y: rect.y + row), width: width)
            }
        }
        Scrollbar(total: height, visible: rect.height, offset: first).draw(into: &frame, in: rect)
    }

    private static func width(of total: Int, columns: Int) -> Int {
        max(0, (total - (columns - 1) * spacing) / max(1, columns))
    }

    private func columns(width: Int) -> [[[Piece]]] {
        let count = columnWidth > 0 && width >= 2 * columnWidth + Self.spacing && items.count > 3 ? 2 : 1
        let room = Self.width(of: width, columns: count)
        let labelWidth = min((items.map(\.label.columns).max() ?? 0) + 2, max(0, room / 2))
        let half = (items.count + count - 1) / count
        return (0..<count).map { column in
            items.dropFirst(column * half).prefix(half).flatMap { lines(of: $0, labelWidth: labelWidth, width: room) }
        }
    }

    private func lines(of item: Item, labelWidth: Int, width: Int) -> [[Piece]] {
        let wrapped = item.value.wrapped(columns: max(1, width - labelWidth))
        return wrapped.enumerated().map { index, pieces in
            let label = index == 0 ? item.label.truncated(to: max(0, labelWidth - 1)) : .empty
            let padding = CleanText(String(repeating: " ", count: max(0, labelWidth - label.columns)))
            return [Piece(label, .dim), Piece(padding, .dim)] + pieces
        }
    }
}

extension [Piece] {
    /// The pieces in lines of at most `limit` columns; breaks after a space where there is one in the last third.
    package func wrapped(columns limit: Int) -> [[Piece]] {
        guard limit > 0 else { return [[]] }
        var lines: [[Piece]] = [[]]
        var room = limit
        for piece in self {
            var text = piece.text
            while text.columns > room {
                var head = text.prefix(columns: room)
                if head.isEmpty, room == limit { break }
                if let space = head.text.utf8.lastIndex(of: 0x20) {
                    let tail = CleanText(String(head.text[head.text.utf8.index(after: space)...]))
                    if tail.columns * 3 <= limit { head = head.prefix(columns: head.columns - tail.columns) }
                }
                if !head.isEmpty { lines[lines.count - 1].append(Piece(head, piece.style)) }
                text = text.dropFirst(columns: head.columns)
                lines.append([])
                room = limit
            }
            guard !text.isEmpty, text.columns <= room else { continue }
            lines[lines.count - 1].append(Piece(text, piece.style))
            room -= text.columns
        }
        return lines
    }
}
