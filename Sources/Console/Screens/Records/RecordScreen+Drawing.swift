import Domain
package import Terminal

extension RecordScreen {
    package func draw(into frame: inout Frame, in area: Rect, context: ScreenContext) {
        guard !context.policy.drawAbsence(into: &frame, in: area) else { return }
        let (top, rest) = area.split(top: Self.bannerHeight)
        for (row, line) in banner(in: context, frame.glyphs).prefix(top.height).enumerated() {
            frame.put(line, at: Point(x: top.x + 1, y: top.y + row), width: top.width - 2)
        }
        let isFull = records.detailScroll != nil
        let layout = ItemLayout(rest, isFull: isFull)
        if !isFull { drawTable(into: &frame, in: layout.table, context: context) }
        drawDetail(into: &frame, in: layout.detail, context: context)
    }

    private func drawTable(into frame: inout Frame, in area: Rect, context: ScreenContext) {
        let glyphs = frame.glyphs
        let columns = records.columns.shown
        let hasMarks = !records.marks.isEmpty
        let visible = records.list.visibleRange.clamped(to: records.rows.indices)
        var table = Table(
            columns: (hasMarks ? [TableColumn(.empty, width: .fixed(1))] : [])
                + records.columns.tableColumns(sortedBy: records.order?.field),
            rows: visible.map { index in
                let record = records.rows[index]
                let cells = columns.map { cell($0, record, context, glyphs) }
                guard hasMarks else { return cells }
                let sign: CleanText = records.marks[records.list.ids[index]] ? (glyphs.isASCII ? "*" : "●") : .empty
                return [.text(sign, Style(.accent))] + cells
            },
            selectedRow: records.list.selectedVisibleIndex)
        if let order = records.order, let sorted = columns.firstIndex(where: { $0.id == order.field }) {
            table.sort = (sorted + (hasMarks ? 1 : 0), !order.isDescending)
        }
        table.placeholder =
            records.all.isEmpty ? emptyText : "nothing matches the filter: / changes it, esc clears it"
        table.draw(into: &frame, in: area)
        Scrollbar(total: records.rows.count, visible: max(1, area.height - 1), offset: records.list.offset)
            .draw(into: &frame, in: area.split(top: 1).rest)
    }

    private func cell(
        _ column: ListColumn, _ record: Record, _ context: ScreenContext, _ glyphs: Glyphs
    ) -> TableCell {
        if let cell = record.cell(of: column.id, in: context, glyphs) { return cell }
        let text = record.values(of: column.id, in: context).joined(separator: " ")
        return text.isEmpty ? .text(glyphs.absent, Style(.faint)) : .text(CleanText(text), Style(column.role))
    }

    private func drawDetail(into frame: inout Frame, in area: Rect, context: ScreenContext) {
        guard !area.isEmpty, records.selected != nil else { return }
        let isFull = records.detailScroll != nil
        SectionHeader(detailTitle(in: context), note: isFull ? "esc back" : "enter opens")
            .draw(into: &frame, in: area.row(0))
        let body = area.split(top: 1).rest.inset(columns: 1)
        let rows = ItemDetailRows(detailLines(in: context, frame.glyphs), width: body.width)
        let first = min(records.detailScroll ?? 0, max(0, rows.count - body.height))
        rows.draw(into: &frame, in: body, from: first)
        guard isFull else { return }
        Scrollbar(total: rows.count, visible: body.height, offset: first).draw(into: &frame, in: body)
        frame.cursor = body.origin
    }
}
