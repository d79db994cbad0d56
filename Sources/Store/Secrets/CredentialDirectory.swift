package import Domain

/// All credentials that are alive, in memory: what a node asks with each request.
package struct CredentialDirectory: Sendable {
    private struct Entry: Sendable {
        let hash: [UInt8]
        let credential: Credential
    }

    /// By the first eight bytes of a keyed hash, which nobody can choose who doesn't know the pepper.
    private var entries: [UInt64: [Entry]] = [:]
    private let peppers: [KeyRing.Pepper]

    init(_ rows: [(hash: [UInt8], credential: Credential)], peppers: [KeyRing.Pepper]) {
        self.peppers = peppers
        for row in rows {
            entries[Self.key(row.hash), default: []].append(Entry(hash: row.hash, credential: row.credential))
        }
    }

    private static func key(_ hash: [UInt8]) -> UInt64 { hash.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }

    package enum Verdict: Hashable, Sendable {
        case valid(Credential)
        case refused(Reason)
    }

    /// Whether a secret or an API key is a client's.
    ///
    /// It takes the same work whatever is presented, known or not: a hash under every pepper and a look for each.
    /// Nothing is looked up by the prefix, which others may have seen.
    package func verdict(on presented: some Collection<UInt8>, now: Timestamp) -> Verdict {
        let bytes = Array(presented.prefix(256))
        let kind = SecretText(presented)?.kind
        var found: Credential?
        for pepper in peppers {
            let hash = SecretBytes.keyedHash(
                of: bytes, purpose: (kind ?? .apiKey).word, pepper: pepper.bytes)
            for entry in entries[Self.key(hash)] ?? [] where SecretBytes.areEqual(entry.hash, hash) {
                // Read on: leaving early would tell which pepper it was.
                found = entry.credential
            }
        }
        guard let found, kind != nil, found.kind.text == kind else { return .refused(.credentialsInvalid) }
        return Self.verdict(on: found, now: now)
    }

    /// Whether a certificate, in DER, is a client's; its chain is for TLS to check.
    package func verdict(onCertificate der: [UInt8], now: Timestamp) -> Verdict {
        let thumbprint = SecretBytes.thumbprint(ofCertificate: der)
        let found = (entries[Self.key(thumbprint)] ?? []).filter {
            $0.credential.kind == .certificate && SecretBytes.areEqual($0.hash, thumbprint)
        }
        guard let entry = found.last else { return .refused(.credentialsInvalid) }
        return Self.verdict(on: entry.credential, now: now)
    }

    private static func verdict(on credential: Credential, now: Timestamp) -> Verdict {
        switch credential.state(at: now) {
        case .active: .valid(credential)
        case .waiting: .refused(.credentialsInvalid)
        case .expired: .refused(.credentialExpired)
        case .revoked: .refused(.credentialRevoked)
        }
    }
}

extension PolicyStore {
    /// Loads the credentials, the revoked ones too, so that who shows one is told so.
    package func credentialDirectory(_ source: MasterKeySource) throws -> CredentialDirectory {
        try read { database in
            let ring = try Self.ring(in: database, source: source, store: id)
            let credentials = Dictionary(
                uniqueKeysWithValues: try CredentialTable.credentials(of: nil, in: database).map { ($0.id, $0) })
            let rows = try database.prepare("SELECT id, hash FROM credentials ORDER BY id")
            var known: [(hash: [UInt8], credential: Credential)] = []
            while try rows.step() {
                if let credential = credentials[rows.integer(0)] { known.append((rows.array(1), credential)) }
            }
            return CredentialDirectory(known, peppers: ring.peppers)
        }
    }
}
