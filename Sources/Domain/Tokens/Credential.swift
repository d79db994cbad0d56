/// What a client proves itself with, as the store knows it: never the secret.
package struct Credential: Hashable, Sendable {
    /// The raw values are the words of commands and of the audit trail.
    package enum Kind: String, CaseIterable, Sendable {
        case secret
        case apiKey = "api-key"
        case certificate

        /// The form of its secret; nil for a certificate, whose secret stays with the client.
        package var text: SecretText.Kind? {
            switch self {
            case .secret: .clientSecret
            case .apiKey: .apiKey
            case .certificate: nil
            }
        }
    }

    package enum State: String, CaseIterable, Sendable {
        /// Not before its time yet.
        case waiting
        case active
        case expired
        case revoked
    }

    package var id: Int64
    package var client: String
    package var kind: Kind
    /// Eight characters that it is called by: of the secret's form, or of a certificate's thumbprint.
    package var prefix: String
    package var created: Timestamp
    package var notBefore: Timestamp
    package var expires: Timestamp?
    package var replacedBy: Int64?
    package var lastUsed: Timestamp?
    package var lastUsedFrom: IPAddress?
    /// The first revocation that hits it.
    package var revoked: Int64?

    package init(
        id: Int64, client: String, kind: Kind, prefix: String, created: Timestamp, notBefore: Timestamp,
        expires: Timestamp? = nil, replacedBy: Int64? = nil, lastUsed: Timestamp? = nil,
        lastUsedFrom: IPAddress? = nil, revoked: Int64? = nil
    ) {
        self.id = id
        self.client = client
        self.kind = kind
        self.prefix = prefix
        self.created = created
        self.notBefore = notBefore
        self.expires = expires
        self.replacedBy = replacedBy
        self.lastUsed = lastUsed
        self.lastUsedFrom = lastUsedFrom
        self.revoked = revoked
    }

    package func state(at now: Timestamp) -> State {
        if revoked != nil { return .revoked }
        if let expires, expires <= now { return .expired }
        return now < notBefore ? .waiting : .active
    }

    /// What a decision needs to know of it.
    package var facts: CredentialFacts { CredentialFacts(id: id, issued: created) }

    /// The most that a client may have of a kind at a time: one, and its successor while both are in use.
    package static let mostOfAKind = 2
}

/// A credential with its secret, on the one occasion that it is told.
package struct IssuedCredential: Sendable {
    package let credential: Credential
    /// Nil for a certificate.
    package let secret: SecretText?

    package init(credential: Credential, secret: SecretText?) {
        self.credential = credential
        self.secret = secret
    }
}
