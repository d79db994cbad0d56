internal import Crypto

/// A signed statement of how long a chain was, and how it ended: kept elsewhere, it shows a chain that was written anew.
package struct Checkpoint: Hashable, Sendable {
    /// `policy`, or a segment of traffic by the day and part that its file is named after: `traffic-2026-11-20`.
    package let chain: String
    /// Records of the audit trail, or batches of a segment.
    package let length: Int64
    package let head: [UInt8]
    package let time: Timestamp
    /// The policy store's id.
    package let store: [UInt8]
    /// The public key (Ed25519, RFC 8032) of the signature.
    package let key: [UInt8]
    package let signature: [UInt8]

    package init(
        chain: String, length: Int64, head: [UInt8], time: Timestamp, store: [UInt8], key: [UInt8], signature: [UInt8]
    ) {
        self.chain = chain
        self.length = length
        self.head = head
        self.time = time
        self.store = store
        self.key = key
        self.signature = signature
    }

    /// Whether the signature is by the key that the checkpoint names; whose key that is says whoever trusts it.
    package var isSignedByItsKey: Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key) else { return false }
        return key.isValidSignature(signature, for: signedBytes)
    }

    /// What the signature is over.
    package var signedBytes: [UInt8] {
        Self.signedBytes(chain: chain, length: length, head: head, time: time, store: store)
    }

    package static func signedBytes(
        chain: String, length: Int64, head: [UInt8], time: Timestamp, store: [UInt8]
    ) -> [UInt8] {
        var bytes = Array("gatehouse checkpoint 1\n".utf8) + store
        withUnsafeBytes(of: UInt32(chain.utf8.count).littleEndian) { bytes += $0 }
        bytes += chain.utf8
        withUnsafeBytes(of: length.littleEndian) { bytes += $0 }
        bytes += head
        withUnsafeBytes(of: time.microseconds.littleEndian) { bytes += $0 }
        return bytes
    }
}
