package import Domain
package import Terminal

/// The versions of the policy: what each changed, how two differ, and the way back.
package struct HistoryScreen: RecordScreen {
    package static let name = ScreenName.history
    package static var keymap: Keymap<HistoryCommand> { HistoryCommand.keymap }
    package static let placeholder: CleanText = "no versions yet"
    private static let readAtOnce = 500

    /// What was asked for, to be reviewed when it comes.
    private enum Pending: Sendable {
        case restore(version: Int, active: Int)
        case revert(version: Int, active: Int)

        var question: Question {
            switch self {
            case .restore(let version, let active): .policy(.difference(from: active, to: version))
            case .revert(let version, _): .policy(.edits(version: version))
            }
        }
    }

    /// What the detail shows: what a version changed, or how two differ.
    private struct Shown: Sendable {
        enum Subject: Hashable, Sendable {
            case version(Int)
            case difference(from: Int, to: Int)
        }

        let subject: Subject
        var edits = Contents<[PolicyEdit]>.loading

        var question: Question {
            switch subject {
            case .version(let number): .policy(.edits(version: number))
            case .difference(let old, let new): .policy(.difference(from: old, to: new))
            }
        }
    }

    package var records = RecordList<PolicyVersion>()
    private var shown: Shown?
    private var pending: Pending?
    private var limit = HistoryScreen.readAtOnce
    private var wanted: Int?

    package init() {}

    // MARK: - Commands

    package mutating func perform(_ command: HistoryCommand, in context: ScreenContext) -> [Effect] {
        if let effects = performListing(command, in: context) { return effects + readOn(in: context) }
        guard let version = records.selected, let active = context.policy.state?.version.number else { return [] }
        switch command {
        case .restore: return ask(.restore(version: version.number, active: active))
        case .revert: return ask(.revert(version: version.number, active: active))
        case .copy: return [.copy("\(version.number) \(Hex.text(version.content))")]
        case .open, .undo, .mark, .clearMarks, .narrow, .sort, .reverse, .up, .down, .pageUp, .pageDown, .first, .last:
            return []
        }
    }

    private mutating func ask(_ pending: Pending) -> [Effect] {
        self.pending = pending
        return [.ask(pending.question)]
    }

    package func disabledReason(for command: HistoryCommand, in context: ScreenContext) -> String? {
        switch command {
        case .restore: reasonAgainstGoingBack(in: context, active: "it is in force already: R takes its change back")
        case .revert:
            reasonAgainstGoingBack(in: context, active: nil)
                ?? (records.selected?.origin == .first ? "nothing was before the first version" : nil)
        case .copy: records.selected == nil ? "nothing is selected" : nil
        case .open, .undo, .mark, .clearMarks, .narrow, .sort, .reverse, .up, .down, .pageUp, .pageDown, .first, .last:
            listingReason(for: command, in: context)
        }
    }

    private func reasonAgainstGoingBack(in context: ScreenContext, active: String?) -> String? {
        if let reason = context.reasonAgainst(.edit) { return reason }
        guard let version = records.selected else { return "nothing is selected" }
        switch version.state {
        case .draft, .shadow: return "it waits, and was never in force"
        case .active: return active
        case .retired: return version.origin == .draft ? "it was a draft, and never in force" : nil
        }
    }

    // MARK: - Data

    package mutating func reload(in context: ScreenContext) -> [Effect] {
        context.policy.state == nil ? [] : [.ask(.policy(.versions(limit: limit)))]
    }

    package mutating func refresh(in context: ScreenContext) -> [Effect] {
        // What comes for a screen that was left opens nothing when one is back.
        pending = nil
        records.update(in: context)
        return reload(in: context) + askDetail(anew: true, in: context)
    }

    private mutating func readOn(in context: ScreenContext) -> [Effect] {
        guard let index = records.list.index, index + 50 > records.rows.count, records.all.count == limit else {
            return []
        }
        limit *= 2
        return reload(in: context)
    }

    package mutating func receive(_ message: Message, in context: ScreenContext) -> [Effect] {
        switch message {
        case .policy: return reload(in: context)
        case .answered(.policy(.versions), .policy(.versions(let found))):
            records.take(found, in: context)
            if let wanted { records.select(wanted) }
            wanted = nil
            return askDetail(anew: false, in: context)
        case .answered(let question, let answer):
            take(answer, to: question)
            return takePending(answer, to: question)
        case .acted, .status, .exported, .notice: return []
        }
    }

    private mutating func take(_ answer: Answer, to question: Question) {
        guard question == shown?.question else { return }
        switch answer {
        case .policy(.edits(let found)): shown?.edits = .loaded(found)
        case .failed(let text): shown?.edits = .failed(text)
        case .policy, .overview, .page, .count, .values, .unread: break
        }
    }

    private mutating func takePending(_ answer: Answer, to question: Question) -> [Effect] {
        guard let pending, pending.question == question else { return [] }
        self.pending = nil
        // What the detail had asked for may have given way to this.
        var effects: [Effect] = []
        if let shown, case .loading = shown.edits { effects = [.ask(shown.question)] }
        switch answer {
        case .policy(.edits(let edits)):
            guard !edits.isEmpty else { return effects + [.notify(Notice(.info, "that would change nothing"))] }
            switch pending {
            case .restore(let version, let active):
                let request = ChangeRequest(.restore(version: version), edits: edits, basedOn: active)
                return effects + [.open(.review(request))]
            case .revert(let version, let active):
                let request = ChangeRequest(.undo(version: version), edits: edits.map(\.inverse), basedOn: active)
                return effects + [.open(.review(request))]
            }
        case .failed(let text): return effects + [.notify(Notice(.problem, text))]
        case .policy, .overview, .page, .count, .values, .unread: return effects
        }
    }

    /// Two versions while one opens the detail with a mark elsewhere, else the selected one's changes.
    private var subject: Shown.Subject? {
        guard let number = records.selected?.number else { return nil }
        guard records.detailScroll != nil else { return .version(number) }
        let pair = Set(records.marked.count == 1 ? Array(records.marked) + [number] : Array(records.marked)).sorted()
        return pair.count == 2 ? .difference(from: pair[0], to: pair[1]) : .version(number)
    }

    package mutating func askDetail(anew: Bool, in context: ScreenContext) -> [Effect] {
        guard let subject else {
            shown = nil
            return []
        }
        let isOther = shown?.subject != subject
        guard isOther || anew else { return [] }
        let asked = isOther ? Shown(subject: subject) : shown ?? Shown(subject: subject)
        shown = asked
        return [.ask(asked.question)]
    }

    package mutating func show(named name: String, in context: ScreenContext) -> [Effect] {
        records.clearFilter(in: context)
        wanted = Int(name)
        return refresh(in: context)
    }

    // MARK: - Words

    package func detailTitle(in context: ScreenContext) -> CleanText {
        switch shown?.subject {
        case .version(let number): CleanText("version \(number)")
        case .difference(let old, let new): CleanText("from version \(old) to version \(new)")
        case nil: .empty
        }
    }

    package func detailLines(in context: ScreenContext, _ glyphs: Glyphs) -> [ItemDetail.Line] {
        guard let shown else { return [] }
        switch shown.subject {
        case .version:
            return (records.selected?.facts(context) ?? []) + [.heading("what it changed")]
                + SignedLines.lines(of: shown.edits)
        case .difference: return SignedLines.lines(of: shown.edits)
        }
    }
}
