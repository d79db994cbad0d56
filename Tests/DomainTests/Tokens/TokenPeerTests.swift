import Domain
import Foundation
import Testing

/// A Python that has the libraries.
enum TokenPeer {
    static let python: String? = {
        let named = ProcessInfo.processInfo.environment["GATEHOUSE_PYTHON"] ?? "python3"
        return run(named, "import jwt, authlib, joserfc, cryptography", input: "")?.status == 0 ? named : nil
    }()

    static func run(_ python: String, _ script: String, input: String) -> (status: Int32, output: String)? {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [python, "-c", script]
        let (incoming, outgoing) = (Pipe(), Pipe())
        process.standardInput = incoming
        process.standardOutput = outgoing
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        try? incoming.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try? incoming.fileHandleForWriting.close()
        let output = (try? outgoing.fileHandleForReading.readToEnd()) ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}

/// Other programs read what we sign: PyJWT, Authlib and joserfc, where Python has them (`pip install pyjwt authlib joserfc
/// cryptography`; another Python by GATEHOUSE_PYTHON).
@Suite(.enabled(if: TokenPeer.python != nil, "no Python with pyjwt, authlib, joserfc and cryptography"))
struct TokenPeerTests {
    private static let script = """
        import json, sys, time
        import jwt
        from authlib.jose import JsonWebKey, JsonWebToken
        from joserfc import jwt as jose
        from joserfc.jwk import KeySet
        given = json.load(sys.stdin)
        token, keys, alg = given["token"], given["jwks"], given["alg"]
        head = jwt.get_unverified_header(token)
        assert head["typ"] == "at+jwt" and head["alg"] == alg, head
        key = jwt.PyJWKSet.from_dict(keys)[head["kid"]].key
        one = jwt.decode(token, key, algorithms=[alg], audience="https://api.example", issuer="https://issuer.example",
                         options={"require": ["exp", "iat", "jti", "sub", "iss", "aud"]})
        two = dict(JsonWebToken([alg]).decode(token, JsonWebKey.import_key_set(keys)))
        three = jose.decode(token, KeySet.import_key_set(keys), algorithms=[alg]).claims
        assert one == two == three, (one, two, three)
        for entry, ours in zip(keys["keys"], KeySet.import_key_set(keys).keys):
            assert ours.thumbprint() == entry["kid"], entry
        print(json.dumps(one, sort_keys=True))
        """

    @Test(arguments: SigningAlgorithm.allCases)
    func `three other programs believe our tokens, and read the same in them`(algorithm: SigningAlgorithm) throws {
        let python = try #require(TokenPeer.python)
        let key = try SigningKey(generating: algorithm, modulus: .bits2048)
        let other = try SigningKey(generating: .es256)
        var claims = TokenFixtures.claims
        claims.issued = Timestamp(seconds: Int64(Date().timeIntervalSince1970))
        claims.expires = claims.issued.advanced(by: 600_000_000)
        let token = try claims.token(signedBy: key)
        let published = try JSONValue(json: Array(VerifyingKeys([key.publicKey, other.publicKey]).json.utf8))
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("token", token)
            writer.member("alg", algorithm.name)
            writer.name("jwks")
            writer.value(published)
        }
        let result = try #require(TokenPeer.run(python, Self.script, input: writer.text))
        #expect(result.status == 0)
        let read = try JSONValue(json: Array(result.output.utf8))
        #expect(read["sub"] == .string("user-42"))
        #expect(read["scope"] == .string("orders:read orders:write"))
        #expect(read["tenant"] == .string("acme"))
        #expect(read["client_id"] == .string("mobile-app"))
    }

    private static let issuing = """
        import json, sys, time
        from joserfc import jwt as jose
        from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey
        alg = json.load(sys.stdin)["alg"]
        options = {"use": "sig", "alg": alg, "kid": "their key 1".replace(" ", "-")}
        key = {"ES256": lambda: ECKey.generate_key("P-256", options), "EdDSA": lambda: OKPKey.generate_key("Ed25519", options),
               "RS256": lambda: RSAKey.generate_key(2048, options)}[alg]()
        now = int(time.time())
        claims = {"iss": "https://issuer.example", "sub": "usér-7", "aud": ["x", "https://api.example"], "client_id": "theirs",
                  "jti": "77", "iat": now, "exp": now + 60.5, "scope": "a b", "nested": {"x": [1, None]}}
        token = jose.encode({"alg": alg, "typ": "application/at+jwt", "kid": key.kid}, claims, key, algorithms=[alg])
        print(json.dumps({"token": token, "jwks": KeySet([key]).as_dict(private=False)}))
        """

    @Test(arguments: SigningAlgorithm.allCases)
    func `we believe what another program signed, with the key that it published`(algorithm: SigningAlgorithm) throws {
        let python = try #require(TokenPeer.python)
        let result = try #require(TokenPeer.run(python, Self.issuing, input: #"{"alg":"\#(algorithm.name)"}"#))
        #expect(result.status == 0)
        let given = try JSONValue(json: Array(result.output.utf8))
        let keys = try VerifyingKeys(jwks: #require(given["jwks"]))
        let verifier = try #require(
            AccessTokenVerifier(issuer: "https://issuer.example", audience: "https://api.example", keys: keys))
        let token = try #require(given["token"]?.string)
        let now = Timestamp(seconds: Int64(Date().timeIntervalSince1970))
        let claims = try verifier.claims(of: token.utf8, now: now)
        #expect(claims.subject == "usér-7")
        #expect(claims.scopes == ["a", "b"])
        #expect(claims.others.map(\.name) == ["nested"])
        #expect(throws: JWTProblem.expired) {
            try verifier.claims(of: token.utf8, now: now.advanced(by: 100_000_000))
        }
    }
}
