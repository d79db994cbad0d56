import Domain
import GRDB

/// One token on its way out: the order is held against the active policy, within the transaction that keeps the token.
struct TokenIssue {
    /// In seconds: up to thirty days.
    private static let lifetimes: ClosedRange<Int64> = 1...2_592_000

    private let order: TokenOrder
    private let transaction: PolicyTransaction
    private let issuer: String
    private let audience: String
    private let lifetime: Int64
    private let scopes: [String]

    init(_ order: TokenOrder, transaction: PolicyTransaction) throws {
        self.order = order
        self.transaction = transaction
        let settings = try transaction.reading.prepare("SELECT issuer, audience, token_seconds FROM settings")
        guard try settings.step(), !settings.string(0).isEmpty, !settings.string(1).isEmpty else {
            throw SecretsError.badOrder("the settings name no issuer and audience for tokens")
        }
        issuer = settings.string(0)
        audience = settings.string(1)
        lifetime = order.lifetime ?? settings.integer(2)
        guard Self.lifetimes.contains(lifetime) else {
            throw SecretsError.badOrder("a token lives from a second to thirty days")
        }
        scopes = try Self.scopes(of: order, in: transaction)
        try Self.checkTexts(of: order)
        try Self.checkCredential(of: order, in: transaction)
    }

    private static func scopes(of order: TokenOrder, in transaction: PolicyTransaction) throws -> [String] {
        let client = try transaction.reading.prepare("SELECT status, expires FROM clients WHERE name = ?")
        client.bind(copying: order.client.text, at: 1)
        guard try client.step() else { throw SecretsError.clientUnknown(order.client.text) }
        guard client.string(0) == Client.Status.active.name,
            client.optionalTime(1).map({ $0 > transaction.now }) ?? true
        else { throw SecretsError.clientInactive(order.client.text) }
        let rows = try transaction.reading.prepare("SELECT scope FROM client_scopes WHERE client = ? ORDER BY position")
        rows.bind(copying: order.client.text, at: 1)
        var allowed: [String] = []
        while try rows.step() { allowed.append(rows.string(0)) }
        guard let wanted = order.scopes?.map(\.text) else { return allowed }
        let excess = wanted.filter { !allowed.contains($0) }
        guard excess.isEmpty else { throw SecretsError.scopesNotAllowed(client: order.client.text, excess) }
        return wanted
    }

    /// What an order brings with it goes into claims, lists and logs, so it is text that can be seen.
    private static func checkTexts(of order: TokenOrder) throws {
        let texts = [order.subject, order.authenticationLevel ?? ""] + (order.roles ?? [])
        guard texts.allSatisfy({ $0.utf8.count <= 255 && !$0.unicodeScalars.contains(where: \.isHidden) }) else {
            throw SecretsError.badOrder(
                "a subject, level or role has more than 255 bytes, or characters that can't be seen")
        }
        guard !order.subject.isExactly(order.client.text) else {
            throw SecretsError.badOrder("a client that acts for itself has no subject")
        }
        guard order.roles.map({ $0.count <= 100 && !$0.contains("") }) ?? true, order.authenticationLevel != "" else {
            throw SecretsError.badOrder("there are up to 100 roles, and neither they nor a level are empty")
        }
        guard order.thumbprint.map({ $0.count == 32 }) ?? true else {
            throw SecretsError.badOrder("a thumbprint has 32 bytes")
        }
    }

    private static func checkCredential(of order: TokenOrder, in transaction: PolicyTransaction) throws {
        guard let number = order.credential else { return }
        guard let credential = try CredentialTable.credential(number, in: transaction.reading),
            credential.client == order.client.text
        else { throw SecretsError.credentialUnknown(String(number)) }
        guard credential.state(at: transaction.now) == .active else {
            throw SecretsError.credentialEnded(credential.prefix)
        }
    }

    /// Makes the token and keeps what it will be known by. The ring is opened only for a token that is signed.
    func token(_ ring: () throws -> KeyRing) throws -> IssuedToken {
        var generator = SystemRandomNumberGenerator()
        try transaction.database.execute(
            sql: "INSERT INTO families (client, subject, created) VALUES (?, ?, ?)",
            arguments: [order.client.text, order.subject, transaction.now.microseconds])
        var record = TokenRecord(
            id: "", form: order.form, kind: .access, issuer: issuer, client: order.client.text, subject: order.subject,
            scopes: scopes, roles: order.roles, authenticationLevel: order.authenticationLevel,
            family: transaction.database.lastInsertedRowID, credential: order.credential, issued: transaction.now,
            expires: expiry, issuedFrom: order.issuedFrom, thumbprint: order.thumbprint, digest: "")
        let text: String
        var key: Int64?
        switch order.form {
        case .opaque:
            let secret = SecretText(.accessToken, using: &generator)
            record.id = secret.prefix + SecretText.letters(14, using: &generator)
            text = secret.plaintext
        case .jwt:
            record.id = SecretText.letters(22, using: &generator)
            let signer = try ring().signer(order.algorithm)
            record.keyID = signer.key.publicKey.thumbprint
            key = signer.number
            text = try claims(of: record).token(signedBy: signer.key)
        }
        record.digest = SecretDigest.pseudonym(of: text.utf8, label: "token")
        try TokenTable.insert(
            record, hash: SecretBytes.hash(ofToken: text.utf8), key: key, in: transaction)
        let kept = try TokenTable.tokens(in: transaction.reading, where: "t.jti = ?1", limit: 1) {
            $0.bind(copying: record.id, at: 1)
        }
        if let epoch = kept.first?.revoked { throw SecretsError.bornRevoked(client: record.client, epoch: epoch) }
        return IssuedToken(record: record, text: text)
    }

    /// In whole seconds, as `exp` has it.
    private var expiry: Timestamp { Timestamp(seconds: transaction.now.second + lifetime) }

    private func claims(of record: TokenRecord) -> AccessTokenClaims {
        AccessTokenClaims(
            issuer: record.issuer, subject: record.subject, audience: [audience], client: record.client, id: record.id,
            issued: record.issued, expires: record.expires, scopes: record.scopes, roles: record.roles,
            authenticationLevel: record.authenticationLevel, family: record.family, credential: record.credential,
            issuedFrom: record.issuedFrom, thumbprint: order.thumbprint)
    }
}
