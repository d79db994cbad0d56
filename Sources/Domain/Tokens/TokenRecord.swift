/// A token as the store knows it: never the token.
package struct TokenRecord: Hashable, Sendable {
    /// The raw values are the words of commands and of the audit trail.
    package enum Form: String, CaseIterable, Sendable {
        case jwt
        case opaque
    }

    package enum Kind: String, CaseIterable, Sendable {
        case access
        case refresh
    }

    package enum State: String, CaseIterable, Sendable {
        case active
        case expired
        /// By a revocation, or since the key that signed it was compromised.
        case revoked
    }

    /// `jti`
    package var id: String
    package var form: Form
    package var kind: Kind
    package var issuer: String
    package var client: String
    /// Empty for a client that acts for itself.
    package var subject: String
    package var scopes: [String]
    package var roles: [String]?
    package var authenticationLevel: String?
    package var family: Int64
    package var credential: Int64?
    /// Of the key that signed it; nil for an opaque one.
    package var keyID: String?
    package var issued: Timestamp
    package var expires: Timestamp
    /// Where it was asked for.
    package var issuedFrom: IPAddress?
    /// SHA-256 of the only certificate whose holder may use it (RFC 8705).
    package var thumbprint: [UInt8]?
    /// What stands for it in the `token` column of traffic, as in `token:2c26b46b68ff`.
    package var digest: String
    /// The first revocation that hits it.
    package var revoked: Int64?
    /// When the key that signed it was taken out of use as compromised; nobody accepts it since.
    package var keyEnded: Timestamp?

    package init(
        id: String, form: Form, kind: Kind, issuer: String, client: String, subject: String = "",
        scopes: [String] = [], roles: [String]? = nil, authenticationLevel: String? = nil, family: Int64,
        credential: Int64? = nil, keyID: String? = nil, issued: Timestamp, expires: Timestamp,
        issuedFrom: IPAddress? = nil, thumbprint: [UInt8]? = nil, digest: String, revoked: Int64? = nil,
        keyEnded: Timestamp? = nil
    ) {
        self.id = id
        self.form = form
        self.kind = kind
        self.issuer = issuer
        self.client = client
        self.subject = subject
        self.scopes = scopes
        self.roles = roles
        self.authenticationLevel = authenticationLevel
        self.family = family
        self.credential = credential
        self.keyID = keyID
        self.issued = issued
        self.expires = expires
        self.issuedFrom = issuedFrom
        self.thumbprint = thumbprint
        self.digest = digest
        self.revoked = revoked
        self.keyEnded = keyEnded
    }

    package func state(at now: Timestamp) -> State {
        if revoked != nil || keyEnded != nil { return .revoked }
        return expires <= now ? .expired : .active
    }

    /// What a decision needs to know of it, for tokens whose claims aren't in their text.
    package var facts: TokenFacts {
        TokenFacts(
            hash: TokenHash(issuer: issuer, id: id), family: family, credential: credential, subject: subject,
            issuer: issuer, scopes: scopes, roles: roles, authenticationLevel: authenticationLevel, issued: issued,
            expires: expires, issuedFrom: issuedFrom)
    }
}

/// What is asked for when a token is issued.
package struct TokenOrder: Hashable, Sendable {
    package var client: Name<Client>
    /// Empty for a client that acts for itself.
    package var subject: String
    /// Nil for all that the client may have.
    package var scopes: [Name<Scope>]?
    package var form: TokenRecord.Form
    /// Nil for the one that is used by default.
    package var algorithm: SigningAlgorithm?
    /// Nil for as long as the settings say; in seconds.
    package var lifetime: Int64?
    /// Of the subject; nil says nothing of them.
    package var roles: [String]?
    package var authenticationLevel: String?
    package var credential: Int64?
    /// SHA-256 of the certificate that it is bound to.
    package var thumbprint: [UInt8]?
    package var issuedFrom: IPAddress?

    package init(
        client: Name<Client>, subject: String = "", scopes: [Name<Scope>]? = nil, form: TokenRecord.Form = .jwt,
        algorithm: SigningAlgorithm? = nil, lifetime: Int64? = nil, roles: [String]? = nil,
        authenticationLevel: String? = nil, credential: Int64? = nil, thumbprint: [UInt8]? = nil,
        issuedFrom: IPAddress? = nil
    ) {
        self.client = client
        self.subject = subject
        self.scopes = scopes
        self.form = form
        self.algorithm = algorithm
        self.lifetime = lifetime
        self.roles = roles
        self.authenticationLevel = authenticationLevel
        self.credential = credential
        self.thumbprint = thumbprint
        self.issuedFrom = issuedFrom
    }
}

/// A token with its text, on the one occasion that it is told.
package struct IssuedToken: Sendable {
    package let record: TokenRecord
    package let text: String

    package init(record: TokenRecord, text: String) {
        self.record = record
        self.text = text
    }
}

/// Which tokens are listed; all that is not nil must hold.
package struct TokenSelection: Hashable, Sendable {
    package var client: String?
    package var subject: String?
    package var family: Int64?
    package var state: TokenRecord.State?
    /// What `jti` begins with.
    package var idPrefix: String?
    package var limit: Int

    package init(
        client: String? = nil, subject: String? = nil, family: Int64? = nil, state: TokenRecord.State? = nil,
        idPrefix: String? = nil, limit: Int = 1000
    ) {
        self.client = client
        self.subject = subject
        self.family = family
        self.state = state
        self.idPrefix = idPrefix
        self.limit = limit
    }
}
