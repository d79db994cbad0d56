import Domain
package import Terminal

extension TrafficScreen {
    package func draw(into frame: inout Frame, in area: Rect, context: ScreenContext) {
        let layout = TrafficLayout(area, detail: detail)
        if case .full(let scroll) = detail, let selected {
            EventDetail(event: selected, context: context).drawFull(into: &frame, in: layout.full, scroll: scroll)
            return
        }
        drawTable(into: &frame, in: layout.table, context: context)
        guard !layout.pane.isEmpty else { return }
        if let selected {
            EventDetail(event: selected, context: context)
                .drawPane(into: &frame, in: layout.pane, title: paneTitle(context))
        } else {
            SectionHeader(paneTitle(context)).draw(into: &frame, in: layout.pane.row(0))
        }
    }

    private func paneTitle(_ context: ScreenContext) -> CleanText {
        if let new = context.newSincePause {
            return "+" + NumberText.grouped(Int(new)) + " new since the pause"
        }
        if !isFollowing, isSortedByTime, context.chosen == nil, context.snapshot.count > eventsWhenLeft {
            return "+" + NumberText.grouped(Int(context.snapshot.count - eventsWhenLeft)) + " new above"
        }
        return "request"
    }

    private func drawTable(into frame: inout Frame, in area: Rect, context: ScreenContext) {
        let today = TimeText.date(context.shownNow, zone: context.zone)
        let glyphs = frame.glyphs
        let visible = list.visibleRange.clamped(to: rows.events.indices)
        var table = Table(
            columns: columnSet.tableColumns(sortedBy: sortColumn.id),
            rows: visible.map { index in
                columns.map {
                    $0.cell(for: rows.events[index], zone: context.zone, today: today, glyphs: glyphs)
                }
            },
            selectedRow: list.selectedVisibleIndex)
        if let sorted = columns.firstIndex(of: sortColumn) { table.sort = (sorted, !isDescending) }
        table.scrollColumns = scrollColumns
        table.placeholder = placeholder(context)
        table.draw(into: &frame, in: area)
    }

    private func placeholder(_ context: ScreenContext) -> CleanText {
        if let problem { return CleanText(problem) }
        if awaited != nil { return "searching…" }
        if context.chosen != nil, context.filter == .everything { return "none of these requests is stored any more" }
        return context.filter == .everything
            ? "no requests yet" : "no request matches the filter: / changes it, esc clears it"
    }

    /// What stands at the right of the filter line: `412 of 68 120`.
    func countText(_ context: ScreenContext) -> CleanText {
        let number =
            context.chosen?.selection.positions.count ?? Int(context.pause?.snapshot.count ?? context.snapshot.count)
        let total = NumberText.grouped(number)
        if !isSortedByTime {
            let extreme: CleanText = isDescending ? "highest " : "first "
            return extreme + NumberText.grouped(rows.events.count) + " by " + sortColumn.title
        }
        guard context.filter != .everything else { return total + " requests" }
        guard let count else { return "counting…" }
        let matching = NumberText.grouped(Int(count.matching))
        guard count.isComplete || count.total == 0 else {
            let share = NumberText.percent(Double(count.scanned) / Double(count.total))
            return matching + " so far, " + share + " searched"
        }
        return matching + " of " + total
    }
}
