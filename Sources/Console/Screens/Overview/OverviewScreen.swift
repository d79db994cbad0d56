import Domain
package import Terminal

/// The traffic of a window at a glance: how much, how it ended, who, where and from where.
package struct OverviewScreen: Screen {
    package static let name = ScreenName.overview

    enum Anchor: Equatable, Sendable {
        /// The window ends now, or at the newest event of a store that is older than the window.
        case present
        /// The window ends at this moment.
        case end(Timestamp)
    }

    var preset = WindowPreset.minutes5
    var anchor = Anchor.present
    var metrics: [OverviewPanel: Metric] = [
        .clients: .requests, .routes: .requests, .addresses: .requests,
    ]
    var isLogarithmic = false
    var focus = OverviewPanel.clients
    var isZoomed = false
    var contents = Contents<Overview>.loading
    /// The start of the bucket under the chart's cursor.
    var cursor: Timestamp?
    var lists: [OverviewPanel: ListState<RankedID>] = [
        .clients: ListState(newest: .first, follows: true), .routes: ListState(newest: .first, follows: true),
        .addresses: ListState(newest: .first, follows: true),
    ]
    var denials = ListState<EventID>(newest: .first, follows: true)
    var area = Rect(x: 0, y: 0, width: 80, height: 20)
    private var awaited: OverviewQuery?
    private var isDirty = false

    package init(preset: WindowPreset = .minutes5) {
        self.preset = preset
    }

    package static var keymap: Keymap<OverviewCommand> { OverviewCommand.keymap }

    // MARK: - Commands

    package mutating func perform(_ command: OverviewCommand, in context: ScreenContext) -> [Effect] {
        switch command {
        case .open: return open(in: context)
        case .revoke: return revocable.map { [.open(.revoke([$0]))] } ?? []
        case .longer: return use(preset == .days30 ? .minute : preset.longer, in: context)
        case .shorter: return use(preset == .minute ? .days30 : preset.shorter, in: context)
        case .metric:
            useNextMetric()
            return refresh(in: context)
        case .scale:
            isLogarithmic.toggle()
            return []
        case .zoom:
            isZoomed.toggle()
            layOut()
            return refresh(in: context)
        case .earlier: return shift(by: -preset.seconds / 2, in: context)
        case .later: return shift(by: preset.seconds / 2, in: context)
        case .present:
            anchor = .present
            cursor = nil
            return refresh(in: context)
        case .nextPanel: return moveFocus(by: 1, in: context)
        case .previousPanel: return moveFocus(by: -1, in: context)
        case .up:
            moveSelection {
                $0.move(by: -1)
            } denials: {
                $0.move(by: -1)
            }
        case .down:
            moveSelection {
                $0.move(by: 1)
            } denials: {
                $0.move(by: 1)
            }
        case .pageUp:
            moveSelection {
                $0.movePage(by: -1)
            } denials: {
                $0.movePage(by: -1)
            }
        case .pageDown:
            moveSelection {
                $0.movePage(by: 1)
            } denials: {
                $0.movePage(by: 1)
            }
        case .first:
            moveSelection {
                $0.moveToFirst()
            } denials: {
                $0.moveToFirst()
            }
        case .last:
            moveSelection {
                $0.moveToLast()
            } denials: {
                $0.moveToLast()
            }
        case .cursorLeft: moveCursor(by: -1)
        case .cursorRight: moveCursor(by: 1)
        }
        return []
    }

    package func disabledReason(for command: OverviewCommand, in context: ScreenContext) -> String? {
        switch command {
        case .metric:
            metrics[focus] == nil && focus != .chart ? "denials come by time" : nil
        case .later, .present:
            anchor == .present ? "this is the present" : nil
        case .open:
            target == nil ? (focus == .chart ? "move the cursor with ← and → first" : "no row is selected") : nil
        case .revoke:
            context.reasonAgainst(.revoke) ?? (revocable == nil ? "select a client or an address first" : nil)
        case .longer, .shorter, .scale, .zoom, .earlier, .nextPanel, .previousPanel, .up, .down, .pageUp,
            .pageDown, .first, .last, .cursorLeft, .cursorRight:
            nil
        }
    }

    private mutating func use(_ preset: WindowPreset, in context: ScreenContext) -> [Effect] {
        self.preset = preset
        cursor = nil
        contents = .loading
        return refresh(in: context)
    }

    private mutating func useNextMetric() {
        let all = Metric.allCases
        let panels = focus == .chart ? OverviewPanel.lists : [focus]
        let current = panels.first.flatMap { metrics[$0] } ?? .requests
        let next = all[((all.firstIndex(of: current) ?? 0) + 1) % all.count]
        for panel in panels where metrics[panel] != nil { metrics[panel] = next }
    }

    private mutating func shift(by seconds: Int64, in context: ScreenContext) -> [Effect] {
        let end = window(in: context).end.advanced(by: seconds * 1_000_000)
        anchor = end >= context.shownNow ? .present : .end(end)
        cursor = nil
        return refresh(in: context)
    }

    private mutating func moveFocus(by step: Int, in context: ScreenContext) -> [Effect] {
        let all = OverviewPanel.allCases
        let index = (all.firstIndex(of: focus) ?? 0) + step + all.count
        focus = all[index % all.count]
        layOut()
        return isZoomed ? refresh(in: context) : []
    }

    private mutating func moveSelection(
        _ change: (inout ListState<RankedID>) -> Void, denials changeDenials: (inout ListState<EventID>) -> Void
    ) {
        switch focus {
        case .chart: focus = .clients
        case .clients, .routes, .addresses:
            lists[focus].map {
                var list = $0; change(&list); lists[focus] = list
            }
        case .denials: changeDenials(&denials)
        }
    }

    private mutating func moveCursor(by step: Int) {
        guard let overview = contents.value, let last = overview.series.last else { return }
        focus = .chart
        guard let cursor, let index = overview.series.firstIndex(where: { $0.start == cursor }) else {
            self.cursor = last.start
            return
        }
        let next = min(max(0, index + step), overview.series.count - 1)
        self.cursor = overview.series[next].start
    }

    // MARK: - Drill-down

    /// The terms that the row in focus stands for, and the event it is, if it is one.
    var target: (terms: [Filter], event: EventPosition?)? {
        guard let overview = contents.value else { return nil }
        switch focus {
        case .chart:
            guard let cursor, let bucket = overview.series.first(where: { $0.start == cursor }) else { return nil }
            let end = bucket.start.advanced(by: overview.bucketSeconds * 1_000_000)
            return ([.test(.since(.at(bucket.start))), .test(.until(.at(end)))], nil)
        case .clients, .addresses, .routes:
            guard let id = lists[focus]?.selection else { return nil }
            return (terms(for: id), nil)
        case .denials:
            guard let event = overview.denials.first(where: { $0.id == denials.selection }) else { return nil }
            return ([.test(.outcome(Set(Outcome.allCases.filter(\.isDenied))))], event.position)
        }
    }

    private func terms(for id: RankedID) -> [Filter] {
        let field: TextField =
            switch focus {
            case .clients: .client
            case .addresses: .address
            case .chart, .routes, .denials: .route
            }
        var terms: [Filter] = [.exactly(id.name.isEmpty ? nil : id.name, in: field)]
        if let method = id.method { terms.append(.exactly(method, in: .method)) }
        if let outcome = metrics[focus]?.outcome { terms.append(.test(.outcome([outcome]))) }
        return terms
    }

    /// What can be revoked of the row in focus.
    private var revocable: RevocationTarget? {
        guard let name = lists[focus]?.selection?.name, !name.isEmpty else { return nil }
        switch focus {
        case .clients: return .client(name)
        case .addresses: return Network(name).map { .network($0) }
        case .chart, .routes, .denials: return nil
        }
    }

    private func open(in context: ScreenContext) -> [Effect] {
        guard let target else { return [] }
        return [.show(.traffic, adding: target.terms, selecting: target.event)]
    }

    // MARK: - Data

    /// The window that the screen shows at this moment.
    func window(in context: ScreenContext) -> TimeWindow {
        let length = preset.seconds * 1_000_000
        switch anchor {
        case .end(let end):
            return TimeWindow(start: end.advanced(by: -length), end: end)
        case .present:
            var end = context.shownNow
            if let newest = context.status?.newest, newest < end.advanced(by: -length) {
                end = Timestamp(seconds: newest.second + 1)
            }
            return TimeWindow(start: end.advanced(by: -length), end: end)
        }
    }

    /// Whether the window ends at an old store's newest event and not at the present.
    func showsOldStore(in context: ScreenContext) -> Bool {
        guard anchor == .present, let newest = context.status?.newest else { return false }
        return newest < context.shownNow.advanced(by: -preset.seconds * 1_000_000)
    }

    func query(in context: ScreenContext) -> OverviewQuery {
        let layout = OverviewLayout(area, focus: focus, isZoomed: isZoomed)
        return OverviewQuery(
            window: window(in: context), filter: context.filter,
            buckets: min(400, max(10, StackedChart.plotWidth(in: layout.chart))),
            rows: max(20, layout.rows(of: focus)), clientMetric: metrics[.clients] ?? .requests,
            routeMetric: metrics[.routes] ?? .requests, addressMetric: metrics[.addresses] ?? .requests,
            denials: 50, snapshot: context.pause?.snapshot, now: context.shownNow)
    }

    package mutating func refresh(in context: ScreenContext) -> [Effect] {
        guard context.status != nil else { return [] }
        let query = query(in: context)
        guard query != awaited else { return [] }
        awaited = query
        isDirty = false
        return [.ask(.overview(query))]
    }

    package mutating func receive(_ message: Message, in context: ScreenContext) -> [Effect] {
        switch message {
        case .status:
            guard context.pause == nil else { return [] }
            isDirty = true
            return awaited == nil ? refresh(in: context) : []
        case .answered(.overview(let query), let answer) where query == awaited:
            awaited = nil
            let effects = take(answer)
            return isDirty && context.pause == nil ? effects + refresh(in: context) : effects
        case .answered, .exported, .notice, .policy, .acted:
            return []
        }
    }

    private mutating func take(_ answer: Answer) -> [Effect] {
        switch answer {
        case .overview(let overview):
            contents = .loaded(overview)
            replaceRows(of: .clients, with: overview.clients)
            replaceRows(of: .routes, with: overview.routes)
            replaceRows(of: .addresses, with: overview.addresses)
            denials.replaceRows(overview.denials.map(\.id))
        case .failed(let text):
            // What was shown before stays: it is old, and still better than nothing.
            guard contents.value == nil else { return [.notify(Notice(.problem, text))] }
            contents = .failed(text)
        case .page, .count, .values, .unread, .policy:
            break
        }
        return []
    }

    /// The selection stays on its row, and the rows above it in sight while there is room for both.
    private mutating func replaceRows(of panel: OverviewPanel, with items: [Overview.Ranked]) {
        lists[panel]?.replaceRows(items.map(\.id))
        lists[panel]?.scrollUp()
    }

    /// A live window moves on by itself, one bucket at a time.
    package mutating func tick(in context: ScreenContext) -> [Effect] {
        guard context.pause == nil, anchor == .present, awaited == nil, !showsOldStore(in: context) else { return [] }
        guard let overview = contents.value else { return refresh(in: context) }
        let step = max(1, overview.bucketSeconds)
        guard context.now.rounded(downToSeconds: step) > overview.window.end.advanced(by: -1) else { return [] }
        return refresh(in: context)
    }

    package mutating func goBack(in context: ScreenContext) -> [Effect]? {
        if isZoomed {
            isZoomed = false
            layOut()
            return []
        }
        guard cursor != nil else { return nil }
        cursor = nil
        return []
    }

    package mutating func resize(to area: Rect) {
        self.area = area
        layOut()
    }

    private mutating func layOut() {
        let layout = OverviewLayout(area, focus: focus, isZoomed: isZoomed)
        for panel in OverviewPanel.lists { lists[panel]?.setVisibleRows(layout.rows(of: panel)) }
        denials.setVisibleRows(layout.rows(of: .denials))
    }

    package func filterNote(in context: ScreenContext) -> CleanText {
        guard let overview = contents.value else { return .empty }
        let requests = NumberText.grouped(overview.totals.requests) + " requests"
        return context.filter == .everything ? requests : requests + " match"
    }

    package func exportView(in context: ScreenContext) -> Export.View? { .overview(query(in: context)) }
}
