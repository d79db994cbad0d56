package import Domain
package import Terminal

/// The tokens that were issued: who holds them, for whom, until when, and the way to end them.
package struct TokensScreen: RecordScreen {
    package static let name = ScreenName.tokens
    package static var keymap: Keymap<TokenCommand> { TokenCommand.keymap }
    package static let placeholder: CleanText = "no live tokens; / state:revoked or state:expired shows the others"
    /// So many are read at a time.
    static let readAtOnce = 1000
    /// So many are revoked one by one; beyond, what they have in common is.
    static let mostAtOnce = 500
    /// Seconds between two looks for new ones.
    private static let interval: Int64 = 5

    package var records = RecordList<TokenRecord>()
    private var detail: TokenDetail?
    private var asked: TokenSelection?
    private var askedAt = Timestamp.distantPast
    private var problem: String?
    /// The token to select once it is there.
    private var wanted: String?

    package init() {}

    // MARK: - Commands

    package mutating func perform(_ command: TokenCommand, in context: ScreenContext) -> [Effect] {
        if let effects = performListing(command, in: context) { return effects }
        switch command {
        case .revoke: return [.open(.revokeSelection(selection(of: alive(records.targets, in: context))))]
        case .revokeMatching: return [revokeMatching(in: context)]
        case .revokeFamily, .revokeClient, .revokeSubject, .revokeAddress:
            return target(of: command).map { [.open(.revoke([$0]))] } ?? []
        case .requests:
            guard let token = records.selected else { return [] }
            return [.show(.traffic, adding: [.exactly(token.digest, in: .token)])]
        case .owner: return records.selected.map { [.showItem(.clients, $0.client)] } ?? []
        case .copy: return records.selected.map { [.copy($0.id)] } ?? []
        case .open, .undo, .mark, .clearMarks, .narrow, .sort, .reverse, .columns, .up, .down, .pageUp, .pageDown,
            .first, .last:
            return []
        }
    }

    // MARK: - Data

    private static func selection(for filter: ListFilter) -> TokenSelection {
        TokenSelection(narrowing: filter, limit: readAtOnce)
    }

    package mutating func reload(in context: ScreenContext) -> [Effect] {
        let selection = Self.selection(for: records.filter)
        guard context.policy.state != nil, selection != asked else { return [] }
        return ask(selection, in: context)
    }

    package mutating func filterChanged(in context: ScreenContext) -> [Effect] { reload(in: context) }

    private mutating func ask(_ selection: TokenSelection, in context: ScreenContext) -> [Effect] {
        asked = selection
        askedAt = context.now
        return [.ask(.policy(.tokens(selection)))]
    }

    package mutating func refresh(in context: ScreenContext) -> [Effect] {
        if !records.isFrozen(in: context) { asked = nil }
        records.update(in: context)
        return reload(in: context) + askDetail(anew: true, in: context)
    }

    package mutating func tick(in context: ScreenContext) -> [Effect] {
        guard context.pause == nil, context.policy.state != nil, let asked,
            context.now.microseconds - askedAt.microseconds >= Self.interval * 1_000_000
        else { return [] }
        return ask(asked, in: context)
    }

    package mutating func receive(_ message: Message, in context: ScreenContext) -> [Effect] {
        switch message {
        case .policy: return refresh(in: context)
        case .answered(.policy(.tokens(let selection)), let answer) where selection == asked:
            return take(answer, to: selection, in: context)
        case .answered(let question, let answer):
            detail?.take(answer, to: question)
            return []
        case .acted(let action, .done):
            if case .revoke = action { records.clearMarks() }
            records.outdate()
            return refresh(in: context)
        case .acted, .status, .exported, .notice: return []
        }
    }

    private mutating func take(
        _ answer: Answer, to selection: TokenSelection, in context: ScreenContext
    ) -> [Effect] {
        switch answer {
        case .policy(.tokens(let found)):
            problem = nil
            // The store tells upper case from lower case, and the filter doesn't.
            if found.isEmpty, selection.client != nil || selection.subject != nil || selection.idPrefix != nil {
                return ask(TokenSelection(state: selection.state, limit: selection.limit), in: context)
            }
            records.take(found, in: context)
            if let wanted { records.select(wanted) }
            wanted = nil
            return askDetail(anew: false, in: context)
        case .failed(let text):
            problem = text
            return [.notify(Notice(.problem, text))]
        case .policy, .overview, .page, .count, .values, .unread: return []
        }
    }

    package mutating func askDetail(anew: Bool, in context: ScreenContext) -> [Effect] {
        guard let token = records.selected else {
            detail = nil
            return []
        }
        let isOther = detail?.token != token
        guard isOther || anew else { return [] }
        let shown = isOther ? TokenDetail(token) : detail ?? TokenDetail(token)
        detail = shown
        return shown.questions(now: context.shownNow).map { .ask($0) }
    }

    package mutating func show(named name: String, in context: ScreenContext) -> [Effect] {
        wanted = name
        records.filter(by: "id:\(name) state:active,expired,revoked", in: context)
        return refresh(in: context)
    }

    // MARK: - Words

    package func detailTitle(in context: ScreenContext) -> CleanText {
        records.selected.map { CleanText("token \($0.shortID) of \($0.client)") } ?? .empty
    }

    package func detailLines(in context: ScreenContext, _ glyphs: Glyphs) -> [ItemDetail.Line] {
        detail?.lines(context, glyphs) ?? []
    }

    package func filterNote(in context: ScreenContext) -> CleanText {
        let marks: CleanText = records.marks.isEmpty ? .empty : CleanText("\(records.marks.count) marked, ")
        let isCut = records.all.count >= Self.readAtOnce
        let read = isCut ? "the newest " + NumberText.grouped(records.all.count) : NumberText.grouped(records.all.count)
        guard records.rows.count != records.all.count else { return marks + read }
        return marks + NumberText.grouped(records.rows.count) + " of " + read
    }
}
