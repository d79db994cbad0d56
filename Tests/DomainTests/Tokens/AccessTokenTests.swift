import Domain
import Testing

struct AccessTokenTests {
    private let noon = TokenFixtures.noon

    @Test(arguments: SigningAlgorithm.allCases)
    func `what is signed is believed, and says what it said`(algorithm: SigningAlgorithm) throws {
        let key = try SigningKey(generating: algorithm, modulus: .bits2048)
        let token = try TokenFixtures.claims.token(signedBy: key)
        let verifier = try #require(TokenFixtures.verifier([key.publicKey]))
        #expect(try verifier.claims(of: token.utf8, now: noon) == TokenFixtures.claims)
        let again = try SigningKey(algorithm, secretBytes: key.secretBytes)
        #expect(again.publicKey == key.publicKey)
        #expect(try VerifyingKey(jwk: JSONValue(json: Array(key.publicKey.json.utf8))) == key.publicKey)
    }

    @Test func `a client that acts for itself is its own subject, as RFC 9068 has it`() throws {
        let key = try SigningKey(generating: .es256)
        var claims = TokenFixtures.claims
        (claims.subject, claims.roles, claims.others) = ("", nil, [])
        let verifier = try #require(TokenFixtures.verifier([key.publicKey]))
        let token = try claims.token(signedBy: key)
        #expect(try verifier.claims(of: token.utf8, now: noon) == claims)
        #expect(
            claims.json == """
                {"iss":"https://issuer.example","sub":"mobile-app","aud":"https://api.example","client_id":"mobile-app",\
                "jti":"0aQf81","iat":1763640000,"exp":1763640600,"scope":"orders:read orders:write","acr":"mfa",\
                "gh_family":7,"gh_credential":3}
                """)
    }

    @Test func `one changed character anywhere is refused`() throws {
        let key = try SigningKey(generating: .edDSA)
        let token = Array(try TokenFixtures.claims.token(signedBy: key).utf8)
        let verifier = try #require(TokenFixtures.verifier([key.publicKey]))
        for index in token.indices {
            var changed = token
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(throws: JWTProblem.self) { try verifier.claims(of: changed, now: noon) }
        }
    }

    @Test func `claims that are missing, double or mad are refused`() throws {
        let key = try SigningKey(generating: .es256)
        let verifier = try #require(TokenFixtures.verifier([key.publicKey]))
        let header = #"{"alg":"ES256","typ":"at+jwt","kid":"\#(key.publicKey.thumbprint)"}"#
        let good: [(String, String)] = [
            ("iss", #""https://issuer.example""#), ("sub", #""u""#), ("aud", #"["x","https://api.example"]"#),
            ("client_id", #""c""#), ("jti", #""1""#), ("iat", "1763640000"), ("exp", "1763640600.5"),
        ]
        func text(_ members: [(String, String)]) -> String {
            "{" + members.map { #""\#($0.0)":\#($0.1)"# }.joined(separator: ",") + "}"
        }
        func isBelieved(_ claims: String) throws -> Bool {
            (try? verifier.claims(of: TokenFixtures.token(header: header, claims: claims, key: key).utf8, now: noon))
                != nil
        }
        #expect(try isBelieved(text(good)))
        for index in good.indices {
            var members = good
            members.remove(at: index)
            #expect(try !isBelieved(text(members)), "without \(good[index].0)")
            #expect(try !isBelieved(text(good + [good[index]])), "with two \(good[index].0)")
            for value in ["null", "-1", "[]", "{}", #""""#, "true", "1e300", #""\u202e""#, "[1]"] {
                members = good
                members[index].1 = value
                #expect(try !isBelieved(text(members)), "\(good[index].0): \(value)")
            }
        }
        for (name, value) in [
            ("scope", "1"), ("scope", "[]"), ("roles", #""admin""#), ("roles", "[1]"), ("acr", "2"), ("nbf", #""0""#),
            ("gh_family", "0"), ("gh_family", #""1""#), ("cnf", "{}"), ("cnf", #"{"jkt":"x"}"#),
            ("cnf", #"{"x5t#S256":"AAAA"}"#),
        ] {
            #expect(try !isBelieved(text(good + [(name, value)])), "\(name): \(value)")
        }
    }

    @Test func `issuer, audience and time are asked for, to the second and the skew`() throws {
        let key = try SigningKey(generating: .es256)
        let token = try TokenFixtures.claims.token(signedBy: key)
        func problem(issuer: String, audience: String, at seconds: Int64) -> JWTProblem? {
            let verifier = AccessTokenVerifier(
                issuer: issuer, audience: audience, keys: VerifyingKeys([key.publicKey]), skew: 30)
            do throws(JWTProblem) {
                _ = try verifier?.claims(of: token.utf8, now: noon.advanced(by: seconds * 1_000_000))
                return nil
            } catch {
                return error
            }
        }
        let (issuer, audience) = ("https://issuer.example", "https://api.example")
        #expect(problem(issuer: issuer, audience: audience, at: 0) == nil)
        #expect(problem(issuer: issuer + "/", audience: audience, at: 0) == .issuer)
        #expect(problem(issuer: issuer, audience: "https://api.example.org", at: 0) == .audience)
        #expect(problem(issuer: issuer, audience: audience, at: 629) == nil)
        #expect(problem(issuer: issuer, audience: audience, at: 630) == .expired)
        #expect(problem(issuer: issuer, audience: audience, at: -30) == nil)
        #expect(problem(issuer: issuer, audience: audience, at: -31) == .notYet)
        #expect(AccessTokenVerifier(issuer: "", audience: audience, keys: VerifyingKeys()) == nil)
        #expect(AccessTokenVerifier(issuer: issuer, audience: "", keys: VerifyingKeys()) == nil)
    }

    @Test func `a token's other text doesn't escape its revocation`() throws {
        let first = TokenHash(issuer: "https://issuer.example", id: "0aQf81")
        #expect(first == TokenHash(issuer: "https://issuer.example", id: "0aQf81"))
        #expect(first != TokenHash(issuer: "https://issuer.example", id: "0aQf82"))
        #expect(first != TokenHash(issuer: "https://other.example", id: "0aQf81"))
        #expect(TokenHash(bytes: first.bytes) == first)
    }

    @Test func `a decision gets what the token says`() {
        var claims = TokenFixtures.claims
        claims.others = [
            JSONMember("tenant", .string("acme")), JSONMember("age", .integer(7)), JSONMember("ok", .bool(true)),
            JSONMember("groups", .array([.string("a"), .string("b")])), JSONMember("address", .object([])),
        ]
        let facts = claims.facts
        #expect(facts.hash == TokenHash(issuer: "https://issuer.example", id: "0aQf81"))
        #expect(facts.family == 7)
        #expect(facts.credential == 3)
        #expect(facts.subject == "user-42")
        #expect(facts.roles == ["user"])
        #expect(facts.issued == noon)
        #expect(
            facts.claims.map { "\($0.name)=\($0.value)" } == [
                "tenant=acme", "age=7", "ok=true", "groups=a", "groups=b",
            ])
    }

    @Test func `random bytes are never believed and never crash`() throws {
        let key = try SigningKey(generating: .es256)
        let verifier = try #require(TokenFixtures.verifier([key.publicKey]))
        let token = Array(try TokenFixtures.claims.token(signedBy: key).utf8)
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<5_000 {
            var bytes = token
            for _ in 0...Int.random(in: 0..<4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(UInt8(ascii: "."), at: place)
                default: bytes.insert(contentsOf: token.prefix(place), at: place)
                }
            }
            guard bytes != token else { continue }
            #expect(throws: JWTProblem.self) { try verifier.claims(of: bytes, now: noon) }
        }
    }
}
