import Domain
import Terminal

// Ways to the dialog that revokes, from any screen.

extension ConsoleApp {
    mutating func startRevoking(_ selection: RevocationSelection) -> [Effect] {
        if let reason = context.reasonAgainst(.revoke) {
            notice = (Notice(.info, reason), context.now)
            return []
        }
        guard !selection.targets.isEmpty else { return [] }
        let dialog = RevokeDialog(
            selection, state: context.policy.state, maySuspend: context.reasonAgainst(.edit) == nil)
        overlay = .revoke(dialog)
        return [.ask(dialog.question)]
    }

    /// What an open dialog hits may have changed with the policy, or with what others revoked.
    func countAgain() -> [Effect] {
        guard case .revoke(let dialog) = overlay, dialog.isOpen else { return [] }
        return [.ask(dialog.question)]
    }

    mutating func openRevokeMenu(_ choices: [RevokeChoice]) -> [Effect] {
        if let reason = context.reasonAgainst(.revoke) {
            notice = (Notice(.info, reason), context.now)
            return []
        }
        guard !choices.isEmpty else {
            notice = (Notice(.info, "there is nothing to revoke"), context.now)
            return []
        }
        overlay = .menu(.revoke(choices))
        return []
    }

    mutating func revoke(_ choice: RevokeChoice) -> [Effect] {
        switch choice.target {
        case .known(let target): return startRevoking(RevocationSelection([target]))
        case .selection(let selection): return startRevoking(selection)
        case .token(let name):
            revokingToken = name
            return [.ask(.policy(.token(named: name)))]
        }
    }

    /// Opens the dialog on the token that was looked up; nil for the answer to something else.
    mutating func takeTokenToRevoke(_ answer: Answer, to question: Question) -> [Effect]? {
        guard let name = revokingToken, question == .policy(.token(named: name)) else { return nil }
        revokingToken = nil
        switch answer {
        case .policy(.tokens(let found)):
            guard let token = found.first, overlay == nil else { return [] }
            return startRevoking(RevocationSelection([token.revocationTarget]))
        case .failed(let text):
            notice = (Notice(.problem, text), context.now)
            return []
        case .policy, .overview, .page, .count, .values, .unread: return []
        }
    }

    // MARK: - In the palette

    private static let word = "revoke "

    /// What follows the word `revoke` in the palette; nil when it doesn't begin with it.
    private static func revoked(in text: String) -> String? {
        guard text.lowercased().hasPrefix(word) else { return nil }
        let name = text.dropFirst(word.count).split(separator: " ").joined(separator: " ")
        return name.isEmpty ? nil : name
    }

    /// Follows what is typed after `revoke` with what it may mean, and asks the store what there is by that name.
    mutating func followRevoking(in menu: inout Menu) -> [Effect] {
        guard case .commands = menu.purpose else { return [] }
        let question = Self.revoked(in: menu.palette.input.text).map { text in
            let (kind, name) = RevokedKind.split(text)
            return PolicyQuestion.revocable(kind, name)
        }
        let isNew = question != menu.asked
        if isNew { (menu.asked, menu.known) = (question, nil) }
        offerRevoking(in: &menu)
        guard isNew, let question, context.reasonAgainst(.revoke) == nil else { return [] }
        return [.ask(.policy(question))]
    }

    mutating func offerRevoking(in menu: inout Menu) {
        var choices: [RevokeChoice] = []
        if let name = Self.revoked(in: menu.palette.input.text), let state = context.policy.state {
            var names = state.names
            choices = RevokeChoice.choices(
                typed: name, clients: names.table(.client, in: state.policy), known: menu.known)
        }
        guard choices != menu.revocations else { return }
        menu.revocations = choices
        let reason = context.reasonAgainst(.revoke).map { CleanText($0) }
        let entries = choices.enumerated().map { index, choice in
            Palette.Entry(
                id: "revoke.\(index)", name: CleanText(Self.word) + choice.name, help: CleanText(choice.help),
                disabledReason: reason)
        }
        // Whose subject it might be comes last: any text might.
        let isGuess = choices.last?.isGuess ?? false
        menu.palette.offer(before: entries.dropLast(isGuess ? 1 : 0), after: isGuess ? entries.suffix(1) : [])
    }
}
