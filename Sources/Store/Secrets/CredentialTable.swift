// Rows of `credentials`, without their hashes.

import Domain
import Foundation
import GRDB

enum CredentialTable {
    private static let columns = """
        id, client, kind, prefix, created, not_before, expires, replaced_by, last_used, last_used_from, revoked
        """

    /// Those of a client, or all, in the order of their making.
    static func credentials(of client: String?, in database: SQLiteDatabase) throws -> [Credential] {
        let filter = client == nil ? "" : "WHERE client = ?"
        let rows = try database.prepare("SELECT \(columns) FROM credential_states \(filter) ORDER BY id")
        if let client { rows.bind(copying: client, at: 1) }
        var credentials: [Credential] = []
        while try rows.step() { credentials.append(try credential(rows, path: database.path)) }
        return credentials
    }

    static func credential(_ id: Int64, in database: SQLiteDatabase) throws -> Credential? {
        let rows = try database.prepare("SELECT \(columns) FROM credential_states WHERE id = ?")
        rows.bind(id, at: 1)
        return try rows.step() ? credential(rows, path: database.path) : nil
    }

    private static func credential(_ row: SQLiteStatement, path: String) throws -> Credential {
        guard let kind = Credential.Kind(rawValue: row.string(2)) else {
            throw StoreError(.corrupt("a credential of an unknown kind"), path: path)
        }
        return Credential(
            id: row.integer(0), client: row.string(1), kind: kind, prefix: row.string(3),
            created: Timestamp(microseconds: row.integer(4)), notBefore: Timestamp(microseconds: row.integer(5)),
            expires: row.optionalTime(6), replacedBy: row.optionalInteger(7), lastUsed: row.optionalTime(8),
            lastUsedFrom: row.optionalAddress(9), revoked: row.optionalInteger(10))
    }

    static func insert(
        _ hash: [UInt8], pepper: Int64?, kind: Credential.Kind, prefix: String, client: String,
        notBefore: Timestamp, expires: Timestamp?, in transaction: PolicyTransaction
    ) throws -> Int64 {
        try transaction.database.execute(
            sql: """
                INSERT INTO credentials (client, kind, prefix, hash, pepper, created, not_before, expires)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                client, kind.rawValue, prefix, Data(hash), pepper, transaction.now.microseconds,
                notBefore.microseconds, expires?.microseconds,
            ])
        return transaction.database.lastInsertedRowID
    }
}

extension SQLiteStatement {
    func optionalTime(_ column: Int32) -> Timestamp? {
        isNull(column) ? nil : Timestamp(microseconds: integer(column))
    }

    /// Of 16 bytes, the highest first, so that the order of bytes is the order of addresses.
    func optionalAddress(_ column: Int32) -> IPAddress? {
        isNull(column) ? nil : IPAddress(bits: array(column).reduce(0) { $0 << 8 | UInt128($1) })
    }
}

extension IPAddress {
    var stored: Data { Data((0..<16).map { UInt8(truncatingIfNeeded: bits >> UInt128(120 - 8 * $0)) }) }
}
