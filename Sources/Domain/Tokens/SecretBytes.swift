internal import Crypto

/// Hashes of secrets and of what they are known by, and comparison without a clock that tells.
package enum SecretBytes {
    /// HMAC-SHA-256 (RFC 2104) of a secret under a pepper, with what the secret is for in it, so that a hash of one
    /// purpose is worth nothing for another.
    package static func keyedHash(of secret: some Sequence<UInt8>, purpose: String, pepper: [UInt8]) -> [UInt8] {
        var code = HMAC<SHA256>(key: SymmetricKey(data: pepper))
        code.update(data: Array("gatehouse \(purpose)\n".utf8))
        code.update(data: Array(secret))
        return Array(code.finalize())
    }

    /// SHA-256 of a whole token as it is presented. Its first six bytes are what `SecretDigest` shows in traffic.
    package static func hash(ofToken token: some Sequence<UInt8>) -> [UInt8] {
        Array(SHA256.hash(data: Array(token)))
    }

    /// `x5t#S256`: SHA-256 of a certificate's DER (RFC 8705, section 3.1).
    package static func thumbprint(ofCertificate der: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: der))
    }

    /// Whether two texts of bytes are equal, in a time that depends on their lengths alone.
    package static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in left.indices { difference |= left[index] ^ right[index] }
        return difference == 0
    }
}

extension TokenHash {
    /// What a token is revoked by. Its text won't do: whoever has a token signed with ES256 can make another text of
    /// it, with the other root of the signature.
    package init(issuer: String, id: String) {
        var hash = SHA256()
        hash.update(data: Array("gatehouse jti\n".utf8))
        hash.update(data: Array(issuer.utf8) + [0])
        hash.update(data: Array(id.utf8))
        let digest = Array(hash.finalize())
        high = digest.prefix(16).reduce(0) { $0 << 8 | UInt128($1) }
        low = digest.suffix(16).reduce(0) { $0 << 8 | UInt128($1) }
    }

    package var bytes: [UInt8] {
        [high, low].flatMap { half in (0..<16).map { UInt8(truncatingIfNeeded: half >> UInt128(120 - 8 * $0)) } }
    }
}
