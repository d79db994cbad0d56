package import Domain
import Terminal

/// Something that can be revoked, as a line of a menu.
package struct RevokeChoice: Equatable, Sendable {
    package enum Target: Equatable, Sendable {
        case known(RevocationTarget)
        /// A token that has to be looked up first, by what stands for it in traffic.
        case token(named: String)
    }

    package var target: Target
    package var help: String

    package init(_ target: RevocationTarget, help: String = "") {
        self.target = .known(target)
        self.help = help
    }

    package init(tokenNamed name: String) {
        target = .token(named: name)
        help = "this one token"
    }

    var name: CleanText {
        switch target {
        case .known(let target): CleanText(target.name.isEmpty ? target.kind : "\(target.kind) \(target.name)")
        case .token(let name): CleanText(name.hasPrefix("token") ? name : "token \(name)")
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

extension RevokeChoice {
    /// What `revoke …` in the palette may mean: clients whose names match, an address or network, a subject.
    static func choices(typed text: String, clients: NameTable) -> [RevokeChoice] {
        var choices = clients.search(text, limit: 50).map {
            RevokeChoice(.client($0), help: "every token and credential of this client")
        }
        if let network = Network(text) {
            choices.append(
                RevokeChoice(.network(network), help: "what was issued to them or comes from them"))
        } else if !text.isEmpty {
            choices.append(RevokeChoice(.subject(text), help: "every token for this subject"))
        }
        return choices
    }
}
