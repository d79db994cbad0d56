import Domain
import Terminal

extension RevokeChoice {
    /// What `revoke …` in the palette may mean, the likeliest first: what has exactly that name, clients and tokens whose
    /// names begin so, and in the end a subject, which any text might be.
    ///
    /// - Parameter known: What there is by that name; nil while that isn't known.
    static func choices(typed text: String, clients: NameTable, known: RevocationCandidates?) -> [RevokeChoice] {
        let (kind, name) = RevokedKind.split(text)
        guard !name.isEmpty else { return [] }
        switch kind {
        case nil: return guesses(name, clients, known)
        case .client: return self.clients(named: name, clients)
        case .token:
            return tokens(known) + (known?.tokens.isEmpty == false ? [] : [RevokeChoice(tokenNamed: digest(name))])
        case .family: return Int64(name).map { [RevokeChoice(.family($0), help: "all tokens of one login")] } ?? []
        case .subject: return [subject(name, known, isGuess: false)]
        case .address, .network: return network(name)
        case .credential:
            let numbered = Int64(name).map { [RevokeChoice(.credential($0), help: "it, and its tokens")] } ?? []
            return numbered + credentials(known)
        case .issuer: return [RevokeChoice(.issuer(name), help: "every token of this issuer")]
        }
    }

    private static func guesses(_ name: String, _ table: NameTable, _ known: RevocationCandidates?) -> [RevokeChoice] {
        let found = clients(named: name, table)
        let exact = found.filter { $0.name.text.lowercased() == "client \(name.lowercased())" }
        let networks = network(name)
        var choices = exact
        choices += tokens(known).filter { $0.isToken(named: name) } + networks
        choices += found.filter { !exact.contains($0) }
        choices += tokens(known).filter { !$0.isToken(named: name) } + credentials(known)
        if networks.isEmpty { choices.append(subject(name, known, isGuess: true)) }
        return choices
    }

    private static func clients(named name: String, _ table: NameTable) -> [RevokeChoice] {
        table.search(name, limit: 50).map {
            RevokeChoice(.client($0), help: "every token and credential of this client")
        }
    }

    private static func tokens(_ known: RevocationCandidates?) -> [RevokeChoice] {
        (known?.tokens ?? []).map { token in
            let owner = token.subject.isEmpty ? "of \(token.client)" : "of \(token.client) for \(token.subject)"
            return RevokeChoice(token.revocationTarget, help: (token.revoked == nil ? "" : "revoked already, ") + owner)
        }
    }

    private static func credentials(_ known: RevocationCandidates?) -> [RevokeChoice] {
        (known?.credentials ?? []).map {
            RevokeChoice(.credential($0.id), help: "\($0.prefix) of \($0.client), and its tokens")
        }
    }

    private static func network(_ name: String) -> [RevokeChoice] {
        Network(name).map { [RevokeChoice(.network($0), help: "what was issued to them or comes from them")] } ?? []
    }

    private static func subject(_ name: String, _ known: RevocationCandidates?, isGuess: Bool) -> RevokeChoice {
        let isUnknown = known?.isSubject == false
        var choice = RevokeChoice(
            .subject(name),
            help: isUnknown ? "no token was ever issued to such a subject" : "every token for this subject")
        choice.isGuess = isGuess
        return choice
    }

    /// What stands for a token in traffic, where somebody wrote that.
    private static func digest(_ name: String) -> String {
        name.utf8.count == 12 && name.utf8.allSatisfy { Hex.value($0) != nil } ? "token:\(name)" : name
    }

    private func isToken(named name: String) -> Bool {
        guard case .known(.token(_, let id)) = target else { return false }
        return id == name || id.prefix(8) == name
    }
}
