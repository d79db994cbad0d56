import Domain
import Foundation
import GRDB

/// Audit records as rows.
enum AuditTable {
    private static let columns = """
        sequence, time, operator, operator_id, action, outcome, target, reason, before, after, version, previous, hash
        """

    /// How long the trail is, and how it ends.
    static func chain(in database: SQLiteDatabase) throws -> AuditChain {
        let last = try database.prepare("SELECT sequence, hash FROM audit_records ORDER BY sequence DESC LIMIT 1")
        if try last.step() { return AuditChain(length: last.integer(0), head: last.array(1)) }
        return AuditChain(store: try storeID(in: database))
    }

    static func storeID(in database: SQLiteDatabase) throws -> [UInt8] {
        let query = try database.prepare("SELECT id FROM store")
        guard try query.step() else { throw StoreError(.corrupt("the store has lost its id"), path: database.path) }
        return query.array(0)
    }

    static func insert(_ record: AuditRecord, into database: Database) throws {
        let entry = record.entry
        try database.execute(
            sql: "INSERT INTO audit_records (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                record.sequence, entry.time.microseconds, entry.actor.name, entry.actor.userID.map { Int64($0) },
                entry.action, entry.outcome.rawValue, entry.target, entry.reason, entry.before, entry.after,
                entry.version, Data(record.previous), Data(record.hash),
            ])
    }

    /// Records in a condition and order that SQL says.
    static func records(in database: SQLiteDatabase, _ clause: String) throws -> SQLiteStatement {
        try database.prepare("SELECT \(columns) FROM audit_records \(clause)")
    }

    /// The record of a row; nil when what is there can't be one.
    static func record(_ row: SQLiteStatement) -> AuditRecord? {
        guard let outcome = AuditRecord.Outcome(rawValue: row.string(5)) else { return nil }
        let actor: Actor
        if row.isNull(3) {
            actor = .system
            guard row.string(2) == actor.name else { return nil }
        } else {
            guard let userID = UInt32(exactly: row.integer(3)) else { return nil }
            actor = Actor(name: row.string(2), userID: userID)
        }
        let entry = AuditRecord.Entry(
            time: Timestamp(microseconds: row.integer(1)), actor: actor, action: row.string(4), outcome: outcome,
            target: row.string(6), reason: row.string(7), before: row.optionalString(8), after: row.optionalString(9),
            version: row.integer(10))
        return AuditRecord(sequence: row.integer(0), entry: entry, previous: row.array(11), hash: row.array(12))
    }
}

extension SQLiteStatement {
    func optionalString(_ column: Int32) -> String? { isNull(column) ? nil : string(column) }
    func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }
}
