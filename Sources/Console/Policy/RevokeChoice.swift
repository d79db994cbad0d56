package import Domain
import Terminal

/// Something that can be revoked, as a line of a menu.
package struct RevokeChoice: Equatable, Sendable {
    package enum Target: Equatable, Sendable {
        case known(RevocationTarget)
        /// A token that has to be looked up first, by its id or by what stands for it in traffic.
        case token(named: String)
        case selection(RevocationSelection)
    }

    package var target: Target
    package var help: String
    /// Whether nobody said that it is one of these.
    package var isGuess = false

    package init(_ target: RevocationTarget, help: String = "") {
        self.target = .known(target)
        self.help = help
    }

    package init(_ selection: RevocationSelection, help: String) {
        target = .selection(selection)
        self.help = help
    }

    package init(tokenNamed name: String) {
        target = .token(named: name)
        help = "this one token"
    }

    var name: CleanText {
        switch target {
        case .known(let target): CleanText(target.name.isEmpty ? target.kind : "\(target.kind) \(target.name)")
        case .token(let name): CleanText(name.hasPrefix("token:") ? name : "token \(name)")
        case .selection(let selection):
            selection.targets.count == 1
                ? CleanText(selection.targets[0].kind + " " + selection.targets[0].name)
                : CleanText("these \(selection.targets.count) tokens alone")
        }
    }

    /// What a request can be ended by, the narrowest first.
    package static func choices(of event: AccessEvent) -> [RevokeChoice] {
        var choices: [RevokeChoice] = []
        if let token = event[.token] { choices.append(RevokeChoice(tokenNamed: token)) }
        if let subject = event[.subject] {
            choices.append(RevokeChoice(.subject(subject), help: "every token for this subject"))
        }
        if let client = event[.client] {
            choices.append(RevokeChoice(.client(client), help: "every token and credential of this client"))
        }
        if let network = event[.address].flatMap({ Network($0) }) {
            choices.append(RevokeChoice(.network(network), help: "what was issued to it or comes from it"))
        }
        return choices
    }
}
