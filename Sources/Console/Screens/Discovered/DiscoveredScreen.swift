import Domain
package import Terminal

/// The page of paths that are called and that no route declares, each a key away from being one.
package struct DiscoveredScreen: RecordScreen {
    package static let name = ScreenName.discovered
    package static var keymap: Keymap<DiscoveredCommand> { DiscoveredCommand.keymap }
    package static let placeholder: CleanText = "every path in the traffic has a route"
    package static let bannerHeight = 1
    /// How far back it looks, in hours.
    static let hours: Int64 = 24

    private enum Reading: Sendable {
        case none
        case reading(since: Timestamp)
        case read(at: Timestamp)
        case failed(String)
    }

    package var records = RecordList<UndeclaredPath>()
    private var reading = Reading.none

    package init() {}

    // MARK: - Commands

    package mutating func perform(_ command: DiscoveredCommand, in context: ScreenContext) -> [Effect] {
        if let effects = performListing(command, in: context) { return effects }
        switch command {
        case .adopt:
            guard let state = context.policy.state else { return [] }
            let edits = edits(adopting: records.targets, in: state.policy)
            return edits.isEmpty
                ? [] : [.open(.review(ChangeRequest(edits: edits, basedOn: state.version.number)))]
        case .edit:
            guard let selected = records.selected, let policy = context.policy.state?.policy else { return [] }
            return edits(adopting: [selected], in: policy).first.map { [.propose($0)] } ?? []
        case .requests: return records.selected.map { [.show(.traffic, adding: [.exactly($0.id, in: .route)])] } ?? []
        case .again: return read(in: context)
        case .copy: return [.copy(text)]
        case .open, .undo, .mark, .clearMarks, .narrow, .sort, .reverse, .up, .down, .pageUp, .pageDown, .first, .last:
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
        case .copy: records.rows.isEmpty ? "there is nothing to copy" : nil
        case .again: if case .reading = reading { "it is being read" } else { nil }
        case .open, .undo, .mark, .clearMarks, .narrow, .sort, .reverse, .up, .down, .pageUp, .pageDown, .first, .last:
            listingReason(for: command, in: context)
        }
    }

    // MARK: - Data

    private mutating func read(in context: ScreenContext) -> [Effect] {
        let since = context.now.rounded(downToSeconds: 60).advanced(by: -Self.hours * 3_600_000_000)
        reading = .reading(since: since)
        return [.ask(.policy(.discovery(since: since)))]
    }

    package mutating func reload(in context: ScreenContext) -> [Effect] { [] }

    /// What is on its way when somebody leaves doesn't arrive, so that it is asked for again.
    package mutating func refresh(in context: ScreenContext) -> [Effect] {
        records.update(in: context)
        guard context.policy.state != nil else { return [] }
        switch reading {
        case .none, .reading: return read(in: context)
        case .read, .failed: return []
        }
    }

    package mutating func receive(_ message: Message, in context: ScreenContext) -> [Effect] {
        switch message {
        case .policy:
            if case .none = reading { return refresh(in: context) }
            takeUndeclared(records.all, in: context)
        case .answered(.policy(.discovery(let since)), let answer):
            guard case .reading(since) = reading else { return [] }
            switch answer {
            case .policy(.discovery(let found)):
                reading = .read(at: context.now)
                takeUndeclared(UndeclaredPath.grouped(found), in: context)
            case .failed(let text): reading = .failed(text)
            case .policy, .overview, .page, .count, .values, .unread: break
            }
        case .acted(.change, .done): records.clearMarks()
        case .answered, .acted, .status, .exported, .notice: break
        }
        return []
    }

    private mutating func takeUndeclared(_ paths: [UndeclaredPath], in context: ScreenContext) {
        guard let routes = context.policy.state?.policy.routes else { return }
        records.take(paths.filter { !$0.isDeclared(in: routes) }, in: context)
    }

    package mutating func askDetail(anew: Bool, in context: ScreenContext) -> [Effect] { [] }

    package func exportView(in context: ScreenContext) -> Export.View? {
        guard !records.rows.isEmpty else { return nil }
        let outcomes = Outcome.allCases.map(\.name)
        return .rows(
            header: ["methods", "path", "requests"] + outcomes,
            records.rows.map { path in
                [path.methods.map(\.name).joined(separator: " "), path.pattern.text, "\(path.counts.requests)"]
                    + Outcome.allCases.map { "\(path.counts[$0])" }
            })
    }

    // MARK: - Words

    package func banner(in context: ScreenContext, _ glyphs: Glyphs) -> [[Piece]] {
        switch reading {
        case .none: [[Piece("the traffic is read when there is a policy", .dim)]]
        case .reading: [[Piece("reading the traffic of \(Self.hours) hours…", .accent)]]
        case .read(let time):
            [
                [
                    Piece(Counted.text(records.all.count, "path"), .text),
                    Piece(" of the last \(Self.hours) hours that no route declares", .text),
                    Piece(", read " + CleanText(TimeText.relative(time, now: context.now)), .dim),
                ]
            ]
        case .failed(let text): [[Piece(CleanText(text), .caution)]]
        }
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

    private var text: String {
        records.rows.map { path in
            [path.methods.map(\.name).joined(separator: ","), path.pattern.text, "\(path.counts.requests)"]
                .joined(separator: "\t")
        }
        .joined(separator: "\n")
    }
}
