import Domain
package import Terminal

/// The page of what roles permit and clients may ask for, with its last use in recorded traffic: what was never used
/// comes first, and goes in one change.
package struct AccessReviewScreen: RecordScreen {
    package static let name = ScreenName.accessReview
    package static var keymap: Keymap<AccessReviewCommand> { AccessReviewCommand.keymap }
    package static let placeholder: CleanText = "nothing to show: r reads the traffic again"
    package static let bannerHeight = 1
    /// How far back it looks, in days.
    static let days: Int64 = 90

    private enum Reading: Sendable {
        case none
        case reading(since: Timestamp, requests: Int, total: Int)
        case read(since: Timestamp, requests: Int, at: Timestamp)
        case failed(String)
    }

    package var records = RecordList<UsageReport.Row>()
    private var reading = Reading.none

    package init() {}

    // MARK: - Commands

    package mutating func perform(_ command: AccessReviewCommand, in context: ScreenContext) -> [Effect] {
        if let effects = performListing(command, in: context) { return effects }
        switch command {
        case .delete: return remove(in: context)
        case .markUnused:
            records.mark { $0.count == 0 }
            return []
        case .owner: return records.selected.map { [Self.holder(of: $0.thing)] } ?? []
        case .requests:
            guard case .scope(let client, _)? = records.selected?.thing else { return [] }
            return [.show(.traffic, adding: [.exactly(client, in: .client)])]
        case .again: return read(in: context)
        case .copy: return [.copy(text(in: context))]
        case .open, .undo, .mark, .clearMarks, .narrow, .sort, .reverse, .up, .down, .pageUp, .pageDown, .first, .last:
            return []
        }
    }

    package func disabledReason(for command: AccessReviewCommand, in context: ScreenContext) -> String? {
        switch command {
        case .delete:
            return context.reasonAgainst(.edit) ?? (records.targets.isEmpty ? "nothing is selected" : nil)
        case .owner: return records.selected == nil ? "nothing is selected" : nil
        case .requests:
            guard case .scope? = records.selected?.thing else { return "only the scopes of clients have traffic" }
            return nil
        case .markUnused: return records.rows.contains { $0.count == 0 } ? nil : "all in sight was used"
        case .copy: return records.rows.isEmpty ? "there is nothing to copy" : nil
        case .again: return isReading ? "it is being read: esc stops" : nil
        case .open, .undo, .mark, .clearMarks, .narrow, .sort, .reverse, .up, .down, .pageUp, .pageDown, .first, .last:
            return listingReason(for: command, in: context)
        }
    }

    private func remove(in context: ScreenContext) -> [Effect] {
        guard let state = context.policy.state else { return [] }
        let edits = AccessRemoval.edits(of: records.targets.map(\.thing), in: state.policy)
        guard !edits.isEmpty else { return [.notify(Notice(.info, "others have removed it meanwhile"))] }
        return [.open(.review(ChangeRequest(edits: edits, basedOn: state.version.number)))]
    }

    private static func holder(of thing: UsageReport.Row.Thing) -> Effect {
        switch thing {
        case .permission(let role, _, _): .showItem(.roles, role)
        case .scope(let client, _): .showItem(.clients, client)
        }
    }

    // MARK: - Data

    private var isReading: Bool { if case .reading = reading { true } else { false } }

    private mutating func read(in context: ScreenContext) -> [Effect] {
        let since = context.now.rounded(downToSeconds: 60).advanced(by: -Self.days * 86_400_000_000)
        reading = .reading(since: since, requests: 0, total: 0)
        return [.ask(.policy(.usage(since: since)))]
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
            guard let policy = context.policy.state?.policy else { return [] }
            if case .none = reading { return refresh(in: context) }
            records.take(records.all.filter { AccessRemoval.isThere($0.thing, in: policy) }, in: context)
            return []
        case .answered(.policy(.usage(let since)), let answer):
            guard case .reading(since, _, _) = reading else { return [] }
            take(answer, since: since, in: context)
            return []
        case .acted(.change, .done):
            records.clearMarks()
            return []
        case .answered, .acted, .status, .exported, .notice: return []
        }
    }

    private mutating func take(_ answer: Answer, since: Timestamp, in context: ScreenContext) {
        switch answer {
        case .policy(.usage(let report)):
            guard report.isComplete else {
                reading = .reading(since: since, requests: report.requests, total: report.total)
                return
            }
            reading = .read(since: since, requests: report.requests, at: context.now)
            records.take(report.rows.sorted(by: UsageReport.Row.comesBefore), in: context)
        case .failed(let text): reading = .failed(text)
        case .policy, .overview, .page, .count, .values, .unread: break
        }
    }

    package mutating func askDetail(anew: Bool, in context: ScreenContext) -> [Effect] { [] }

    /// Stops a reading before anything else.
    package mutating func goBack(in context: ScreenContext) -> [Effect]? {
        if isReading {
            reading = .failed("the reading was stopped: r begins again")
            return [.cancel(.usage)]
        }
        return records.goBack(in: context) ? [] : nil
    }

    package func exportView(in context: ScreenContext) -> Export.View? {
        guard !records.rows.isEmpty else { return nil }
        let header = ["kind", "holder", "what", "requests", "last"]
        return .rows(
            header: header,
            records.rows.map { row in
                ["kind", "holder", "what", "count", "last"].map { row.values(of: $0, in: context).first ?? "" }
            })
    }

    // MARK: - Words

    package func banner(in context: ScreenContext, _ glyphs: Glyphs) -> [[Piece]] {
        switch reading {
        case .none: return [[Piece("the traffic is read when there is a policy", .dim)]]
        case .reading(_, let requests, let total):
            let share: CleanText =
                total == 0 ? "…" : "… " + NumberText.percent(min(1, Double(requests) / Double(total)))
            return [[Piece("reading the traffic of \(Self.days) days" + share, .accent), Piece("   esc stops", .dim)]]
        case .read(_, let requests, let time):
            let unused = records.all.count { $0.count == 0 }
            return [
                [
                    Piece(NumberText.grouped(unused), unused > 0 ? .caution : .text),
                    Piece(" never used in " + NumberText.grouped(requests) + " requests of \(Self.days) days", .text),
                    Piece(", read " + CleanText(TimeText.relative(time, now: context.now)), .dim),
                ]
            ]
        case .failed(let text): return [[Piece(CleanText(text), .caution)]]
        }
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
            let holders = (state.items[.client] ?? []).count { item in
                if case .client(let client) = item { client.roles.contains { $0.text == role } } else { false }
            }
            lines.append(.field("in its hands", [Piece(Counted.text(holders, "client"))]))
        }
        let note: CleanText =
            "a permission is used when it decided a request, a scope when a request of the client needed it; a log "
            + "doesn't say what a token had"
        return lines + [.field(.empty, [Piece(note, .faint)])]
    }

    private func text(in context: ScreenContext) -> String {
        records.rows.map { row in
            ["holder", "what", "count", "last"].map { row.values(of: $0, in: context).first ?? "never" }
                .joined(separator: "\t")
        }
        .joined(separator: "\n")
    }
}
