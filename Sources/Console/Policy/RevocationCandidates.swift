package import Domain

/// What there is by a name that somebody wants to revoke.
package struct RevocationCandidates: Equatable, Sendable {
    /// Those whose id is the name or begins with it, the newest first.
    package var tokens: [TokenRecord]
    /// Whether a token was ever issued to a subject of that name.
    package var isSubject: Bool
    package var credentials: [Credential]

    package init(tokens: [TokenRecord] = [], isSubject: Bool = false, credentials: [Credential] = []) {
        self.tokens = tokens
        self.isSubject = isSubject
        self.credentials = credentials
    }
}

/// The kinds of what can be revoked, by the words that people write before a name.
package enum RevokedKind: String, CaseIterable, Hashable, Sendable {
    case client, token, family, subject, address, network, credential, issuer

    /// Takes the kind from the front of `client acme`, `family:1` or `token/abcd1234`.
    static func split(_ text: String) -> (kind: RevokedKind?, name: String) {
        guard let end = text.firstIndex(where: { " :/".contains($0) }),
            let kind = RevokedKind(rawValue: text[..<end].lowercased())
        else { return (nil, text) }
        let name = text[text.index(after: end)...].drop { $0 == " " }
        return name.isEmpty ? (nil, text) : (kind, String(name))
    }
}
