package import Domain
package import Terminal

/// The page of what roles permit and clients may ask for, with its last use in recorded traffic: what was never used
/// comes first, and goes in one change.
package struct AccessReviewScreen: SurveyScreen {
    package static let name = ScreenName.accessReview
    package static var keymap: Keymap<AccessReviewCommand> { AccessReviewCommand.keymap }
    package static let placeholder: CleanText = "nothing to show: r reads the traffic again"
    package static let span = (seconds: Int64(90 * 86_400), words: "90 days")

    package var records = RecordList<UsageReport.Row>()
    package var survey = Survey.waiting
    package var isBehind = false
    /// Who holds what the rows are about.
    private var holdings: UsageHoldings?

    package init() {}

    // MARK: - Commands

    package mutating func perform(_ command: AccessReviewCommand, in context: ScreenContext) -> [Effect] {
        if let effects = performListing(command, in: context) { return effects }
        switch command {
        case .delete: return remove(in: context)
        case .markUnused:
            let (unused, rows) = (unused, records.table.records)
            records.mark { $0 < unused && !rows[Int($0)].isDeny }
            return []
        case .owner: return records.selected.map { [Self.holder(of: $0.thing)] } ?? []
        case .requests:
            guard case .scope(let client, _)? = records.selected?.thing else { return [] }
            return [.show(.traffic, adding: [.exactly(client, in: .client)])]
        case .again: return read(in: context)
        case .copy: return copy(in: context)
        case .open, .undo, .mark, .clearMarks, .narrow, .sort, .reverse, .columns, .up, .down, .pageUp, .pageDown,
            .first, .last:
            return []
        }
    }

    package func disabledReason(for command: AccessReviewCommand, in context: ScreenContext) -> String? {
        switch command {
        case .delete:
            return context.reasonAgainst(.edit) ?? (records.hasTargets ? nil : "nothing is selected")
        case .owner: return records.selected == nil ? "nothing is selected" : nil
        case .requests:
            guard case .scope? = records.selected?.thing else { return "only the scopes of clients have traffic" }
            return nil
        case .markUnused:
            guard !records.rows.isEmpty else { return "nothing is listed yet" }
            let (unused, rows) = (unused, records.table.records)
            guard records.list.ids.contains(where: { $0 < unused }) else { return "all in sight was used" }
            return records.list.ids.contains { $0 < unused && !rows[Int($0)].isDeny }
                ? nil : "all that wasn't used are denies, which guard: space marks one"
        case .copy: return reasonAgainstCopying
        case .again: return reasonAgainstReading
        case .open, .undo, .mark, .clearMarks, .narrow, .sort, .reverse, .columns, .up, .down, .pageUp, .pageDown,
            .first, .last:
            return listingReason(for: command, in: context)
        }
    }

    private func remove(in context: ScreenContext) -> [Effect] {
        guard let policy = context.policy.state?.policy else { return [] }
        return review(AccessRemoval.edits(of: records.targets.map(\.thing), in: policy), in: context)
    }

    private static func holder(of thing: UsageReport.Row.Thing) -> Effect {
        switch thing {
        case .permission(let role, _, _): .showItem(.roles, role)
        case .scope(let client, _): .showItem(.clients, client)
        }
    }

    // MARK: - Data

    package static func question(since: Timestamp) -> PolicyQuestion { .usage(since: since) }

    package mutating func step(_ answer: PolicyAnswer) -> Survey.Step<UsageReport.Row>? {
        guard case .usage(let report) = answer else { return nil }
        guard report.isComplete else { return .progress(requests: report.requests, total: report.total) }
        holdings = report.holdings
        return .found(report.table, requests: report.requests)
    }

    package func remaining(
        of table: RecordTable<UsageReport.Row>, among left: [Int32]?, in state: PolicyState
    ) -> [Int32] {
        holdings?.remaining(among: left, in: state) ?? []
    }

    /// The places in the table before this one are of what was never used: it stands first.
    private var unused: Int32 { Int32(Self.unused(in: records.table.records)) }

    private static func unused(in rows: some RandomAccessCollection<UsageReport.Row>) -> Int {
        var rest = rows[...]
        while !rest.isEmpty {
            let middle = rest.index(rest.startIndex, offsetBy: rest.count / 2)
            rest = rest[middle].count == 0 ? rest[rest.index(after: middle)...] : rest[..<middle]
        }
        return rows.distance(from: rows.startIndex, to: rest.startIndex)
    }

    // MARK: - Words

    package func findings(in requests: Int) -> [Piece] {
        let unused = Self.unused(in: records.all)
        return [
            Piece(NumberText.grouped(unused), unused > 0 ? .caution : .text),
            Piece(" never used in " + NumberText.grouped(requests) + " requests of 90 days", .text),
        ]
    }

    package func detailTitle(in context: ScreenContext) -> CleanText {
        records.selected.map { CleanText($0.values(of: "holder", in: context).joined()) } ?? .empty
    }

    package func detailLines(in context: ScreenContext, _ glyphs: Glyphs) -> [ItemDetail.Line] {
        guard let row = records.selected else { return [] }
        var lines: [ItemDetail.Line] = [
            .field(
                CleanText(row.values(of: "kind", in: context).joined()),
                [Piece(CleanText(row.values(of: "what", in: context).joined()))]),
            .field("requests", [Piece(row.count == 0 ? "none" : NumberText.grouped(row.count))]),
            .field(
                "last use",
                [Piece(row.last.map { CleanText(TimeText.dateAndTime($0, zone: context.zone)) } ?? "never seen")]),
        ]
        if case .permission(let role, _, _) = row.thing, let state = context.policy.state {
            let holders = state.facts.clients(ofRole: role)
            lines.append(.field("in its hands", [Piece(Counted.text(holders, "client"))]))
        }
        if row.isDeny, row.count == 0 {
            let guarding: CleanText = "a deny that never fired is a guard: mark unused leaves it out, space marks it"
            lines.append(.field(.empty, [Piece(guarding, .caution)]))
        }
        let note: CleanText =
            "a permission is used when it decided a request, a scope when a request of the client needed it; a log "
            + "doesn't say what a token had"
        return lines + [.field(.empty, [Piece(note, .faint)])]
    }
}
