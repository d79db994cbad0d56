package import Domain
package import Terminal

/// The page of paths that are called and that no route declares, each a key away from being one.
package struct DiscoveredScreen: SurveyScreen {
    package static let name = ScreenName.discovered
    package static var keymap: Keymap<DiscoveredCommand> { DiscoveredCommand.keymap }
    package static let placeholder: CleanText = "every path in the traffic has a route"
    package static let span = (seconds: Int64(86_400), words: "24 hours")

    package var records = RecordList<UndeclaredPath>()
    package var survey = Survey.waiting
    package var isBehind = false

    package init() {}

    // MARK: - Commands

    package mutating func perform(_ command: DiscoveredCommand, in context: ScreenContext) -> [Effect] {
        if let effects = performListing(command, in: context) { return effects }
        switch command {
        case .adopt:
            guard let policy = context.policy.state?.policy else { return [] }
            return review(edits(adopting: records.targets, in: policy), in: context)
        case .edit:
            guard let selected = records.selected, let policy = context.policy.state?.policy else { return [] }
            return edits(adopting: [selected], in: policy).first.map { [.propose($0)] } ?? []
        case .requests: return records.selected.map { [.show(.traffic, adding: [.exactly($0.id, in: .route)])] } ?? []
        case .again: return read(in: context)
        case .copy: return copy(in: context)
        case .open, .undo, .mark, .clearMarks, .narrow, .sort, .reverse, .columns, .up, .down, .pageUp, .pageDown,
            .first, .last:
            return []
        }
    }

    private func edits(adopting paths: [UndeclaredPath], in policy: Policy) -> [PolicyEdit] {
        let routes = policy.routes
        return policy.edits(
            adopting: paths.flatMap { path in path.missingMethods(in: routes).map { ($0, path.pattern) } })
    }

    package func disabledReason(for command: DiscoveredCommand, in context: ScreenContext) -> String? {
        switch command {
        case .adopt, .edit: context.reasonAgainst(.edit) ?? (records.targets.isEmpty ? "nothing is selected" : nil)
        case .requests: records.selected == nil ? "nothing is selected" : nil
        case .copy: reasonAgainstCopying
        case .again: reasonAgainstReading
        case .open, .undo, .mark, .clearMarks, .narrow, .sort, .reverse, .columns, .up, .down, .pageUp, .pageDown,
            .first, .last:
            listingReason(for: command, in: context)
        }
    }

    // MARK: - Data

    package static func question(since: Timestamp) -> PolicyQuestion { .discovery(since: since) }

    package func step(_ answer: PolicyAnswer) -> Survey.Step<UndeclaredPath>? {
        guard case .discovery(let found) = answer else { return nil }
        return .found(
            RecordTable(UndeclaredPath.grouped(found)), requests: found.reduce(0) { $0 + $1.counts.requests })
    }

    package func remaining(
        of table: RecordTable<UndeclaredPath>, among left: [Int32]?, in state: PolicyState
    ) -> [Int32] {
        let routes = state.routes
        return (left ?? Array(0..<Int32(table.records.count)))
            .filter { !table.records[Int($0)].isDeclared(in: routes) }
    }

    // MARK: - Words

    package func findings(in requests: Int) -> [Piece] {
        [Piece(Counted.text(records.all.count, "path") + " of the last 24 hours that no route declares", .text)]
    }

    package func detailTitle(in context: ScreenContext) -> CleanText {
        records.selected.map { CleanText($0.pattern.text) } ?? .empty
    }

    package func detailLines(in context: ScreenContext, _ glyphs: Glyphs) -> [ItemDetail.Line] {
        guard let path = records.selected else { return [] }
        var lines: [ItemDetail.Line] = [.field("outcomes", path.outcomePieces(glyphs))]
        guard let policy = context.policy.state?.policy,
            case .route(let route)? = edits(adopting: [path], in: policy).first?.after
        else { return lines }
        lines.append(.heading("as a route it would be"))
        let item = PolicyItem.route(route)
        for text in [item.key.description] + item.lines { lines.append(.field(.empty, [Piece(CleanText(text))])) }
        return lines
    }
}
