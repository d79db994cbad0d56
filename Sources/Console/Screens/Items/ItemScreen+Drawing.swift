import Domain
package import Terminal

/// Where the parts of a list's screen are.
struct ItemLayout {
    let table: Rect
    /// Beside the table where there is room, else below it; the whole screen when the detail is open.
    let detail: Rect

    init(_ area: Rect, isFull: Bool) {
        if isFull {
            (table, detail) = (area.split(top: 0).top, area)
        } else if area.width >= 110 {
            (table, detail) = area.split(left: area.width * 3 / 5, gap: 1)
        } else if area.height >= 16 {
            (table, detail) = area.split(bottom: min(8, area.height / 3))
        } else {
            (table, detail) = (area, area.split(top: 0).top)
        }
    }
}

extension ItemScreen {
    package func draw(into frame: inout Frame, in area: Rect, context: ScreenContext) {
        guard !context.policy.drawAbsence(into: &frame, in: area) else { return }
        if let form, form.isOpen {
            form.draw(into: &frame, in: area, context: context)
            return
        }
        if let matrix, matrix.isOpen {
            matrix.draw(into: &frame, in: area, context: context)
            return
        }
        let layout = ItemLayout(area, isFull: detailScroll != nil)
        if detailScroll == nil { drawTable(into: &frame, in: layout.table, glyphs: frame.glyphs) }
        drawDetail(into: &frame, in: layout.detail, context: context)
    }

    private func drawTable(into frame: inout Frame, in area: Rect, glyphs: Glyphs) {
        let visible = list.visibleRange.clamped(to: 0..<rows.count)
        let mark = TableColumn(.empty, width: .fixed(1))
        var table = Table(
            columns: (marked.isEmpty ? [] : [mark]) + columns.tableColumns(sortedBy: order.field),
            rows: visible.map { index in
                let item = rows[index]
                let cells = columns.shown.map { cell($0, index, item, glyphs) }
                guard !marked.isEmpty else { return cells }
                let sign: CleanText = marked.contains(item.key) ? (glyphs.isASCII ? "*" : "●") : .empty
                return [.text(sign, Style(.accent))] + cells
            },
            selectedRow: list.selectedVisibleIndex)
        if let sorted = columns.shown.firstIndex(where: { $0.id == order.field }) {
            table.sort = (sorted + (marked.isEmpty ? 0 : 1), !order.isDescending)
        }
        table.placeholder =
            rows.total == 0 ? Listing.placeholder : "nothing matches the filter: / changes it, esc clears it"
        table.draw(into: &frame, in: area)
        Scrollbar(total: rows.count, visible: max(1, area.height - 1), offset: list.offset)
            .draw(into: &frame, in: area.split(top: 1).rest)
    }

    private func cell(_ column: ListColumn, _ index: Int, _ item: PolicyItem, _ glyphs: Glyphs) -> TableCell {
        let text = rows.text(of: column.id, at: index)
        guard !text.isEmpty else { return .text(glyphs.absent, Style(.faint)) }
        if case .client(let client) = item, column.id == "status", client.status == .suspended {
            return .text("suspended", Style(.danger))
        }
        if case .route(let route) = item, column.id == "classification" {
            let role: StyleRole = route.classification >= .confidential ? .caution : .dim
            return .text(CleanText(text), Style(role))
        }
        return .text(CleanText(text), Style(column.role))
    }

    /// So far the detail scrolls while it takes the whole screen.
    func longestScroll(in context: ScreenContext) -> Int {
        ItemDetailRows.longestScroll(of: detail?.lines(context, .unicode) ?? [], in: area)
    }

    private func drawDetail(into frame: inout Frame, in area: Rect, context: ScreenContext) {
        guard !area.isEmpty, let detail else { return }
        let note: CleanText = detailScroll == nil ? "enter opens" : "esc back"
        SectionHeader(CleanText(detail.item.key.description), note: note).draw(into: &frame, in: area.row(0))
        let body = area.split(top: 1).rest.inset(columns: 1)
        let rows = ItemDetailRows(detail.lines(context, frame.glyphs), width: body.width)
        let first = min(detailScroll ?? 0, max(0, rows.count - body.height))
        rows.draw(into: &frame, in: body, from: first)
        guard detailScroll != nil else { return }
        Scrollbar(total: rows.count, visible: body.height, offset: first).draw(into: &frame, in: body)
        frame.cursor = body.origin
    }
}

/// The lines of a detail, wrapped to a width.
struct ItemDetailRows {
    private enum Row {
        case heading(CleanText)
        case pieces(label: CleanText, [Piece])
        case series(CleanText, [Double?], StyleRole, CleanText)
        case meter(CleanText, Double, StyleRole, [Piece])
    }

    private static let labelWidth = 16
    private static let meterWidth = 10
    private var rows: [Row] = []

    init(_ lines: [ItemDetail.Line], width: Int) {
        for line in lines {
            switch line {
            case .heading(let text): rows.append(.heading(text))
            case .series(let label, let values, let role, let total): rows.append(.series(label, values, role, total))
            case .meter(let label, let share, let role, let pieces):
                // Where it is narrow, only the first piece has room beside the bar.
                let isNarrow = width < 64
                if isNarrow { rows.append(.meter(label, share, role, Array(pieces.prefix(1)))) }
                let rest = isNarrow ? Array(pieces.dropFirst()) : pieces
                let room = max(8, width - Self.labelWidth - (isNarrow ? 0 : Self.meterWidth + 1))
                for (index, part) in rest.wrapped(columns: room).enumerated() {
                    rows.append(
                        index == 0 && !isNarrow ? .meter(label, share, role, part) : .pieces(label: " ", part))
                }
            case .field(let label, let pieces):
                let room = max(8, label.isEmpty ? width : width - Self.labelWidth)
                for (index, part) in pieces.wrapped(columns: room).enumerated() {
                    rows.append(.pieces(label: index == 0 ? label : label.isEmpty ? .empty : " ", part))
                }
            }
        }
    }

    var count: Int { rows.count }

    /// How far lines scroll that have a header above them in an area.
    static func longestScroll(of lines: [ItemDetail.Line], in area: Rect) -> Int {
        max(0, ItemDetailRows(lines, width: area.width - 2).count - (area.height - 1))
    }

    func draw(into frame: inout Frame, in area: Rect, from first: Int) {
        for (line, row) in rows.dropFirst(first).prefix(area.height).enumerated() {
            let place = area.row(line)
            switch row {
            case .heading(let text):
                frame.put(text, at: place.origin, style: Style(.title), width: place.width)
                let x = place.x + text.columns + 1
                if x < place.maxX { frame.rule(at: Point(x: x, y: place.y), width: place.maxX - x) }
            case .pieces(let label, let pieces):
                let indent = label.isEmpty ? 0 : Self.labelWidth
                frame.put(label, at: place.origin, style: Style(.accent), width: max(0, indent - 1))
                frame.put(pieces, at: Point(x: place.x + indent, y: place.y), width: place.width - indent)
            case .meter(let label, let share, let role, let pieces):
                frame.put(label, at: place.origin, style: Style(.accent), width: Self.labelWidth - 1)
                let bar = Rect(x: place.x + Self.labelWidth, y: place.y, width: Self.meterWidth, height: 1)
                Meter(fraction: share, role: role).draw(into: &frame, in: bar.intersection(place))
                let x = bar.maxX + 1
                frame.put(pieces, at: Point(x: x, y: place.y), width: max(0, place.maxX - x))
            case .series(let label, let values, let role, let total):
                frame.put(label, at: place.origin, style: Style(role), width: Self.labelWidth - 1)
                frame.put(
                    total, at: Point(x: place.x + Self.labelWidth, y: place.y), style: Style(.text), width: 8,
                    align: .right)
                let graph = Rect(
                    x: place.x + Self.labelWidth + 9, y: place.y,
                    width: min(60, place.width - Self.labelWidth - 9), height: 1)
                if graph.width > 4 { Sparkline(values: values, role: role).draw(into: &frame, in: graph) }
            }
        }
    }
}
