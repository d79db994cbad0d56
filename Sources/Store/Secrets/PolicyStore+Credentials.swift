package import Domain
import Foundation
import GRDB

extension PolicyStore {
    /// The credentials of a client, or of all; without their secrets, which nobody has.
    package func credentials(of client: Name<Client>? = nil) throws -> [Credential] {
        try read { try CredentialTable.credentials(of: client?.text, in: $0) }
    }

    /// Gives a client a new secret or API key, which is told this once. It takes the duty edit.
    package func issueCredential(
        _ kind: Credential.Kind, to client: Name<Client>, notBefore: Timestamp? = nil, expires: Timestamp? = nil,
        by actor: Actor, reason: String, source: MasterKeySource
    ) throws -> IssuedCredential {
        try changeCredential(of: client, "issue", by: actor, reason: reason) { transaction in
            try issue(kind, to: client, notBefore: notBefore, expires: expires, source: source, in: transaction)
        }
    }

    /// Lets a client prove itself with a certificate, in DER or PEM (RFC 8705).
    package func addCertificate(
        _ bytes: [UInt8], to client: Name<Client>, notBefore: Timestamp? = nil, expires: Timestamp? = nil,
        by actor: Actor, reason: String
    ) throws -> IssuedCredential {
        let thumbprint = SecretBytes.thumbprint(ofCertificate: try CertificateText.der(of: bytes))
        return try changeCredential(of: client, "issue", by: actor, reason: reason) { transaction in
            let rows = try transaction.reading.prepare(
                """
                SELECT 1 FROM credential_states WHERE kind = 'certificate' AND hash = ?1 AND revoked IS NULL
                AND (expires IS NULL OR expires > ?2)
                """)
            rows.bind(copying: thumbprint, at: 1)
            rows.bind(transaction.now.microseconds, at: 2)
            guard try !rows.step() else { throw SecretsError.certificateTaken }
            return try insert(
                thumbprint, pepper: nil, kind: .certificate, prefix: String(Base64URL.text(thumbprint).prefix(8)),
                secret: nil, to: client, notBefore: notBefore, expires: expires, in: transaction)
        }
    }

    /// Gives a client a successor of a credential; the old one goes on for the overlap, in seconds.
    package func rotateCredential(
        _ id: Int64, overlap: Int64, expires: Timestamp? = nil, by actor: Actor, reason: String, source: MasterKeySource
    ) throws -> IssuedCredential {
        guard let old = try read({ try CredentialTable.credential(id, in: $0) }),
            let client = try? Name<Client>(old.client)
        else { throw SecretsError.credentialUnknown(String(id)) }
        guard (0...31_622_400).contains(overlap) else { throw SecretsError.badOrder("an overlap lasts up to a year") }
        return try changeCredential(of: client, "rotate", by: actor, reason: reason) { transaction in
            guard let old = try CredentialTable.credential(id, in: transaction.reading), old.replacedBy == nil,
                old.state(at: transaction.now) == .active || old.state(at: transaction.now) == .waiting,
                old.kind != .certificate
            else { throw SecretsError.credentialEnded(old.prefix) }
            let issued = try issue(
                old.kind, to: client, notBefore: nil, expires: expires, source: source, in: transaction)
            let end = transaction.now.advanced(by: overlap * 1_000_000)
            try transaction.database.execute(
                sql: """
                    UPDATE credentials SET replaced_by = ?1, expires = max(not_before, min(ifnull(expires, ?2), ?2))
                    WHERE id = ?3
                    """,
                arguments: [issued.credential.id, end.microseconds, id])
            transaction.before = old.account
            return issued
        }
    }

    /// Remembers when and from where credentials were used; it is no change of the policy, and not audited.
    package func noteUse(_ uses: [CredentialUse]) throws {
        guard let queue else { throw PolicyStoreError.storage(StoreError(.readOnly, path: folder.policy)) }
        try Self.naming(folder.policy) {
            try queue.write { database in
                for use in uses {
                    try database.execute(
                        sql: """
                            UPDATE credentials SET last_used = ?1, last_used_from = ?2
                            WHERE id = ?3 AND (last_used IS NULL OR last_used <= ?1)
                            """,
                        arguments: [use.time.microseconds, use.address?.stored, use.id])
                }
            }
        }
    }

    // MARK: -

    private func changeCredential(
        of client: Name<Client>, _ verb: String, by actor: Actor, reason: String,
        _ work: (PolicyTransaction) throws -> IssuedCredential
    ) throws -> IssuedCredential {
        try change(
            by: actor, duty: .edit, action: "credential.\(verb)", target: "client/\(client)", reason: reason
        ) { transaction in
            guard try transaction.hasClient(client) else { throw SecretsError.clientUnknown(client.text) }
            let issued = try work(transaction)
            transaction.after = issued.credential.account
            return issued
        }
    }

    private func issue(
        _ kind: Credential.Kind, to client: Name<Client>, notBefore: Timestamp?, expires: Timestamp?,
        source: MasterKeySource, in transaction: PolicyTransaction
    ) throws -> IssuedCredential {
        guard let form = kind.text else { throw SecretsError.certificateInvalid("is missing") }
        let pepper = try Self.ring(in: transaction.reading, source: source, store: id).peppers[0]
        var generator = SystemRandomNumberGenerator()
        let secret = SecretText(form, using: &generator)
        let hash = SecretBytes.keyedHash(of: secret.plaintext.utf8, purpose: form.word, pepper: pepper.bytes)
        return try insert(
            hash, pepper: pepper.number, kind: kind, prefix: secret.prefix, secret: secret, to: client,
            notBefore: notBefore, expires: expires, in: transaction)
    }

    private func insert(
        _ hash: [UInt8], pepper: Int64?, kind: Credential.Kind, prefix: String, secret: SecretText?,
        to client: Name<Client>, notBefore: Timestamp?, expires: Timestamp?, in transaction: PolicyTransaction
    ) throws -> IssuedCredential {
        let start = notBefore ?? transaction.now
        if let expires, expires <= max(start, transaction.now) {
            throw SecretsError.badOrder("the credential would expire before it begins")
        }
        let others = try CredentialTable.credentials(of: client.text, in: transaction.reading).filter {
            $0.kind == kind && $0.revoked == nil && ($0.expires.map { $0 > transaction.now } ?? true)
        }
        guard others.count < Credential.mostOfAKind else {
            throw SecretsError.tooManyCredentials(client: client.text, kind)
        }
        let number = try CredentialTable.insert(
            hash, pepper: pepper, kind: kind, prefix: prefix, client: client.text, notBefore: start,
            expires: expires, in: transaction)
        guard let credential = try CredentialTable.credential(number, in: transaction.reading) else {
            throw SecretsError.credentialUnknown(prefix)
        }
        if let epoch = credential.revoked { throw SecretsError.bornRevoked(client: client.text, epoch: epoch) }
        return IssuedCredential(credential: credential, secret: secret)
    }
}

/// That a credential was good for a request.
package struct CredentialUse: Hashable, Sendable {
    package let id: Int64
    package let time: Timestamp
    package let address: IPAddress?

    package init(id: Int64, time: Timestamp, address: IPAddress?) {
        self.id = id
        self.time = time
        self.address = address
    }
}

extension PolicyTransaction {
    func hasClient(_ client: Name<Client>) throws -> Bool {
        let row = try reading.prepare("SELECT 1 FROM clients WHERE name = ?")
        row.bind(copying: client.text, at: 1)
        return try row.step()
    }
}

extension Credential {
    /// For the audit trail.
    var account: String {
        var json = JSONWriter()
        json.object { json in
            json.member("credential", id)
            json.member("client", client)
            json.member("kind", kind.rawValue)
            json.member("prefix", prefix)
            json.member("notBefore", RFC3339.text(notBefore))
            json.member("expires", expires.map(RFC3339.text))
        }
        return json.text
    }
}
