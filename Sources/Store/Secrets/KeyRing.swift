package import Domain

/// The store's keys, opened: what signs and what hashes. It lives in memory only.
package struct KeyRing: Sendable {
    package struct Pepper: Sendable {
        let number: Int64
        let bytes: [UInt8]
    }

    /// Of an active signing key.
    package struct Signer: Sendable {
        let number: Int64
        package let key: SigningKey
    }

    /// The one for new credentials first, then those that older ones were hashed with.
    let peppers: [Pepper]
    package let signers: [Signer]
    /// Signs checkpoints of the audit trail.
    package let checkpointKey: SigningKey

    init(opening sealed: [KeyTable.Sealed], records: [KeyRecord], under master: MasterKey, store: [UInt8]) throws {
        var peppers: [Pepper] = []
        var signers: [Signer] = []
        var checkpointKey: SigningKey?
        let byNumber = Dictionary(uniqueKeysWithValues: records.map { ($0.number, $0) })
        for row in sealed {
            guard let record = byNumber[row.number] else { continue }
            guard let secret = SealedBytes(bytes: row.bytes).opened(at: row.place(in: store), under: master) else {
                throw SecretsError.keyDamaged(row.name)
            }
            switch (record.kind, record.state) {
            case (.pepper, .active): peppers.insert(Pepper(number: row.number, bytes: secret), at: 0)
            case (.pepper, .retiring): peppers.append(Pepper(number: row.number, bytes: secret))
            case (.signing, .active):
                signers.append(Signer(number: row.number, key: try Self.key(secret, of: record)))
            case (.checkpoint, .active): checkpointKey = try Self.key(secret, of: record)
            case (.pepper, .next), (.pepper, .retired), (.signing, .next), (.signing, .retiring), (.signing, .retired),
                (.checkpoint, .next), (.checkpoint, .retiring), (.checkpoint, .retired):
                continue
            }
        }
        guard let checkpointKey, let first = peppers.first, byNumber[first.number]?.state == .active else {
            throw SecretsError.noKeys
        }
        self.peppers = peppers
        self.signers = signers
        self.checkpointKey = checkpointKey
    }

    /// The key's public half lies beside it; if they don't belong together, somebody has swapped one.
    private static func key(_ secret: [UInt8], of record: KeyRecord) throws -> SigningKey {
        guard let algorithm = record.algorithm, let key = try? SigningKey(algorithm, secretBytes: secret),
            key.publicKey == record.publicKey
        else { throw SecretsError.keyDamaged(record.name) }
        return key
    }

    /// What others verify checkpoints with: 32 bytes (RFC 8032).
    package var checkpointPublicKey: [UInt8] {
        if case .ed25519(let bytes) = checkpointKey.publicKey.numbers { bytes } else { [] }
    }

    /// The key that signs tokens with an algorithm; without one ES256, or whatever there is.
    func signer(_ algorithm: SigningAlgorithm?) throws(SecretsError) -> Signer {
        let wanted = algorithm.map { [$0] } ?? SigningAlgorithm.allCases
        for algorithm in wanted {
            if let signer = signers.first(where: { $0.key.algorithm == algorithm }) { return signer }
        }
        throw .noSigningKey(algorithm)
    }
}
