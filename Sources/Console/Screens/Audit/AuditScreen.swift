package import Domain
package import Terminal

/// The trail of everything that was done, newest first, with the state of its chain.
package struct AuditScreen: RecordScreen {
    package static let name = ScreenName.audit
    package static var keymap: Keymap<AuditCommand> { AuditCommand.keymap }
    package static let placeholder: CleanText = "nothing was done yet"
    package static let bannerHeight = 1
    /// So many records are read at first, and more when one comes near the end of them.
    private static let readAtOnce = 500
    /// Seconds between two looks for new ones.
    private static let interval: Int64 = 3

    package var records = RecordList<AuditRecord>()
    private var detail: AuditDetail?
    private var chain = ChainState.unknown
    private var limit = AuditScreen.readAtOnce
    private var awaited: Int?
    private var askedAt = Timestamp.distantPast

    package init() {}

    // MARK: - Commands

    package mutating func perform(_ command: AuditCommand, in context: ScreenContext) -> [Effect] {
        if let effects = performListing(command, in: context) { return effects + readOn(in: context) }
        switch command {
        case .verify:
            chain = .checking(done: 0, total: 0)
            return [.ask(.policy(.verification))]
        case .jump: return records.selected?.place.map { [.showItem($0.screen, $0.name)] } ?? []
        case .requests:
            guard let time = records.selected?.entry.time else { return [] }
            let (start, end) = (time.advanced(by: -300_000_000), time.advanced(by: 300_000_000))
            return [.show(.traffic, adding: [.test(.since(.at(start))), .test(.until(.at(end)))])]
        case .copy:
            return records.selected.map { [.copy("\($0.sequence) \(Hex.text($0.hash))")] } ?? []
        case .open, .undo, .narrow, .sort, .reverse, .columns, .up, .down, .pageUp, .pageDown, .first, .last: return []
        }
    }

    package func disabledReason(for command: AuditCommand, in context: ScreenContext) -> String? {
        switch command {
        case .verify: chain.isChecking ? "it is being verified: esc stops" : nil
        case .jump:
            records.selected == nil
                ? "nothing is selected" : records.selected?.place == nil ? "it is about nothing that has a screen" : nil
        case .requests, .copy: records.selected == nil ? "nothing is selected" : nil
        case .open, .undo, .narrow, .sort, .reverse, .columns, .up, .down, .pageUp, .pageDown, .first, .last:
            listingReason(for: command, in: context)
        }
    }

    // MARK: - Data

    package mutating func reload(in context: ScreenContext) -> [Effect] {
        guard context.policy.state != nil, awaited != limit else { return [] }
        awaited = limit
        askedAt = context.now
        return [.ask(.policy(.audit(limit: limit)))]
    }

    /// Reads further back when the selection comes near the oldest that was read.
    private mutating func readOn(in context: ScreenContext) -> [Effect] {
        guard let index = records.list.index, index + 50 > records.rows.count, records.all.count == limit else {
            return []
        }
        limit *= 2
        return reload(in: context)
    }

    package mutating func refresh(in context: ScreenContext) -> [Effect] {
        awaited = nil
        records.update(in: context)
        return (records.isFrozen(in: context) ? [] : reload(in: context)) + askDetail(anew: true, in: context)
    }

    /// Stops a verification before anything else.
    package mutating func goBack(in context: ScreenContext) -> [Effect]? {
        guard chain.isChecking else { return records.goBack(in: context) ? askDetail(anew: false, in: context) : nil }
        chain = .failed("the verification was stopped: v begins again")
        return [.cancel(.verification)]
    }

    package mutating func tick(in context: ScreenContext) -> [Effect] {
        guard context.pause == nil, awaited == nil,
            context.now > askedAt.advanced(by: Self.interval * 1_000_000)
        else { return [] }
        return reload(in: context)
    }

    package mutating func receive(_ message: Message, in context: ScreenContext) -> [Effect] {
        switch message {
        case .policy, .acted:
            if case .acted(_, .done) = message { records.outdate() }
            awaited = nil
            return context.isInFront && !records.isFrozen(in: context) ? reload(in: context) : []
        case .answered(.policy(.audit(let limit)), let answer):
            if awaited == limit { awaited = nil }
            return take(answer, in: context)
        case .answered(.policy(.verification), let answer):
            take(verification: answer, in: context)
            return []
        case .answered(let question, let answer):
            detail?.take(answer, to: question)
            return []
        case .status, .exported, .notice: return []
        }
    }

    private mutating func take(_ answer: Answer, in context: ScreenContext) -> [Effect] {
        switch answer {
        case .policy(.audit(let found)):
            if records.all.first != found.first || records.all.count != found.count {
                records.take(found, in: context)
            }
            return askDetail(anew: false, in: context)
        case .failed(let text): return [.notify(Notice(.problem, text))]
        case .policy, .overview, .page, .count, .values, .unread: return []
        }
    }

    private mutating func take(verification answer: Answer, in context: ScreenContext) {
        guard chain.isChecking else { return }
        switch answer {
        case .policy(.verifying(let done, let total)): chain = .checking(done: done, total: total)
        case .policy(.verification(let report)): chain = .checked(report, at: context.now)
        case .failed(let text): chain = .failed("not verified: \(text)")
        case .policy, .overview, .page, .count, .values, .unread: break
        }
    }

    package mutating func askDetail(anew: Bool, in context: ScreenContext) -> [Effect] {
        guard let record = records.selected else {
            detail = nil
            return []
        }
        let isOther = detail?.record != record
        guard isOther || anew else { return [] }
        let shown = isOther ? AuditDetail(record) : detail ?? AuditDetail(record)
        detail = shown
        return shown.questions.map { .ask($0) }
    }

    package mutating func show(named name: String, in context: ScreenContext) -> [Effect] {
        records.clearFilter(in: context)
        if let number = Int64(name) { records.select(number) }
        return refresh(in: context)
    }

    // MARK: - Words

    package func banner(in context: ScreenContext, _ glyphs: Glyphs) -> [[Piece]] {
        [chain.line(newest: records.all.first?.sequence, zone: context.zone, glyphs)]
    }

    package func detailTitle(in context: ScreenContext) -> CleanText {
        records.selected.map { CleanText("audit record \($0.sequence)") } ?? .empty
    }

    package func detailLines(in context: ScreenContext, _ glyphs: Glyphs) -> [ItemDetail.Line] {
        chain.findings + (detail?.lines(context) ?? [])
    }

    package func filterNote(in context: ScreenContext) -> CleanText {
        let total = NumberText.grouped(Int(records.all.first?.sequence ?? 0))
        let read = NumberText.grouped(records.all.count)
        let shown =
            records.rows.count == records.all.count ? read : NumberText.grouped(records.rows.count) + " of " + read
        return records.all.count == limit ? shown + " newest of " + total : shown
    }
}
