// Claims are read with bounds, since a signature says who wrote a token and not that it is sane.

extension AccessTokenClaims {
    private static let longestText = 512
    private static let mostElements = 256
    /// The year 9999: a number beyond is no date.
    private static let latest: Int64 = 253_402_300_799

    init(_ json: JSONValue) throws(JWTProblem) {
        issuer = try Self.text("iss", of: json)
        let subject = try Self.text("sub", of: json)
        client = try Self.text("client_id", of: json)
        self.subject = subject.isExactly(client) ? "" : subject
        id = try Self.text("jti", of: json)
        audience = try Self.audience(of: json)
        guard let issued = try Self.time("iat", of: json) else { throw .claim("iat") }
        // Without an end a stolen token would be good for ever.
        guard let expires = try Self.time("exp", of: json) else { throw .claim("exp") }
        let exact = try Self.number("gh_issued", of: json).map { Timestamp(microseconds: $0) }
        guard exact == nil || exact?.second == issued.second else { throw .claim("gh_issued") }
        (self.issued, self.expires) = (exact ?? issued, expires)
        notBefore = try Self.time("nbf", of: json)
        scopes = try Self.scopes(of: json)
        roles = json["roles"] == nil ? nil : try Self.texts("roles", of: json)
        authenticationLevel = json["acr"] == nil ? nil : try Self.text("acr", of: json)
        family = try Self.number("gh_family", of: json)
        credential = try Self.number("gh_credential", of: json)
        issuedFrom = try Self.address("gh_issued_from", of: json)
        thumbprint = try Self.thumbprint(of: json)
        guard case .object(let members) = json, members.count <= Self.mostElements else { throw .claim("…") }
        others = members.filter { !Self.ownNames.contains($0.name) }
    }

    private static func isSane(_ text: String) -> Bool {
        (1...longestText).contains(text.utf8.count) && !text.unicodeScalars.contains(where: \.isHidden)
    }

    private static func text(_ name: String, of json: JSONValue) throws(JWTProblem) -> String {
        guard let text = json[name]?.string, isSane(text) else { throw .claim(name) }
        return text
    }

    private static func texts(_ name: String, of json: JSONValue) throws(JWTProblem) -> [String] {
        guard let texts = json[name]?.strings, texts.count <= mostElements, texts.allSatisfy(isSane) else {
            throw .claim(name)
        }
        return texts
    }

    private static func audience(of json: JSONValue) throws(JWTProblem) -> [String] {
        if case .string? = json["aud"] { return [try text("aud", of: json)] }
        let audience = try texts("aud", of: json)
        guard !audience.isEmpty else { throw .claim("aud") }
        return audience
    }

    private static func scopes(of json: JSONValue) throws(JWTProblem) -> [String] {
        guard let member = json["scope"] else { return [] }
        guard let text = member.string, text.utf8.count <= 8192 else { throw .claim("scope") }
        return text.split(separator: " ").map(String.init)
    }

    /// Seconds since the epoch; fractions are allowed and cut off (RFC 7519, section 2).
    private static func time(_ name: String, of json: JSONValue) throws(JWTProblem) -> Timestamp? {
        let seconds: Int64
        switch json[name] {
        case nil: return nil
        case .integer(let number)?: seconds = number
        case .number(let number)? where number >= 0 && number < Double(latest): seconds = Int64(number)
        case .null?, .bool?, .number?, .string?, .array?, .object?: throw .claim(name)
        }
        guard (0...latest).contains(seconds) else { throw .claim(name) }
        return Timestamp(seconds: seconds)
    }

    private static func number(_ name: String, of json: JSONValue) throws(JWTProblem) -> Int64? {
        guard let member = json[name] else { return nil }
        guard case .integer(let number) = member, number > 0 else { throw .claim(name) }
        return number
    }

    private static func address(_ name: String, of json: JSONValue) throws(JWTProblem) -> IPAddress? {
        guard let member = json[name] else { return nil }
        guard let address = member.string.flatMap({ IPAddress($0) }) else { throw .claim(name) }
        return address
    }

    private static func thumbprint(of json: JSONValue) throws(JWTProblem) -> [UInt8]? {
        guard let confirmation = json["cnf"] else { return nil }
        // A binding that we can't check binds to nothing, so the token is refused.
        guard case .object(let members) = confirmation, members.count == 1,
            let text = confirmation["x5t#S256"]?.string, let bytes = Base64URL.bytes(text.utf8), bytes.count == 32
        else { throw .claim("cnf") }
        return bytes
    }
}
