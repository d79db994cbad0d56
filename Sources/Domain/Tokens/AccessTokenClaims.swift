/// What an access token says (RFC 9068, section 2.2).
package struct AccessTokenClaims: Hashable, Sendable {
    /// The value of `typ`.
    package static let type = "at+jwt"

    /// `iss`
    package var issuer: String
    /// `sub`; empty for a client that acts for itself, which the token says by naming the client there.
    package var subject: String
    /// `aud`
    package var audience: [String]
    /// `client_id`
    package var client: String
    /// `jti`
    package var id: String
    /// `iat` in whole seconds, and with microseconds `gh_issued`: so that a token of the same second as a revocation is
    /// told to be before or after it
    package var issued: Timestamp
    /// `exp`, likewise
    package var expires: Timestamp
    /// `nbf`, likewise
    package var notBefore: Timestamp?
    /// `scope`
    package var scopes: [String]
    /// `roles` of the subject (RFC 7643, section 4.1.2); nil when nothing is said of them.
    package var roles: [String]?
    /// `acr`: how surely the subject was recognised
    package var authenticationLevel: String?
    /// `gh_family`: what is revoked together with it
    package var family: Int64?
    /// `gh_credential`: what the client proved itself with
    package var credential: Int64?
    /// `gh_issued_from`: where it was asked for, since revoking that network revokes it
    package var issuedFrom: IPAddress?
    /// `cnf`, `x5t#S256`: the only certificate whose holder may use it (RFC 8705, section 3.1)
    package var thumbprint: [UInt8]?
    /// Further claims, for conditions of ownership.
    package var others: [JSONMember]

    package init(
        issuer: String, subject: String = "", audience: [String], client: String, id: String, issued: Timestamp,
        expires: Timestamp, notBefore: Timestamp? = nil, scopes: [String] = [], roles: [String]? = nil,
        authenticationLevel: String? = nil, family: Int64? = nil, credential: Int64? = nil,
        issuedFrom: IPAddress? = nil, thumbprint: [UInt8]? = nil, others: [JSONMember] = []
    ) {
        self.issuer = issuer
        self.subject = subject
        self.audience = audience
        self.client = client
        self.id = id
        self.issued = issued
        self.expires = expires
        self.notBefore = notBefore
        self.scopes = scopes
        self.roles = roles
        self.authenticationLevel = authenticationLevel
        self.family = family
        self.credential = credential
        self.issuedFrom = issuedFrom
        self.thumbprint = thumbprint
        self.others = others
    }

    /// The names that are taken; a further claim can't have one of them.
    package static let ownNames: Set<String> = [
        "iss", "sub", "aud", "client_id", "jti", "iat", "exp", "nbf", "scope", "roles", "acr", "gh_family",
        "gh_credential", "gh_issued", "gh_issued_from", "cnf",
    ]

    package var json: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("iss", issuer)
            writer.member("sub", subject.isEmpty ? client : subject)
            if audience.count == 1 {
                writer.member("aud", audience[0])
            } else {
                writer.name("aud")
                writer.strings(audience)
            }
            writer.member("client_id", client)
            writer.member("jti", id)
            writer.member("iat", issued.second)
            if let notBefore { writer.member("nbf", notBefore.second) }
            writer.member("exp", expires.second)
            if !scopes.isEmpty { writer.member("scope", scopes.joined(separator: " ")) }
            if let roles {
                writer.name("roles")
                writer.strings(roles)
            }
            if let authenticationLevel { writer.member("acr", authenticationLevel) }
            if issued != Timestamp(seconds: issued.second) { writer.member("gh_issued", issued.microseconds) }
            if let family { writer.member("gh_family", family) }
            if let credential { writer.member("gh_credential", credential) }
            if let issuedFrom { writer.member("gh_issued_from", issuedFrom.description) }
            if let thumbprint {
                writer.name("cnf")
                writer.object { $0.member("x5t#S256", Base64URL.text(thumbprint)) }
            }
            for member in others where !Self.ownNames.contains(member.name) {
                writer.name(member.name)
                writer.value(member.value)
            }
        }
        return writer.text
    }

    /// The text of the token, signed.
    package func token(signedBy key: SigningKey) throws(KeyError) -> String {
        try SignedToken.text(claims: json, type: Self.type, signedBy: key)
    }
}

extension JSONWriter {
    fileprivate mutating func strings(_ texts: [String]) {
        array { writer in for text in texts { writer.string(text) } }
    }
}
