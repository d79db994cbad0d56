import Domain
import Terminal

/// Ends tokens, credentials and clients' access: what it hits, why, and a text to type before it does.
///
/// What it is about is fixed when it opens. Cancel has the focus, and Enter alone never confirms.
package struct RevokeDialog: Sendable {
    enum Focus: Int, CaseIterable, Sendable {
        case cancel, reason, typed, revoke, suspend
    }

    let selection: RevocationSelection
    /// What has to be typed: short, and nobody else's.
    let code: String
    var focus = Focus.cancel
    var reason = TextInput()
    var typed = TextInput()
    private(set) var effect = Contents<RevocationEffect>.loading
    /// What was counted first, where it is something else by now.
    private(set) var countsBefore: RevokedCounts?
    private(set) var problem: String?
    private(set) var isRevoking = false
    private(set) var done: PolicyOutcomeReport.Done?
    /// The clients that could be suspended too, while they aren't.
    let clients: [Client]
    private(set) var scroll = 0

    /// - Parameter maySuspend: Whether the operator may change clients, too.
    init(_ selection: RevocationSelection, state: PolicyState?, maySuspend: Bool = true) {
        self.selection = selection
        code = RevocationCode(selection.targets, state: state).text
        clients = selection.targets.compactMap { target in
            guard maySuspend, case .client(let name) = target, let name = try? Name<Client>(name),
                case .client(let client)? = state?.policy[ItemKey(name)], client.status == .active
            else { return nil }
            return client
        }
    }

    var targets: [RevocationTarget] { selection.targets }

    var question: Question { .policy(.preview(targets)) }

    var title: String {
        guard targets.count == 1, let target = targets.first else { return "Revoke \(RevocationCode.count(targets))" }
        switch target {
        case .token(_, let id): return "Revoke the token \(id)"
        case .family(let number): return "Revoke the token family \(number)"
        case .credential(let number): return "Revoke the credential \(number) and its tokens"
        case .client(let name): return "Revoke every token and credential of \(name)"
        case .subject(let name): return "Revoke every token for \(name)"
        case .issuer(let name): return "Revoke every token of the issuer \(name)"
        case .network(let network): return "Revoke what was issued to \(network) or comes from it"
        case .everything: return "Revoke everything"
        }
    }

    // MARK: - Keys

    enum Step {
        case stay
        case close
        case act(PolicyAction)
        /// A suspension goes through a review like any change.
        case suspend([PolicyEdit])
    }

    mutating func handle(_ key: Key) -> Step {
        guard !isRevoking else { return .stay }
        if done != nil {
            if key == "s", !clients.isEmpty { return .suspend(suspensions) }
            return key == .escape || key == .enter || key == "q" ? .close : .stay
        }
        switch key {
        case .escape: return .close
        case .tab: move(by: 1)
        case .backTab: move(by: -1)
        case .pageDown: scroll += 5
        case .pageUp: scroll = max(0, scroll - 5)
        case .enter: return enter()
        case .left where focus != .reason && focus != .typed: move(by: -1)
        case .right where focus != .reason && focus != .typed: move(by: 1)
        case .down: move(by: 1)
        case .up: move(by: -1)
        default:
            switch focus {
            case .reason: if reason.handle(key) { problem = nil }
            case .typed: if typed.handle(key) { problem = nil }
            case .cancel:
                // Who types at once gives the reason: nothing of it is lost, and Enter doesn't cancel it.
                if key.typed != nil, reason.handle(key) { focus = .reason }
            case .revoke, .suspend: break
            }
        }
        return .stay
    }

    private mutating func move(by step: Int) {
        var next = focus.rawValue
        repeat {
            next = (next + step + Focus.allCases.count) % Focus.allCases.count
        } while Focus(rawValue: next) == .suspend && clients.isEmpty
        focus = Focus(rawValue: next) ?? .cancel
    }

    private var suspensions: [PolicyEdit] {
        clients.map { client in
            var suspended = client
            suspended.status = .suspended
            return PolicyEdit(key: ItemKey(client.name), before: .client(client), after: .client(suspended))
        }
    }

    private mutating func enter() -> Step {
        switch focus {
        case .cancel: return .close
        case .reason: focus = .typed
        case .typed: if typed.text == code { focus = .revoke } else { problem = "that is not \(code)" }
        case .suspend: return .suspend(suspensions)
        case .revoke:
            guard reason.text.contains(where: { $0 != " " }) else {
                problem = "say in a line why you do this"
                focus = .reason
                return .stay
            }
            guard typed.text == code else {
                problem = "type \(code) first"
                focus = .typed
                return .stay
            }
            isRevoking = true
            return .act(.revoke(targets, reason: reason.text))
        }
        return .stay
    }

    mutating func paste(_ text: String) {
        // What has to be typed is typed.
        switch focus {
        case .cancel, .reason:
            reason.paste(text)
            focus = .reason
        case .typed, .revoke, .suspend: break
        }
    }

    mutating func take(_ answer: Answer, to question: Question) {
        guard question == self.question else { return }
        switch answer {
        case .policy(.preview(let found)):
            if let known = effect.value?.counts {
                let first = countsBefore ?? known
                countsBefore = first == found.counts ? nil : first
            }
            effect = .loaded(found)
        case .failed(let text): effect = .failed(text)
        case .policy, .overview, .page, .count, .values, .unread: break
        }
    }

    /// Whether what it hits may still become something else: then it is counted again.
    var isOpen: Bool { done == nil && !isRevoking }

    mutating func take(_ report: PolicyOutcomeReport) {
        isRevoking = false
        switch report {
        case .done(let done): self.done = done
        case .failed(let failure): problem = failure.text
        }
    }
}
