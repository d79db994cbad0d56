extension AccessTokenClaims {
    /// What a decision needs to know of a token that was verified.
    package var facts: TokenFacts {
        TokenFacts(
            hash: TokenHash(issuer: issuer, id: id), family: family, credential: credential, subject: subject,
            issuer: issuer, scopes: scopes, roles: roles, claims: others.flatMap(Self.claims),
            authenticationLevel: authenticationLevel, issued: issued, notBefore: notBefore, expires: expires,
            issuedFrom: issuedFrom)
    }

    /// A list stands there with each of its values; what has no plain text stands there not at all.
    private static func claims(_ member: JSONMember) -> [TokenFacts.Claim] {
        let values = member.value.elements ?? [member.value]
        return values.compactMap { value in
            let text: String
            switch value {
            case .string(let string): text = string
            case .integer(let number): text = String(number)
            case .bool(let truth): text = truth ? "true" : "false"
            case .number:
                var writer = JSONWriter()
                writer.value(value)
                text = writer.text
            case .null, .array, .object: return nil
            }
            return TokenFacts.Claim(name: member.name, value: text)
        }
    }
}
