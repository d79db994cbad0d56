/// The key that checkpoints are signed with (Ed25519, RFC 8032).
package struct CheckpointSigner {
    /// The public key, 32 bytes.
    let key: [UInt8]
    let sign: ([UInt8]) throws -> [UInt8]

    package init(key: [UInt8], sign: @escaping ([UInt8]) throws -> [UInt8]) {
        self.key = key
        self.sign = sign
    }
}
