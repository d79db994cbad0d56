package import Domain
package import Terminal

/// A live table over the whole history, of which only the pages around the selection are in memory.
package struct TrafficScreen: Screen {
    package static let name = ScreenName.traffic

    enum Detail: Sendable {
        /// A pane under the table that follows the selection.
        case pane
        /// The whole screen, with every field.
        case full(scroll: Int)
    }

    private(set) var columnSet: ColumnSet<TrafficColumn>
    var rows = TrafficRows()
    var list = ListState<EventID>(newest: .first, follows: true)
    var detail = Detail.pane
    var sortColumn = TrafficColumn.time
    var isDescending = true
    var count: TrafficCount?
    var problem: String?
    var scrollColumns = 0
    /// The page that was asked for and not answered yet.
    var awaited: TrafficQuery?
    private var isDirty = false
    /// The filter that the rows in memory were asked for with.
    private var shownFilter: Filter?
    /// The requests that those were chosen from.
    private var shownChoice: ChosenRequests?
    /// The event to select when its page arrives.
    private var wanted: EventID?
    var eventsWhenLeft: Int64 = 0
    var area = Rect(x: 0, y: 0, width: 80, height: 20)

    package init(columns: [TrafficColumn] = TrafficColumn.standard) {
        columnSet = ColumnSet(TrafficColumn.allCases, shown: columns.isEmpty ? TrafficColumn.standard : columns)
    }

    package static var keymap: Keymap<TrafficCommand> { TrafficCommand.keymap }

    var columns: [TrafficColumn] { columnSet.shown }

    var selected: AccessEvent? { list.index.flatMap { rows.events.indices.contains($0) ? rows.events[$0] : nil } }

    var order: TrafficQuery.Order { sortColumn.order(descending: isDescending) ?? .time }

    var isSortedByTime: Bool { order == .time }

    /// Whether the screen shows the newest events and keeps doing so.
    var isFollowing: Bool { list.isFollowing && isSortedByTime }

    // MARK: - Commands

    package mutating func perform(_ command: TrafficCommand, in context: ScreenContext) -> [Effect] {
        if case .full(let scroll) = detail, let moved = scrolled(scroll, by: command) {
            detail = .full(scroll: moved)
            return []
        }
        switch command {
        case .open:
            toggleDetail()
            return []
        case .why: return why()
        case .narrow, .exclude:
            guard let selected else { return [] }
            return [.open(.narrow(selected, excludes: command == .exclude))]
        case .revoke: return selected.map { [.open(.revokeMenu(RevokeChoice.choices(of: $0)))] } ?? []
        case .up: return move(in: context) { $0.move(by: -1) }
        case .down: return move(in: context) { $0.move(by: 1) }
        case .pageUp: return move(in: context) { $0.movePage(by: -1) }
        case .pageDown: return move(in: context) { $0.movePage(by: 1) }
        case .newest: return goToNewest(in: context)
        case .oldest: return goToOldest(in: context)
        case .scrollLeft:
            scrollColumns = max(0, scrollColumns - 8)
            return []
        case .scrollRight:
            scrollColumns = min(400, scrollColumns + 8)
            return []
        case .sort:
            sortByNextColumn()
            return reload(in: context)
        case .reverse:
            isDescending.toggle()
            return reload(in: context)
        case .columns: return [.open(.columns)]
        case .copy:
            guard let selected else { return [] }
            return [.copy(selected.json)]
        }
    }

    package func disabledReason(for command: TrafficCommand, in context: ScreenContext) -> String? {
        switch command {
        case .open, .why, .narrow, .exclude, .copy: selected == nil ? "no request is selected" : nil
        case .revoke: context.reasonAgainst(.revoke) ?? (selected == nil ? "no request is selected" : nil)
        case .reverse: isSortedByTime ? "by time the newest come first" : nil
        case .up, .down, .pageUp, .pageDown, .newest, .oldest, .scrollLeft, .scrollRight, .sort, .columns: nil
        }
    }

    private func scrolled(_ scroll: Int, by command: TrafficCommand) -> Int? {
        switch command {
        case .pageDown: scroll + max(1, area.height - 2)
        case .pageUp: max(0, scroll - max(1, area.height - 2))
        case .scrollLeft, .scrollRight: scroll
        case .open, .why, .narrow, .exclude, .revoke, .up, .down, .newest, .oldest, .sort, .reverse, .columns, .copy:
            nil
        }
    }

    /// Of the selected request, or of the first one below that was denied.
    private func why() -> [Effect] {
        guard let index = list.index, rows.events.indices.contains(index) else { return [] }
        if let denied = rows.events[index...].first(where: { $0.outcome.isDenied }) { return [.explain(denied)] }
        let text = "this request wasn't denied, and none of those below that are in sight; outcome:denied filters them"
        return [.notify(Notice(.info, text))]
    }

    private mutating func toggleDetail() {
        switch detail {
        case .pane: if selected != nil { detail = .full(scroll: 0) }
        case .full: detail = .pane
        }
        layOut()
    }

    private mutating func sortByNextColumn() {
        let sortable = columns.filter { $0.order(descending: true) != nil }
        let index = sortable.firstIndex(of: sortColumn) ?? -1
        sortColumn = sortable.isEmpty ? .time : sortable[(index + 1) % sortable.count]
        // Numbers are mostly wanted largest first, and names from A.
        switch sortColumn.order(descending: true) {
        case .text: isDescending = false
        case .number, .time, nil: isDescending = true
        }
    }

    // MARK: - Moving

    private mutating func move(
        in context: ScreenContext, _ change: (inout ListState<EventID>) -> Void
    ) -> [Effect] {
        if list.isFollowing { eventsWhenLeft = context.snapshot.count }
        change(&list)
        return fetchAroundSelection(in: context)
    }

    private mutating func goToNewest(in context: ScreenContext) -> [Effect] {
        list.setFollowing(true)
        return isSortedByTime && !rows.reachesNewest ? reload(in: context) : []
    }

    private mutating func goToOldest(in context: ScreenContext) -> [Effect] {
        if list.isFollowing { eventsWhenLeft = context.snapshot.count }
        list.setFollowing(false)
        guard isSortedByTime, !rows.reachesOldest else {
            list.moveToLast()
            return []
        }
        return ask(.oldest, in: context)
    }

    /// Asks for the next page when the selection comes near the end of what is in memory.
    private mutating func fetchAroundSelection(in context: ScreenContext) -> [Effect] {
        guard isSortedByTime, awaited == nil, let index = list.index else { return [] }
        let margin = max(60, list.visibleRows)
        if index + margin > rows.events.count, !rows.reachesOldest, let oldest = rows.oldest {
            return ask(.before(oldest.position), in: context)
        }
        if index < margin, !rows.reachesNewest, let newest = rows.newest {
            return ask(.after(newest.position), in: context)
        }
        return []
    }

    // MARK: - Data

    package mutating func refresh(in context: ScreenContext) -> [Effect] {
        guard context.filter == shownFilter, context.chosen == shownChoice, !list.isFollowing, !rows.events.isEmpty
        else { return reload(in: context) }
        // Whoever has gone somewhere stays there, whatever became of the size, the pause or the screen before.
        guard isSortedByTime else { return ask(.newest, in: context) + askCount(in: context) }
        if context.pause == nil, context.chosen == nil { rows.storeGrew() }
        return askCount(in: context) + fetchAroundSelection(in: context)
    }

    /// Asks anew from the top, or around the selection when the operator has moved away from it.
    private mutating func reload(in context: ScreenContext) -> [Effect] {
        list.setFollowing(true)
        eventsWhenLeft = context.snapshot.count
        (shownFilter, shownChoice) = (context.filter, context.chosen)
        count = nil
        return ask(.newest, in: context) + askCount(in: context)
    }

    private mutating func ask(_ start: TrafficQuery.Start, in context: ScreenContext) -> [Effect] {
        var query = TrafficQuery(
            start: start, filter: context.filter, limit: TrafficRows.pageSize, snapshot: context.pause?.snapshot,
            now: context.shownNow)
        query.order = order
        query.selection = context.chosen?.selection
        if !isSortedByTime { query.limit = 1000 }
        awaited = query
        isDirty = false
        return [.ask(.page(query))]
    }

    private func askCount(in context: ScreenContext) -> [Effect] {
        guard context.filter != .everything else { return [] }
        return [
            .ask(
                .count(
                    Question.CountQuery(
                        filter: context.filter, selection: context.chosen?.selection,
                        snapshot: context.pause?.snapshot, now: context.shownNow)))
        ]
    }

    package mutating func receive(_ message: Message, in context: ScreenContext) -> [Effect] {
        switch message {
        case .status:
            // What was chosen stays the same, whatever comes in.
            guard context.pause == nil, context.chosen == nil else { return [] }
            rows.storeGrew()
            guard isFollowing else { return [] }
            isDirty = true
            return awaited == nil ? ask(.newest, in: context) + askCount(in: context) : []
        case .answered(.page(let query), let answer) where query == awaited:
            awaited = nil
            return take(answer, for: query, in: context)
        case .answered(.count(let query), .count(let count))
        where query.filter == context.filter && query.selection == context.chosen?.selection:
            self.count = count
            return []
        case .answered, .exported, .notice, .policy, .acted:
            return []
        }
    }

    private mutating func take(_ answer: Answer, for query: TrafficQuery, in context: ScreenContext) -> [Effect] {
        switch answer {
        case .page(let page):
            problem = nil
            rows.take(page, for: query)
            list.replaceRows(rows.events.map(\.id))
            if query.start == .oldest { list.moveToLast() }
            if let wanted {
                list.select(wanted)
                self.wanted = nil
            }
            if isDirty, isFollowing { return ask(.newest, in: context) + askCount(in: context) }
            return isFollowing ? [] : fetchAroundSelection(in: context)
        case .failed(let text):
            problem = text
            return [.notify(Notice(.problem, text))]
        case .overview, .count, .values, .unread, .policy:
            return []
        }
    }

    package mutating func tick(in context: ScreenContext) -> [Effect] { [] }

    package mutating func goBack(in context: ScreenContext) -> [Effect]? {
        if case .full = detail {
            toggleDetail()
            return []
        }
        guard !isSortedByTime else { return nil }
        sortColumn = .time
        isDescending = true
        return reload(in: context)
    }

    package mutating func resize(to area: Rect) {
        self.area = area
        layOut()
    }

    private mutating func layOut() {
        list.setVisibleRows(TrafficLayout(area, detail: detail).tableRows)
    }

    package var columnChoices: [ColumnChoice] { columnSet.choices }

    package mutating func toggleColumn(_ id: String) { columnSet.toggle(id) }

    package mutating func show(_ event: EventPosition, in context: ScreenContext) -> [Effect] {
        list.setFollowing(false)
        eventsWhenLeft = context.snapshot.count
        rows.removeAll()
        (shownFilter, shownChoice) = (context.filter, context.chosen)
        wanted = event.id
        var next = event
        next.id.ordinal += 1
        count = nil
        return ask(.before(next), in: context) + askCount(in: context)
    }

    package var place: EventPosition? { isFollowing || !isSortedByTime ? nil : selected?.position }

    package func filterNote(in context: ScreenContext) -> CleanText { countText(context) }

    package func exportView(in context: ScreenContext) -> Export.View? {
        .traffic(
            Question.CountQuery(
                filter: context.filter, selection: context.chosen?.selection, snapshot: context.pause?.snapshot,
                now: context.shownNow))
    }
}
