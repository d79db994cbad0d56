/// How a JWT is signed (RFC 7518, section 3; RFC 8037, section 3.1). It is a property of a key, never of a token.
package enum SigningAlgorithm: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    /// ECDSA on P-256 with SHA-256.
    case es256
    /// Ed25519.
    case edDSA
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    case rs256

    /// What `alg` says.
    package var name: String {
        switch self {
        case .es256: "ES256"
        case .edDSA: "EdDSA"
        case .rs256: "RS256"
        }
    }

    package init?(name: some StringProtocol) {
        guard let algorithm = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = algorithm
    }
}
