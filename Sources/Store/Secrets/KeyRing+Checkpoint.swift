import Domain

extension KeyRing {
    /// Signs checkpoints with the key that the store has for them.
    package var checkpointSigner: CheckpointSigner {
        CheckpointSigner(key: checkpointPublicKey, sign: checkpointKey.signature(for:))
    }
}

extension PolicyStore {
    /// The public keys that checkpoints of this store were or are signed with, 32 bytes each.
    package func checkpointKeys() throws -> Set<[UInt8]> {
        Set(
            try keys().compactMap { key in
                guard key.kind == .checkpoint, case .ed25519(x: let bytes)? = key.publicKey?.numbers else { return nil }
                return bytes
            })
    }
}
