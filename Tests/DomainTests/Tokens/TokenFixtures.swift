import Domain
import Foundation

/// Files of `Tests/Fixtures/jwt`.
enum TokenFixtures {
    static func json(_ name: String) throws -> JSONValue {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let bytes = [UInt8](try Data(contentsOf: tests.appending(path: "Fixtures/jwt/\(name)")))
        return try JSONValue(json: bytes, longest: 1 << 20)
    }

    static let noon = Timestamp(seconds: 1_763_640_000)

    /// Claims as the demo's identity provider would give them.
    static var claims: AccessTokenClaims {
        AccessTokenClaims(
            issuer: "https://issuer.example", subject: "user-42", audience: ["https://api.example"],
            client: "mobile-app", id: "0aQf81", issued: noon, expires: noon.advanced(by: 600_000_000),
            scopes: ["orders:read", "orders:write"], roles: ["user"], authenticationLevel: "mfa", family: 7,
            credential: 3, others: [JSONMember("tenant", .string("acme"))])
    }

    static func verifier(_ keys: [VerifyingKey]) -> AccessTokenVerifier? {
        AccessTokenVerifier(
            issuer: "https://issuer.example", audience: "https://api.example", keys: VerifyingKeys(keys))
    }

    /// A token with any header and claims, signed as if they were right.
    static func token(header: String, claims: String, key: SigningKey) throws -> String {
        let signed = Base64URL.text(header.utf8) + "." + Base64URL.text(claims.utf8)
        return signed + "." + Base64URL.text(try key.signature(for: Array(signed.utf8)))
    }
}
