internal import Crypto
internal import CryptoExtras

/// A private key that signs tokens or checkpoints.
package struct SigningKey: Sendable {
    private enum Secret: Sendable {
        case p256(P256.Signing.PrivateKey)
        case ed25519(Curve25519.Signing.PrivateKey)
        case rsa(_RSA.Signing.PrivateKey)
    }

    package enum ModulusBits: Int, CaseIterable, Sendable {
        case bits2048 = 2048
        case bits3072 = 3072
        case bits4096 = 4096
    }

    package let publicKey: VerifyingKey
    private let secret: Secret

    /// A new key. The library draws it from the system's random numbers; nothing else in this module does.
    package init(generating algorithm: SigningAlgorithm, modulus: ModulusBits = .bits3072) throws(KeyError) {
        switch algorithm {
        case .es256: try self.init(.p256(P256.Signing.PrivateKey()))
        case .edDSA: try self.init(.ed25519(Curve25519.Signing.PrivateKey()))
        case .rs256:
            guard let key = try? _RSA.Signing.PrivateKey(keySize: .init(bitCount: modulus.rawValue)) else {
                throw .modulusLength
            }
            try self.init(.rsa(key))
        }
    }

    /// A key that was kept; see `secretBytes`.
    package init(_ algorithm: SigningAlgorithm, secretBytes bytes: [UInt8]) throws(KeyError) {
        switch algorithm {
        case .es256:
            guard let key = try? P256.Signing.PrivateKey(rawRepresentation: bytes) else { throw .secret }
            try self.init(.p256(key))
        case .edDSA:
            guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes) else { throw .secret }
            try self.init(.ed25519(key))
        case .rs256:
            guard let key = try? _RSA.Signing.PrivateKey(derRepresentation: bytes) else { throw .secret }
            try self.init(.rsa(key))
        }
    }

    private init(_ secret: Secret) throws(KeyError) {
        self.secret = secret
        switch secret {
        case .p256(let key):
            let point = Array(key.publicKey.rawRepresentation)
            publicKey = try VerifyingKey(.p256(x: Array(point.prefix(32)), y: Array(point.suffix(32))))
        case .ed25519(let key):
            publicKey = try VerifyingKey(.ed25519(x: Array(key.publicKey.rawRepresentation)))
        case .rsa(let key):
            guard let numbers = try? key.publicKey.getKeyPrimitives() else { throw .secret }
            publicKey = try VerifyingKey(
                .rsa(modulus: Array(numbers.modulus), exponent: Array(numbers.publicExponent)))
        }
    }

    package var algorithm: SigningAlgorithm { publicKey.algorithm }

    /// What has to be sealed before it is kept: 32 bytes for curves, PKCS #1 in DER for RSA.
    package var secretBytes: [UInt8] {
        switch secret {
        case .p256(let key): Array(key.rawRepresentation)
        case .ed25519(let key): Array(key.rawRepresentation)
        case .rsa(let key): Array(key.derRepresentation)
        }
    }

    package func signature(for message: [UInt8]) throws(KeyError) -> [UInt8] {
        switch secret {
        case .p256(let key):
            guard let signature = try? key.signature(for: SHA256.hash(data: message)) else { throw .signing }
            return Array(signature.rawRepresentation)
        case .ed25519(let key):
            guard let signature = try? key.signature(for: message) else { throw .signing }
            return Array(signature)
        case .rsa(let key):
            guard
                let signature = try? key.signature(
                    for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5)
            else { throw .signing }
            return Array(signature.rawRepresentation)
        }
    }
}
