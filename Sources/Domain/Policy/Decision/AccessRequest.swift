/// A request as a decision sees it: facts that the caller of the engine has verified.
package struct AccessRequest: Sendable {
    /// A header field; its name in lower case. Fields that came several times stand here several times.
    package struct Header: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Nil when it is none that a policy can name.
    package var method: Method?
    /// The request target as it came, query and all (RFC 9112, section 3.2).
    package var target: [UInt8]
    /// The caller's; nil when it isn't known.
    package var address: IPAddress?
    package var time: Timestamp
    package var caller: Caller
    /// Whether the connection has a client certificate that was verified.
    package var hasVerifiedCertificate: Bool
    package var headers: [Header]

    package init(
        method: Method?, target: [UInt8], address: IPAddress?, time: Timestamp, caller: Caller,
        hasVerifiedCertificate: Bool = false, headers: [Header] = []
    ) {
        self.method = method
        self.target = target
        self.address = address
        self.time = time
        self.caller = caller
        self.hasVerifiedCertificate = hasVerifiedCertificate
        self.headers = headers
    }
}

extension AccessRequest {
    /// Nil for a request without credentials, or with bad ones.
    var client: ClientIndex? {
        switch caller {
        case .anonymous, .refused: nil
        case .client(let client, _), .token(let client, _): client
        }
    }
}

/// Who asks, as far as that was verified.
package enum Caller: Sendable {
    /// No credential came with the request.
    case anonymous
    /// One came, and it is no good: why. Whatever the reason is, the request is denied.
    case refused(Reason)
    /// By a secret, an API key or a certificate.
    case client(ClientIndex, CredentialFacts)
    /// By a token whose signature, issuer and audience are in order.
    case token(ClientIndex, TokenFacts)
}

/// What is known of a credential that was verified.
package struct CredentialFacts: Hashable, Sendable, BitwiseCopyable {
    /// The store's number of it.
    package var id: Int64?
    package var issued: Timestamp?

    package init(id: Int64? = nil, issued: Timestamp? = nil) {
        self.id = id
        self.issued = issued
    }
}

/// What is known of a token that was verified. An object, so that a token that comes again is shared and not copied.
package final class TokenFacts: Sendable {
    /// A claim of the token as text; a number or a truth value as JSON writes it. A claim of several values stands
    /// here several times, and then a condition on it can't be evaluated.
    package struct Claim: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    // What every decision asks for comes first, so that it lies in one cache line.

    /// `exp`
    package let expires: Timestamp
    /// `nbf`
    package let notBefore: Timestamp?
    /// What the token says of its subject's roles; nil when it says nothing.
    package let roles: [String]?
    package let scopes: [String]
    /// `sub`; empty for a client that acts for itself.
    package let subject: String
    /// `iss`
    package let issuer: String
    /// `iat`
    package let issued: Timestamp?
    package let hash: TokenHash?
    /// The store's number of the family.
    package let family: Int64?
    /// The credential that the token was got with.
    package let credential: Int64?
    /// Without `sub`, `iss` and `client_id`, which conditions take from the fields above and from the client.
    package let claims: [Claim]
    /// `acr`
    package let authenticationLevel: String?
    /// Where it was asked for; nil where the token doesn't say.
    package let issuedFrom: IPAddress?
    /// What quotas count the subject by; nil for a client that acts for itself.
    let subjectKey: LimitKey?

    package init(
        hash: TokenHash? = nil, family: Int64? = nil, credential: Int64? = nil, subject: String = "",
        issuer: String = "", scopes: [String] = [], roles: [String]? = nil, claims: [Claim] = [],
        authenticationLevel: String? = nil, issued: Timestamp? = nil, notBefore: Timestamp? = nil, expires: Timestamp,
        issuedFrom: IPAddress? = nil
    ) {
        self.hash = hash
        self.family = family
        self.credential = credential
        self.subject = subject
        self.issuer = issuer
        self.scopes = scopes
        self.roles = roles
        self.claims = claims
        self.authenticationLevel = authenticationLevel
        self.issuedFrom = issuedFrom
        self.issued = issued
        self.notBefore = notBefore
        self.expires = expires
        subjectKey = subject.isEmpty ? nil : LimitKey(subject: subject, issuer: issuer)
    }

    /// Whether it has begun and not yet expired.
    func isGood(at time: Timestamp) -> Bool { time < expires && notBefore.map { time >= $0 } ?? true }
}

/// What a token is known by: 32 bytes of a hash.
package struct TokenHash: Hashable, Sendable, BitwiseCopyable {
    package let high: UInt128
    package let low: UInt128

    /// Nil when there are not 32 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        high = bytes.prefix(16).reduce(0) { $0 << 8 | UInt128($1) }
        low = bytes.suffix(16).reduce(0) { $0 << 8 | UInt128($1) }
    }
}
