internal import Crypto
internal import CryptoExtras

/// A public key with the one algorithm that it is for.
package struct VerifyingKey: Hashable, Sendable {
    /// The numbers of a key, as JWK has them: without a leading zero for RSA, of full length for curves.
    package enum Numbers: Hashable, Sendable {
        case p256(x: [UInt8], y: [UInt8])
        case ed25519(x: [UInt8])
        case rsa(modulus: [UInt8], exponent: [UInt8])
    }

    package let numbers: Numbers

    /// Refuses what is no point of its curve, and RSA keys that are weak or so large that checking them costs too much.
    package init(_ numbers: Numbers) throws(KeyError) {
        switch numbers {
        case .p256(let x, let y):
            guard x.count == 32, y.count == 32, (try? P256.Signing.PublicKey(rawRepresentation: x + y)) != nil else {
                throw .notOnCurve
            }
        case .ed25519(let x):
            guard x.count == 32, (try? Curve25519.Signing.PublicKey(rawRepresentation: x)) != nil else {
                throw .notOnCurve
            }
        case .rsa(let modulus, let exponent):
            guard modulus.first != 0, (256...512).contains(modulus.count), modulus[0] >= 0x80 else {
                throw .modulusLength
            }
            // An exponent of 1 signs nothing; others than the usual are slow or have been attacked.
            guard exponent == [1, 0, 1] else { throw .exponent }
            guard !WeakPrimes.hasFingerprint(modulus) else { throw .weakPrimes }
            guard (try? _RSA.Signing.PublicKey(n: modulus, e: exponent)) != nil else { throw .modulusLength }
        }
        self.numbers = numbers
    }

    package var algorithm: SigningAlgorithm {
        switch numbers {
        case .p256: .es256
        case .ed25519: .edDSA
        case .rsa: .rs256
        }
    }

    /// Whether a signature is this key's, in the form that JWS has for it (RFC 7518, sections 3.3 and 3.4).
    package func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        switch numbers {
        case .p256(let x, let y):
            guard signature.count == 64, let key = try? P256.Signing.PublicKey(rawRepresentation: x + y),
                let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
            else { return false }
            return key.isValidSignature(signature, for: SHA256.hash(data: message))
        case .ed25519(let x):
            guard signature.count == 64, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: x) else {
                return false
            }
            return key.isValidSignature(signature, for: message)
        case .rsa(let modulus, let exponent):
            guard signature.count == modulus.count,
                let key = try? _RSA.Signing.PublicKey(n: modulus, e: exponent)
            else { return false }
            return key.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: signature), for: SHA256.hash(data: message),
                padding: .insecurePKCS1v1_5)
        }
    }
}
