// Rows of `keys`: what everybody may know of them, and what is sealed in them.

import Domain
import Foundation
import GRDB

enum KeyTable {
    private static let columns = "number, name, kind, algorithm, public, state, created, activated, retiring, ends"

    static func records(in database: SQLiteDatabase) throws -> [KeyRecord] {
        let rows = try database.prepare("SELECT \(columns) FROM keys ORDER BY number")
        var records: [KeyRecord] = []
        while try rows.step() { records.append(try record(rows, path: database.path)) }
        return records
    }

    private static func record(_ row: SQLiteStatement, path: String) throws -> KeyRecord {
        guard let kind = KeyRecord.Kind(rawValue: row.string(2)), let state = KeyRecord.State(rawValue: row.string(5))
        else { throw StoreError(.corrupt("a key of an unknown kind"), path: path) }
        var publicKey: VerifyingKey?
        if !row.isNull(4) {
            publicKey = try? VerifyingKey(jwk: JSONValue(json: row.array(4)))
            guard publicKey?.thumbprint == row.string(1) else {
                throw StoreError(.corrupt("the public key \(row.string(1)) was changed"), path: path)
            }
        }
        func time(_ column: Int32) -> Timestamp? {
            row.isNull(column) ? nil : Timestamp(microseconds: row.integer(column))
        }
        return KeyRecord(
            number: row.integer(0), name: row.string(1), kind: kind,
            algorithm: SigningAlgorithm(name: row.string(3)), publicKey: publicKey, state: state,
            created: Timestamp(microseconds: row.integer(6)), activated: time(7), retiring: time(8), ends: time(9))
    }

    /// The sealed part of a row.
    struct Sealed {
        let number: Int64
        let name: String
        let kind: KeyRecord.Kind
        let generation: Int64
        let bytes: [UInt8]

        func place(in store: [UInt8]) -> SealedBytes.Place {
            SealedBytes.Place(store: store, name: name, kind: kind, generation: generation)
        }
    }

    static func sealed(in database: SQLiteDatabase) throws -> [Sealed] {
        let rows = try database.prepare(
            "SELECT number, name, kind, generation, sealed FROM keys WHERE sealed IS NOT NULL ORDER BY number")
        var found: [Sealed] = []
        while try rows.step() {
            guard let kind = KeyRecord.Kind(rawValue: rows.string(2)) else { continue }
            found.append(
                Sealed(
                    number: rows.integer(0), name: rows.string(1), kind: kind, generation: rows.integer(3),
                    bytes: rows.array(4)))
        }
        return found
    }

    /// What the store remembers its master key by; nil while it has no keys.
    static func masterKeyID(in database: SQLiteDatabase) throws -> [UInt8]? {
        let row = try database.prepare("SELECT id FROM master_key")
        return try row.step() ? row.array(0) : nil
    }

    /// Adds a key, sealed; its number.
    @discardableResult
    static func insert(
        _ secret: [UInt8], name: String, kind: KeyRecord.Kind, publicKey: VerifyingKey?, state: KeyRecord.State,
        under master: MasterKey, store: [UInt8], in transaction: PolicyTransaction
    ) throws -> Int64 {
        let place = SealedBytes.Place(store: store, name: name, kind: kind, generation: 1)
        let sealed = try SealedBytes(sealing: secret, at: place, under: master)
        try transaction.database.execute(
            sql: """
                INSERT INTO keys (name, kind, algorithm, public, state, sealed, generation, created, activated)
                VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?)
                """,
            arguments: [
                name, kind.rawValue, publicKey?.algorithm.name ?? "HMAC", publicKey?.json, state.rawValue,
                Data(sealed.bytes), transaction.now.microseconds,
                state == .active ? transaction.now.microseconds : nil,
            ])
        return transaction.database.lastInsertedRowID
    }

    /// Moves a key on. A key that signs nothing any more loses its secret at once.
    static func move(
        _ number: Int64, to state: KeyRecord.State, ends: Timestamp? = nil, keepingSecret: Bool = true,
        isCompromised: Bool = false, in transaction: PolicyTransaction
    ) throws {
        let times: String
        switch state {
        case .next: times = ""
        case .active: times = ", activated = :now"
        case .retiring: times = ", retiring = :now, ends = :ends"
        // What it signed ends with it.
        case .retired where isCompromised:
            times = ", retiring = CASE WHEN activated IS NULL THEN NULL ELSE :now END, ends = :now"
        case .retired: times = ", ends = coalesce(ends, :now)"
        }
        let secret = keepingSecret && state != .retired ? "" : ", sealed = NULL"
        var arguments: StatementArguments = ["state": state.rawValue, "number": number]
        if state != .next { _ = arguments.append(contentsOf: ["now": transaction.now.microseconds]) }
        if state == .retiring { _ = arguments.append(contentsOf: ["ends": ends?.microseconds]) }
        try transaction.database.execute(
            sql: "UPDATE keys SET state = :state\(times)\(secret) WHERE number = :number", arguments: arguments)
    }
}
