import Domain
import Testing

struct TokenHeaderTests {
    private let noon = TokenFixtures.noon

    @Test func `an algorithm other than the key's is refused, whatever the signature`() throws {
        let key = try SigningKey(generating: .es256)
        let verifier = try #require(TokenFixtures.verifier([key.publicKey]))
        let id = key.publicKey.thumbprint
        for algorithm in ["none", "None", "nOnE", "HS256", "RS256", "EdDSA", "ES384", "es256", ""] {
            let forged = try TokenFixtures.token(
                header: #"{"alg":"\#(algorithm)","typ":"at+jwt","kid":"\#(id)"}"#, claims: TokenFixtures.claims.json,
                key: key)
            #expect(throws: JWTProblem.algorithm) { try verifier.claims(of: forged.utf8, now: noon) }
        }
    }

    @Test func `a header that brings a key, or changes what is signed, is refused`() throws {
        let key = try SigningKey(generating: .es256)
        let verifier = try #require(TokenFixtures.verifier([key.publicKey]))
        let id = key.publicKey.thumbprint
        let members = [
            ("jwk", key.publicKey.json), ("jku", #""https://evil.example/keys""#), ("x5u", #""https://evil.example""#),
            ("x5c", #"["MIIB"]"#), ("crit", #"["exp"]"#), ("crit", "[]"), ("b64", "false"), ("zip", #""DEF""#),
        ]
        for (name, value) in members {
            let forged = try TokenFixtures.token(
                header: #"{"alg":"ES256","typ":"at+jwt","kid":"\#(id)","\#(name)":\#(value)}"#,
                claims: TokenFixtures.claims.json, key: key)
            #expect(throws: JWTProblem.headerMember(name)) { try verifier.claims(of: forged.utf8, now: noon) }
        }
    }

    @Test(arguments: [
        #""kid":"../../etc/passwd""#, #""kid":"' OR 1=1 --""#, #""kid":"""#, #""kid":7"#, #""kid":null"#, #""x":1"#,
        #""kid":"\#(String(repeating: "a", count: 129))""#,
    ])
    func `a key id is looked up and is nothing else`(member: String) throws {
        let key = try SigningKey(generating: .es256)
        let verifier = try #require(TokenFixtures.verifier([key.publicKey]))
        let forged = try TokenFixtures.token(
            header: #"{"alg":"ES256","typ":"at+jwt",\#(member)}"#, claims: TokenFixtures.claims.json, key: key)
        #expect(throws: JWTProblem.self) { try verifier.claims(of: forged.utf8, now: noon) }
    }

    @Test func `only access tokens are believed`() throws {
        let key = try SigningKey(generating: .es256)
        let verifier = try #require(TokenFixtures.verifier([key.publicKey]))
        let id = key.publicKey.thumbprint
        for (type, isAccepted) in [
            (#""at+jwt""#, true), (#""application/at+jwt""#, true), (#""AT+JWT""#, true), (#""JWT""#, false),
            ("1", false),
        ] {
            let token = try TokenFixtures.token(
                header: #"{"alg":"ES256","typ":\#(type),"kid":"\#(id)"}"#, claims: TokenFixtures.claims.json, key: key)
            let isBelieved = (try? verifier.claims(of: token.utf8, now: noon)) != nil
            #expect(isBelieved == isAccepted, "\(type)")
        }
    }

    @Test func `only three parts of base64url, none of them empty and all of them bounded, are a token`() throws {
        let key = try SigningKey(generating: .es256)
        let token = try TokenFixtures.claims.token(signedBy: key)
        let parts = token.split(separator: ".").map(String.init)
        #expect(throws: JWTProblem.tooLong) { try SignedToken(String(repeating: "a", count: 16_385).utf8) }
        for text in [
            "", ".", "..", "...", parts[0], "\(parts[0]).\(parts[1])", "\(parts[0]).\(parts[1]).",
            ".\(parts[1]).\(parts[2])",
            "\(parts[0])..\(parts[2])", token + ".", token + ".x", token + "=", " " + token, token + "\n",
        ] {
            #expect(throws: JWTProblem.form) { try SignedToken(text.utf8) }
        }
    }
}
