import Crypto
import Domain

/// The key under which all other keys lie in the store: 32 bytes that are never in it.
package struct MasterKey: Sendable, CustomStringConvertible {
    let bytes: [UInt8]

    /// A new one.
    init(using generator: inout some RandomNumberGenerator) {
        bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    /// Reads base64url or hexadecimal digits; nil when they don't give 32 bytes.
    init?(text: Substring.UTF8View) {
        if text.count == 64 {
            let digits = text.compactMap(Hex.value)
            guard digits.count == 64 else { return nil }
            bytes = stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
        } else {
            guard let decoded = Base64URL.bytes(text), decoded.count == 32 else { return nil }
            bytes = decoded
        }
    }

    var text: String { Base64URL.text(bytes) }

    /// What the store remembers it by, so that a wrong one is told from damage; it says nothing of the key.
    var id: [UInt8] {
        Array(SecretBytes.keyedHash(of: [], purpose: "master key id", pepper: bytes).prefix(16))
    }

    /// Never the key: this is what ends up in logs.
    package var description: String { "a master key" }

    var symmetric: SymmetricKey { SymmetricKey(data: bytes) }
}

/// Bytes under AES-256-GCM, bound to the place where they lie (NIST SP 800-38D).
struct SealedBytes {
    /// Nonce, ciphertext, tag.
    let bytes: [UInt8]

    /// Where sealed bytes belong. Moved to another place, another store or an earlier generation, they don't open.
    struct Place {
        let store: [UInt8]
        let name: String
        let kind: KeyRecord.Kind
        let generation: Int64

        fileprivate var data: [UInt8] {
            var bytes = Array("gatehouse sealed 1\n".utf8) + store
            for text in [name, kind.rawValue] {
                withUnsafeBytes(of: UInt32(text.utf8.count).littleEndian) { bytes += $0 }
                bytes += text.utf8
            }
            withUnsafeBytes(of: generation.littleEndian) { bytes += $0 }
            return bytes
        }
    }

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    init(sealing secret: [UInt8], at place: Place, under key: MasterKey) throws {
        // The library draws a random nonce; a key seals a handful of times in its life.
        let box = try AES.GCM.seal(secret, using: key.symmetric, authenticating: place.data)
        bytes = Array(box.nonce) + box.ciphertext + box.tag
    }

    /// The secret; nil when the bytes were changed, or lie elsewhere.
    func opened(at place: Place, under key: MasterKey) -> [UInt8]? {
        guard let box = try? AES.GCM.SealedBox(combined: bytes),
            let secret = try? AES.GCM.open(box, using: key.symmetric, authenticating: place.data)
        else { return nil }
        return Array(secret)
    }
}
