import Domain
package import Terminal

/// What waits for a second operator, and the changes by break-glass that are in force or that nobody else has looked at.
package struct DraftsScreen: RecordScreen {
    package static let name = ScreenName.drafts
    package static var keymap: Keymap<DraftCommand> { DraftCommand.keymap }
    package static let placeholder: CleanText = "nothing waits for approval, and there is no alarm"

    package var records = RecordList<WaitingChange>()
    /// What the selected one changes.
    private var edits: (version: Int, edits: Contents<[PolicyEdit]>)?

    package init() {}

    // MARK: - Commands

    package mutating func perform(_ command: DraftCommand, in context: ScreenContext) -> [Effect] {
        if let effects = performListing(command, in: context) { return effects }
        guard let version = records.selected?.version else { return [] }
        let (number, author) = (version.number, version.author.name)
        switch command {
        case .approve:
            guard let edits = edits?.edits.value, let active = context.policy.state?.version.number else { return [] }
            let kind = ChangeRequest.Kind.approve(version: number, author: author, reason: version.reason)
            return [.open(.review(ChangeRequest(kind, edits: edits, basedOn: version.parent ?? active)))]
        case .reject: return [.open(.reason(.reject(version: number, author: author)))]
        case .keep:
            guard let edits = edits?.edits.value else { return [] }
            return [
                .open(.review(ChangeRequest(.keep(version: number, author: author), edits: edits, basedOn: number)))
            ]
        case .reviewed:
            var isOver = false
            if case .emergency(let change)? = records.selected { isOver = !change.isOpen }
            return [.open(.reason(.reviewed(version: number, author: author, isOver: isOver)))]
        case .open, .undo, .narrow, .sort, .reverse, .columns, .up, .down, .pageUp, .pageDown, .first, .last: return []
        }
    }

    package func disabledReason(for command: DraftCommand, in context: ScreenContext) -> String? {
        switch command {
        case .approve:
            reasonAgainstDraft(in: context)
                ?? (isOwn(in: context) ? "it is your own: somebody else has to approve it" : nil)
                ?? (edits?.edits.value == nil ? "what it changes is still being read" : nil)
        case .reject: reasonAgainstDraft(in: context)
        case .keep:
            reasonAgainstSigning(in: context) ?? reasonAgainstKeeping
                ?? (edits?.edits.value == nil ? "what it changes is still being read" : nil)
        case .reviewed: reasonAgainstSigning(in: context) ?? reasonAgainstReview
        case .open, .undo, .narrow, .sort, .reverse, .columns, .up, .down, .pageUp, .pageDown, .first, .last:
            listingReason(for: command, in: context)
        }
    }

    private func isOwn(in context: ScreenContext) -> Bool {
        records.selected?.version.author.userID == context.policy.state?.actor.userID
    }

    private func reasonAgainstDraft(in context: ScreenContext) -> String? {
        switch records.selected {
        case nil: "nothing is selected"
        case .emergency: "it is in force already: K keeps it, v says that it was reviewed"
        // Authors may take their own drafts back.
        case .draft: context.reasonAgainst(isOwn(in: context) ? .edit : .approve)
        }
    }

    private func reasonAgainstSigning(in context: ScreenContext) -> String? {
        switch records.selected {
        case nil: "nothing is selected"
        case .draft: "it is a draft: a approves it, r rejects it"
        case .emergency:
            context.reasonAgainst(.approve)
                ?? (isOwn(in: context) ? "it is your own: somebody else has to look at it" : nil)
        }
    }

    private var reasonAgainstReview: String? {
        guard case .emergency(let change)? = records.selected else { return nil }
        if change.ending == .failed {
            return "something of it is in force: take away what stands on it, or let it stay with K"
        }
        return change.review.map { "\($0.reviewer.name) has looked at it already: K lets it stay" }
    }

    private var reasonAgainstKeeping: String? {
        guard case .emergency(let change)? = records.selected, !change.isOpen else { return nil }
        return "it has ended: v says that it was reviewed"
    }

    // MARK: - Data

    package mutating func reload(in context: ScreenContext) -> [Effect] {
        guard let state = context.shownPolicy.state else { return [] }
        // What is in force comes before what only waits for somebody to look at it.
        let emergencies = state.emergencies.filter(\.isOpen) + state.emergencies.filter { !$0.isOpen }
        records.take(emergencies.map { .emergency($0) } + state.drafts.map { .draft($0) }, in: context)
        return []
    }

    package mutating func receive(_ message: Message, in context: ScreenContext) -> [Effect] {
        switch message {
        case .policy, .acted(_, .done): return refresh(in: context)
        case .answered(.policy(.edits(let version)), let answer) where version == edits?.version:
            switch answer {
            case .policy(.edits(let found)): edits?.edits = .loaded(found)
            case .failed(let text): edits?.edits = .failed(text)
            case .policy, .overview, .page, .count, .values, .unread: break
            }
            return []
        case .answered, .acted, .status, .exported, .notice: return []
        }
    }

    package mutating func askDetail(anew: Bool, in context: ScreenContext) -> [Effect] {
        guard let version = records.selected?.version.number else {
            edits = nil
            return []
        }
        let isOther = edits?.version != version
        guard isOther || anew else { return [] }
        if isOther { edits = (version, .loading) }
        return [.ask(.policy(.edits(version: version)))]
    }

    package mutating func show(named name: String, in context: ScreenContext) -> [Effect] {
        records.clearFilter(in: context)
        let effects = refresh(in: context)
        guard let number = Int(name) else { return effects }
        records.select(number)
        return effects + askDetail(anew: false, in: context)
    }

    // MARK: - Words

    package func detailTitle(in context: ScreenContext) -> CleanText {
        switch records.selected {
        case .emergency(let change): CleanText("break-glass version \(change.version.number)")
        case .draft(let version): CleanText("draft \(version.number) of \(version.author.name)")
        case nil: .empty
        }
    }

    package func detailLines(in context: ScreenContext, _ glyphs: Glyphs) -> [ItemDetail.Line] {
        guard let selected = records.selected else { return [] }
        var lines: [ItemDetail.Line] = []
        if case .emergency(let change) = selected {
            let until = TimeText.dateAndTime(change.expires, zone: context.zone)
            let isAlarm = change.isAlarm(at: context.now)
            let standing = selected.standing(at: context.now)
            lines.append(
                .field(
                    isAlarm ? "alarm" : "state",
                    [
                        Piece(CleanText(isAlarm ? "! " + standing : standing), isAlarm ? .danger : .caution),
                        Piece(CleanText("  until \(until)"), .dim),
                    ]))
            if let review = change.review {
                let time = TimeText.dateAndTime(review.time, zone: context.zone)
                lines.append(.field("looked at", [Piece(CleanText("by \(review.reviewer.name), \(time)"))]))
            }
        }
        if case .emergency(let change) = selected, change.ending == .failed {
            lines.append(.field("why", [Piece("not all could be taken back: other changes stand on it")]))
            lines.append(.field(.empty, [Piece("tried again at each look; take those away, or K lets it stay")]))
        }
        switch selected {
        // The version may be behind others, and what it did in force all the same.
        case .emergency: lines += selected.version.facts(context, withState: false)
        case .draft: lines += selected.version.facts(context)
        }
        lines.append(.heading("what it changes"))
        return lines + SignedLines.lines(of: edits?.edits ?? .loading)
    }
}
