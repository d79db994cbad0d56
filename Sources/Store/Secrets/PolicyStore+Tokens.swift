package import Domain
import GRDB

extension PolicyStore {
    /// Issues an access token, which is told this once. It takes the duty edit.
    package func issueToken(
        _ order: TokenOrder, by actor: Actor, reason: String, source: MasterKeySource
    ) throws -> IssuedToken {
        try change(by: actor, duty: .edit, action: "token.issue", target: "client/\(order.client)", reason: reason) {
            transaction in
            let issued = try TokenIssue(order, transaction: transaction).token {
                try Self.ring(in: transaction.reading, source: source, store: id)
            }
            transaction.after = issued.record.account
            return issued
        }
    }

    /// The newest first.
    package func tokens(_ selection: TokenSelection = TokenSelection()) throws -> [TokenRecord] {
        let now = clock()
        return try read { try TokenSearch(selection, now: now, in: $0).tokens() }
    }

    /// The token that a text names: itself, its `jti` or the beginning of it, or what stands for it in traffic.
    package func token(named text: String) throws -> TokenRecord {
        // What is shown in a message must not be a token.
        let isToken = text.contains(".") || SecretText(text.utf8) != nil
        let found: [TokenRecord]
        if isToken {
            found = try tokens(hash: SecretBytes.hash(ofToken: text.utf8), bytes: 32)
        } else if text.hasPrefix("token:") {
            let digits = text.utf8.dropFirst("token:".count).compactMap(Hex.value)
            guard digits.count == 12 else { throw SecretsError.tokenUnknown(text) }
            let hash = stride(from: 0, to: 12, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
            found = try tokens(hash: hash, bytes: 6)
        } else {
            guard (4...64).contains(text.utf8.count) else { throw SecretsError.tokenUnknown(text) }
            found = try read { database in
                // `jti` is of letters and digits, which all come before this one.
                try TokenTable.tokens(in: database, where: "t.jti >= ?1 AND t.jti < ?1 || '~'", limit: 2) {
                    $0.bind(copying: text, at: 1)
                }
            }
            if let exact = found.first(where: { $0.id == text }) { return exact }
        }
        guard let first = found.first else { throw SecretsError.tokenUnknown(isToken ? "with that text" : text) }
        guard found.count == 1 else { throw SecretsError.tokenAmbiguous(text) }
        return first
    }

    private func tokens(hash: [UInt8], bytes: Int) throws -> [TokenRecord] {
        let last = hash + [UInt8](repeating: 255, count: 32 - bytes)
        return try read { database in
            try TokenTable.tokens(in: database, where: "t.hash BETWEEN ?1 AND ?2", limit: 2) { rows in
                rows.bind(copying: hash, at: 1)
                rows.bind(copying: last, at: 2)
            }
        }
    }

    /// The token that somebody presents, alive or not; nil when this store never issued it.
    ///
    /// For opaque tokens; a JWT is verified with the published keys, without asking the store.
    package func token(presented: some Collection<UInt8>) throws -> TokenRecord? {
        guard presented.count <= SignedToken.longest else { return nil }
        return try tokens(hash: SecretBytes.hash(ofToken: presented), bytes: 32).first
    }
}

extension TokenRecord {
    /// For the audit trail.
    var account: String {
        var json = JSONWriter()
        json.object { json in
            json.member("token", id)
            json.member("form", form.rawValue)
            json.member("client", client)
            json.member("subject", subject.isEmpty ? nil : subject)
            json.name("scopes")
            json.value(.array(scopes.map(JSONValue.string)))
            json.member("family", family)
            json.member("key", keyID)
            json.member("expires", RFC3339.text(expires))
        }
        return json.text
    }
}
