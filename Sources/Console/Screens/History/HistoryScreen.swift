package import Domain
package import Terminal

/// The versions of the policy: what each changed, how two differ, and the way back.
package struct HistoryScreen: RecordScreen {
    package static let name = ScreenName.history
    package static var keymap: Keymap<HistoryCommand> { HistoryCommand.keymap }
    package static let placeholder: CleanText = "no versions yet"
    private static let readAtOnce = 500

    package var records = RecordList<PolicyVersion>()
    private var detail: VersionDetail?
    /// What was asked for, to be reviewed when it comes.
    var goingBack: GoingBack?
    private var limit = HistoryScreen.readAtOnce
    private var wanted: Int?

    package init() {}

    // MARK: - Commands

    package mutating func perform(_ command: HistoryCommand, in context: ScreenContext) -> [Effect] {
        if let effects = performListing(command, in: context) { return effects + readOn(in: context) }
        guard let version = records.selected, let active = context.policy.state?.version.number else { return [] }
        switch command {
        case .restore: return ask(GoingBack(.restore, to: version.number, from: active))
        case .revert: return ask(GoingBack(.revert, to: version.number, from: active))
        case .copy: return [.copy("\(version.number) \(Hex.text(version.content))")]
        case .open, .undo, .mark, .clearMarks, .narrow, .sort, .reverse, .columns, .up, .down, .pageUp, .pageDown,
            .first, .last:
            return []
        }
    }

    package func disabledReason(for command: HistoryCommand, in context: ScreenContext) -> String? {
        switch command {
        case .restore: reasonAgainstGoingBack(in: context, active: "it is in force already: R takes its change back")
        case .revert:
            reasonAgainstGoingBack(in: context, active: nil)
                ?? (records.selected?.origin == .first ? "nothing was before the first version" : nil)
        case .copy: records.selected == nil ? "nothing is selected" : nil
        case .open, .undo, .mark, .clearMarks, .narrow, .sort, .reverse, .columns, .up, .down, .pageUp, .pageDown,
            .first, .last:
            listingReason(for: command, in: context)
        }
    }

    // MARK: - Data

    package mutating func reload(in context: ScreenContext) -> [Effect] {
        context.policy.state == nil ? [] : [.ask(.policy(.versions(limit: limit)))]
    }

    package mutating func refresh(in context: ScreenContext) -> [Effect] {
        // What comes for a screen that was left opens nothing when one is back.
        goingBack = nil
        records.update(in: context)
        return (records.isFrozen(in: context) ? [] : reload(in: context)) + askDetail(anew: true, in: context)
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
        case .policy: return records.isFrozen(in: context) ? [] : reload(in: context)
        case .answered(.policy(.versions), .policy(.versions(let found))):
            records.take(found, in: context)
            if let wanted { records.select(wanted) }
            wanted = nil
            return askDetail(anew: false, in: context)
        case .answered(let question, let answer):
            detail?.take(answer, to: question)
            return takeGoingBack(answer, to: question)
        case .acted(_, .done):
            records.outdate()
            return reload(in: context)
        case .acted, .status, .exported, .notice: return []
        }
    }

    /// What the detail had asked for, which may have given way to another question.
    var lostQuestion: Question? { detail?.isWaiting == true ? detail?.question : nil }

    /// Two versions while one opens the detail with a mark elsewhere, else the selected one's changes.
    private var subject: VersionDetail.Subject? {
        guard let number = records.selected?.number else { return nil }
        guard records.detailScroll != nil else { return .version(number) }
        let marked = records.marked.map(\.number)
        let pair = Set(marked.count == 1 ? marked + [number] : marked).sorted()
        return pair.count == 2 ? .difference(from: pair[0], to: pair[1]) : .version(number)
    }

    package mutating func askDetail(anew: Bool, in context: ScreenContext) -> [Effect] {
        guard let subject else {
            detail = nil
            return []
        }
        let isOther = detail?.subject != subject
        guard isOther || anew else { return [] }
        let asked = isOther ? VersionDetail(subject) : detail ?? VersionDetail(subject)
        detail = asked
        return [.ask(asked.question)]
    }

    package mutating func show(named name: String, in context: ScreenContext) -> [Effect] {
        records.clearFilter(in: context)
        wanted = Int(name)
        return refresh(in: context)
    }

    // MARK: - Words

    package func detailTitle(in context: ScreenContext) -> CleanText { detail?.title ?? .empty }

    package func detailLines(in context: ScreenContext, _ glyphs: Glyphs) -> [ItemDetail.Line] {
        detail?.lines(of: records.selected, context) ?? []
    }
}
