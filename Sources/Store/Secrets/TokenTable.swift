// Rows of `tokens`, without what they are told by.

import Domain
import Foundation
import GRDB

enum TokenTable {
    private static let columns = """
        t.jti, t.hash, t.form, t.kind, t.issuer, t.client, t.subject, t.scopes, t.roles, t.acr, t.family, t.credential,
        (SELECT name FROM keys WHERE number = t.key), t.issued, t.expires, t.issued_from, t.revoked, t.thumbprint,
        (SELECT ends FROM keys k WHERE \(CompromisedKeys.endsToken))
        """

    /// The newest first.
    static func tokens(
        in database: SQLiteDatabase, where condition: String, limit: Int, binding: (SQLiteStatement) -> Void
    ) throws -> [TokenRecord] {
        let rows = try database.prepare(
            "SELECT \(columns) FROM token_states t WHERE \(condition) ORDER BY t.number DESC LIMIT \(limit)")
        binding(rows)
        var tokens: [TokenRecord] = []
        while try rows.step() { tokens.append(try token(rows, path: database.path)) }
        return tokens
    }

    /// Reads tokens by their numbers.
    struct Reader {
        private let row: SQLiteStatement
        private let path: String

        init(_ database: SQLiteDatabase) throws {
            row = try database.prepare("SELECT \(TokenTable.columns) FROM token_states t WHERE t.number = ?")
            path = database.path
        }

        func token(_ number: Int64) throws -> TokenRecord? {
            row.bind(number, at: 1)
            defer { row.reset() }
            return try row.step() ? TokenTable.token(row, path: path) : nil
        }
    }

    private static func token(_ row: SQLiteStatement, path: String) throws -> TokenRecord {
        guard let form = TokenRecord.Form(rawValue: row.string(2)),
            let kind = TokenRecord.Kind(rawValue: row.string(3)),
            let scopes = (try? JSONValue(json: row.array(7)))?.strings
        else { throw StoreError(.corrupt("a token of an unknown kind"), path: path) }
        return TokenRecord(
            id: row.string(0), form: form, kind: kind, issuer: row.string(4), client: row.string(5),
            subject: row.string(6), scopes: scopes,
            roles: row.isNull(8) ? nil : (try? JSONValue(json: row.array(8)))?.strings ?? [],
            authenticationLevel: row.optionalString(9), family: row.integer(10), credential: row.optionalInteger(11),
            keyID: row.optionalString(12), issued: Timestamp(microseconds: row.integer(13)),
            expires: Timestamp(microseconds: row.integer(14)), issuedFrom: row.optionalAddress(15),
            thumbprint: row.isNull(17) ? nil : row.array(17),
            digest: digest(ofHash: row.array(1)), revoked: row.optionalInteger(16), keyEnded: row.optionalTime(18))
    }

    /// As `SecretDigest` makes it of the token.
    private static func digest(ofHash hash: [UInt8]) -> String {
        let digits = hash.prefix(6).flatMap { [Hex.lowercaseDigits[Int($0 >> 4)], Hex.lowercaseDigits[Int($0 & 15)]] }
        return "token:" + String(decoding: digits, as: UTF8.self)
    }

    static func insert(
        _ record: TokenRecord, hash: [UInt8], key: Int64?, in transaction: PolicyTransaction
    ) throws {
        try transaction.database.execute(
            sql: """
                INSERT INTO tokens (jti, hash, form, kind, issuer, client, subject, scopes, roles, acr, family,
                    credential, thumbprint, key, issued, expires, issued_from)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                record.id, Data(hash), record.form.rawValue, record.kind.rawValue, record.issuer, record.client,
                record.subject, list(record.scopes), record.roles.map(list), record.authenticationLevel, record.family,
                record.credential, record.thumbprint.map { Data($0) }, key, record.issued.microseconds,
                record.expires.microseconds, record.issuedFrom?.stored,
            ])
    }

    private static func list(_ texts: [String]) -> String {
        var json = JSONWriter()
        json.value(.array(texts.map(JSONValue.string)))
        return json.text
    }
}
