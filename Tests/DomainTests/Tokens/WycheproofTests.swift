import Domain
import Testing

/// The vectors of Project Wycheproof for JWS, for the algorithms that exist here and for all others, which are refused.
struct WycheproofTests {
    private struct Case: CustomStringConvertible {
        let number: Int64
        let comment: String
        let token: String
        let isValid: Bool
        let key: JSONValue

        var description: String { "\(number) \(comment)" }
    }

    private static func cases() throws -> [Case] {
        let groups = try TokenFixtures.json("json_web_signature_test.json")["testGroups"]?.elements ?? []
        return groups.flatMap { group in
            (group["tests"]?.elements ?? []).compactMap { test -> Case? in
                guard case .integer(let number)? = test["tcId"], let key = group["public"] ?? group["private"] else {
                    return nil
                }
                return Case(
                    number: number, comment: test["comment"]?.string ?? "", token: test["jws"]?.string ?? "",
                    isValid: test["result"] == .string("valid"), key: key)
            }
        }
    }

    private static func accepts(_ token: String, key: JSONValue) -> Bool {
        guard let key = try? VerifyingKey(jwk: key), let signed = try? SignedToken(token.utf8) else { return false }
        return (try? signed.verify(with: key)) != nil
    }

    @Test func `every signature that is wrong is refused`() throws {
        let cases = try Self.cases()
        #expect(cases.count == 401)
        for test in cases where !test.isValid {
            #expect(!Self.accepts(test.token, key: test.key), "\(test)")
        }
    }

    @Test func `every signature that is right is accepted, for our algorithms and tokens that say something`() throws {
        var accepted: [Int64] = []
        for test in try Self.cases() where test.isValid && Self.accepts(test.token, key: test.key) {
            accepted.append(test.number)
        }
        // ES256, RS256 with 2048 bits, and the example of RFC 7520 twice. 259 has an empty payload, which no access
        // token has.
        #expect(accepted == [18, 33, 260, 261, 262, 263, 345, 349, 378])
    }

    @Test func `keys that are weak, broken, or for something else are refused`() throws {
        let groups = try TokenFixtures.json("json_web_key_test.json")["testGroups"]?.elements ?? []
        #expect(groups.count == 25)
        var accepted: [String] = []
        for group in groups {
            guard let set = group["public"] ?? group["private"], let keys = try? VerifyingKeys(jwks: set) else {
                continue
            }
            for test in group["tests"]?.elements ?? [] {
                guard let signed = try? SignedToken((test["jws"]?.string ?? "").utf8),
                    let key = signed.header.keyID.flatMap({ keys[id: $0] }),
                    (try? signed.verify(with: key)) != nil
                else { continue }
                #expect(test["result"] == .string("valid"))
                accepted.append(test["comment"]?.string ?? "")
            }
        }
        #expect(accepted == ["acceptsValid"])
    }
}

struct StandardExampleTests {
    @Test func `RS256 signs the example of RFC 7520 exactly as it stands there, and believes it`() throws {
        let example = try TokenFixtures.json("rfc7520/4_1.rsa_v15_signature.json")
        let jwk = try #require(example["input"]?["key"])
        let key = try VerifyingKey(jwk: jwk)
        let token = try #require(example["output"]?["compact"]?.string)
        let signed = try SignedToken(token.utf8)
        #expect(signed.header.keyID == "bilbo.baggins@hobbiton.example")
        #expect(String(decoding: signed.payload, as: UTF8.self) == example["input"]?["payload"]?.string)
        try signed.verify(with: key)
        // RFC 7638, section 3.1, has the thumbprint of another RSA key; this one is checked with PyJWT in PeerTests.
        #expect(key.thumbprint.utf8.count == 43)
    }

    @Test func `EdDSA signs the example of RFC 8037 exactly as it stands there`() throws {
        let example = try TokenFixtures.json("rfc7520/ed25519_signature.json")
        let seed = try #require(example["input"]?["key"]?["d"]?.string.flatMap { Base64URL.bytes($0.utf8) })
        let key = try SigningKey(.edDSA, secretBytes: seed)
        let input = try #require(example["signing"]?["sig-input"]?.string)
        #expect(Base64URL.text(try key.signature(for: Array(input.utf8))) == example["signing"]?["sig"]?.string)
        #expect(try VerifyingKey(jwk: #require(example["input"]?["key"])) == key.publicKey)
        let token = try SignedToken(#require(example["output"]?["compact"]?.string).utf8)
        try token.verify(with: key.publicKey)
        // RFC 8037, appendix A.3.
        #expect(key.publicKey.thumbprint == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
    }

    @Test func `the thumbprint of an RSA key is the one of RFC 7638`() throws {
        let jwk = """
            {"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRX\
            jBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zg\
            dAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8a\
            wapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}
            """
        let key = try VerifyingKey(jwk: JSONValue(json: Array(jwk.utf8)))
        #expect(key.thumbprint == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
    }
}
