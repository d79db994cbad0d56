/// Lays a table out in a rectangle and draws it.
struct TablePainter {
    /// The mark of the selected row and a space.
    private static let gutter = 2
    private static let spacing = 2

    let table: Table
    let rect: Rect

    /// The kept columns with their place, before scrolling.
    static func layout(_ columns: [TableColumn], width: Int) -> [(index: Int, x: Int, width: Int)] {
        var kept = Array(columns.indices)
        func needed() -> Int {
            kept.reduce(0) { $0 + columns[$1].width.minimum } + max(0, kept.count - 1) * spacing
        }
        while needed() > width {
            // The last of the most droppable goes first.
            guard
                let worst = kept.indices.filter({ columns[kept[$0]].dropOrder > 0 })
                    .max(by: { columns[kept[$0]].dropOrder <= columns[kept[$1]].dropOrder })
            else { break }
            kept.remove(at: worst)
        }
        var spare = max(0, width - needed())
        var weights = kept.reduce(0) { total, index in
            if case .flexible(_, let weight) = columns[index].width { total + max(0, weight) } else { total }
        }
        var x = 0
        return kept.map { index in
            var columnWidth = columns[index].width.minimum
            if case .flexible(_, let weight) = columns[index].width, weight > 0, weights > 0 {
                let share = spare * weight / weights
                columnWidth += share
                spare -= share
                weights -= weight
            }
            defer { x += columnWidth + spacing }
            return (index, x, columnWidth)
        }
    }

    func draw(into frame: inout Frame) {
        guard !rect.isEmpty else { return }
        let places = Self.layout(table.columns, width: rect.width - Self.gutter)
        var body = rect
        if table.showsHeader {
            let (top, rest) = rect.split(top: 1)
            drawHeader(places, in: top, into: &frame)
            body = rest
        }
        if table.rows.isEmpty, !table.placeholder.isEmpty, body.height > 0 {
            frame.put(
                table.placeholder, at: Point(x: body.x + Self.gutter, y: body.y), style: Style(.dim),
                width: body.width - Self.gutter)
        }
        for (line, cells) in table.rows.prefix(body.height).enumerated() {
            drawRow(cells, isSelected: line == table.selectedRow, places, in: body.row(line), into: &frame)
        }
    }

    private func drawHeader(
        _ places: [(index: Int, x: Int, width: Int)], in row: Rect, into frame: inout Frame
    ) {
        for (index, x, width) in places {
            let column = table.columns[index]
            var title = column.title
            if let sort = table.sort, sort.column == index {
                let mark = sort.ascending ? frame.glyphs.sortAscending : frame.glyphs.sortDescending
                title = title.truncated(to: max(0, width - mark.columns), ellipsis: frame.glyphs.ellipsis) + mark
            }
            draw(
                .text(title, Style(.header)), column: column, x: x, width: width, in: row, isSelected: false,
                into: &frame)
        }
    }

    private func drawRow(
        _ cells: [TableCell], isSelected: Bool, _ places: [(index: Int, x: Int, width: Int)], in row: Rect,
        into frame: inout Frame
    ) {
        for (index, x, width) in places where index < cells.count {
            draw(
                cells[index], column: table.columns[index], x: x, width: width, in: row, isSelected: isSelected,
                into: &frame)
        }
        guard isSelected else { return }
        frame.paint(row, background: .selection)
        frame.put(frame.glyphs.selection, at: row.origin, style: Style(.accent, on: .selection), width: row.width)
        if table.isFocused { frame.cursor = row.origin }
    }

    private func draw(
        _ cell: TableCell, column: TableColumn, x: Int, width: Int, in row: Rect, isSelected: Bool,
        into frame: inout Frame
    ) {
        let start = x - table.scrollColumns
        let area = Rect(x: row.x + Self.gutter + max(0, start), y: row.y, width: 0, height: 1)
        let room = min(width + min(0, start), row.maxX - area.x)
        guard room > 0 else { return }
        let origin = area.origin
        // What a scroll to the right leaves of a column is the end of its text.
        let cut = max(0, -start)
        switch cell {
        case .text(let text, let style):
            let shown = isSelected && style.foreground == .text ? Style(.selectionText, on: style.background) : style
            let fitting = text.truncated(to: width, column.truncation, ellipsis: frame.glyphs.ellipsis)
            guard cut > 0 else {
                frame.put(fitting, at: origin, style: shown, width: room, align: column.alignment)
                return
            }
            let lead = column.alignment == .right ? width - fitting.columns : 0
            frame.put(
                fitting.dropFirst(columns: cut - lead), at: Point(x: origin.x + max(0, lead - cut), y: origin.y),
                style: shown, width: room)
        case .pieces(let pieces):
            frame.put(pieces, at: origin, width: room, align: column.alignment)
        case .meter(let fraction, let role, let label):
            let labelWidth = label.isEmpty ? 0 : min(room, max(5, label.columns) + 1)
            Meter(fraction: fraction, role: role).draw(
                into: &frame, in: Rect(x: origin.x, y: origin.y, width: room - labelWidth, height: 1))
            frame.put(
                label, at: Point(x: origin.x + room - labelWidth, y: origin.y), style: Style(role), width: labelWidth,
                align: .right)
        case .sparkline(let values, let role):
            Sparkline(values: values, role: role).draw(
                into: &frame, in: Rect(x: origin.x, y: origin.y, width: room, height: 1))
        }
    }
}
