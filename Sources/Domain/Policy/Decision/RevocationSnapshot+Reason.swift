extension RevocationSnapshot {
    /// Why a token is no good any more; nil when it is.
    func reason(against token: TokenFacts, _ client: String, _ address: IPAddress?) -> Reason? {
        if !tokens.isEmpty, let hash = token.hash, tokens.contains(hash) { return .tokenRevoked }
        if !families.isEmpty, let family = token.family, families.contains(family) { return .familyRevoked }
        if !credentials.isEmpty, let credential = token.credential, credentials.contains(credential) {
            return .credentialRevoked
        }
        if !clients.isEmpty, Self.hits(clients[ExactText(client)], token.issued) { return .clientRevoked }
        if !subjects.isEmpty, Self.hits(subjects[ExactText(token.subject)], token.issued) { return .subjectRevoked }
        if !issuers.isEmpty, Self.hits(issuers[ExactText(token.issuer)], token.issued) { return .issuerRevoked }
        return reason(address, token.issued, issuedFrom: token.issuedFrom)
    }

    func reason(
        against credential: CredentialFacts, _ client: String, _ address: IPAddress?
    ) -> Reason? {
        if let id = credential.id, credentials.contains(id) { return .credentialRevoked }
        if !clients.isEmpty, Self.hits(clients[ExactText(client)], credential.issued) { return .clientRevoked }
        return reason(address, credential.issued)
    }

    /// - Parameter issuedFrom: Where a token was asked for; nil where nobody knows.
    private func reason(_ address: IPAddress?, _ issued: Timestamp?, issuedFrom: IPAddress? = nil) -> Reason? {
        for mark in networks where Self.hits(mark.before, issued) {
            guard case .network(let network) = mark.target else { continue }
            // What a thief got there may be used from elsewhere, and what was got elsewhere may be used from there. From
            // where an unknown address calls can't be told, so it may be from there.
            if address.map(network.contains) ?? true || issuedFrom.map(network.contains) ?? false {
                return .addressRevoked
            }
        }
        return Self.hits(everything, issued) ? .everythingRevoked : nil
    }

    /// When something was issued can't be told, it may have been before.
    private static func hits(_ before: Timestamp?, _ issued: Timestamp?) -> Bool {
        guard let before else { return false }
        guard let issued else { return true }
        return issued < before
    }
}
