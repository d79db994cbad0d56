/// Believes the access tokens of one issuer for one audience (RFC 9068, section 4; RFC 8725).
///
/// Whether a token was revoked, and what its client may do, is for the policy to say.
package struct AccessTokenVerifier: Sendable {
    package let issuer: String
    package let audience: String
    package let keys: VerifyingKeys
    /// How far clocks may differ, in seconds.
    package let skew: Int64

    /// Nil without an issuer or an audience: a verifier that doesn't ask for them believes too much.
    package init?(issuer: String, audience: String, keys: VerifyingKeys, skew: Int64 = 30) {
        guard !issuer.isEmpty, !audience.isEmpty, (0...300).contains(skew) else { return nil }
        self.issuer = issuer
        self.audience = audience
        self.keys = keys
        self.skew = skew
    }

    package func claims(of token: some Collection<UInt8>, now: Timestamp) throws(JWTProblem) -> AccessTokenClaims {
        let signed = try SignedToken(token)
        guard signed.header.type == AccessTokenClaims.type else { throw .type }
        guard let id = signed.header.keyID, let key = keys[id: id] else { throw .unknownKey }
        try signed.verify(with: key)
        let claims = try AccessTokenClaims(SignedToken.json(signed.payload))
        guard claims.issuer.isExactly(issuer) else { throw .issuer }
        guard claims.audience.contains(where: { $0.isExactly(audience) }) else { throw .audience }
        let leeway = skew * 1_000_000
        guard now < claims.expires.advanced(by: leeway) else { throw .expired }
        let earliest = max(claims.issued, claims.notBefore ?? claims.issued)
        guard now.advanced(by: leeway) >= earliest else { throw .notYet }
        return claims
    }
}
