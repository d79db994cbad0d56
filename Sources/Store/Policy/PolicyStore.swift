// The policy, its history and the audit trail in one small file. Reading never waits for writing; every change comes
// through one door (`PolicyStore+Changing.swift`), which checks duties and writes the audit record with it.

package import Domain
import Foundation
import GRDB
import Glibc

/// Belongs to one thread at a time.
package final class PolicyStore {
    package enum Access: Sendable {
        case reading
        case writing
    }

    package let folder: StoreFolder
    let clock: () -> Timestamp
    let zones: (String) -> TimeZoneTable?
    /// Nil when the store was opened for reading.
    let queue: DatabaseQueue?
    private let connection: SQLiteDatabase
    /// The store's own random name.
    package let id: [UInt8]
    /// The last active policy that was loaded, so that a second look costs nothing; another store's does as well.
    package var loaded: ActivePolicy?
    /// The policy in force as it was just checked, for the change that follows.
    var checked: ActivePolicy?
    /// The newest audit record that was written through this door; others may have written since.
    package internal(set) var lastRecord: AuditRecord?
    /// The version in force when nothing more of break-glass could be taken back; nothing is tried until another is.
    var triedToEnd: Int?

    /// Opens a store that is there; `PolicyStoreError.notInitialised` when there is none.
    ///
    /// A change waits for others' to end, but not longer than it is told to.
    package init(
        folder: StoreFolder, for access: Access, waiting patience: Duration = .seconds(5),
        clock: @escaping () -> Timestamp = SystemClock.now,
        zones: @escaping (String) -> TimeZoneTable? = ZoneTables.table(named:)
    ) throws {
        let path = folder.policy
        guard folder.hasPolicy else {
            if folder.exists { try Self.naming(path) { try folder.checkIsFolder() } }
            throw PolicyStoreError.notInitialised(path: folder.path)
        }
        self.folder = folder
        self.clock = clock
        self.zones = zones
        (queue, connection, id) = try Self.naming(path) {
            let queue: DatabaseQueue?
            switch access {
            case .reading: queue = nil
            case .writing:
                try folder.checkAccess()
                queue = try Self.writingQueue(path, waiting: patience)
            }
            let (connection, isWithoutLog) = try SQLiteDatabase.openForReading(path)
            // What the log holds may be what somebody lost since: better nothing than the policy of before.
            guard !isWithoutLog || StoreFolder.bytes(ofLogOf: path) == 0 else {
                let problem = "its log can't be read where nothing may be written; copy the folder to where it may"
                throw StoreError(.other(problem), path: path)
            }
            try Self.checkSchema(of: connection, in: folder)
            return (queue, connection, try AuditTable.storeID(in: connection))
        }
    }

    /// Opens the file for writing, and brings the tables that it has up to date.
    static func writingQueue(_ path: String, waiting patience: Duration = .seconds(5)) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience / .seconds(1))
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        // Where the system says no, its own words are better than SQLite's.
        try StoreFolder.createFile(path)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.inDatabase { database in
            let taken = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            try refuseNewer(taken, path: path)
            _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
            guard (1..<PolicySchema.steps.count).contains(taken) else { return }
            try database.inTransaction(.immediate) {
                try migrate(database)
                return .commit
            }
        }
        return queue
    }

    /// Takes the steps that the file hasn't taken; in a transaction.
    static func migrate(_ database: Database) throws {
        let taken = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        for step in PolicySchema.steps.dropFirst(taken) { try database.execute(sql: step) }
        try database.execute(sql: "PRAGMA application_id = \(PolicySchema.applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(PolicySchema.steps.count)")
    }

    private static func checkSchema(of database: SQLiteDatabase, in folder: StoreFolder) throws {
        let version = Int(try database.integer("PRAGMA user_version") ?? 0)
        try refuseNewer(version, path: database.path)
        guard try version > 0 || database.integer("SELECT count(*) FROM sqlite_schema") != 0 else {
            throw PolicyStoreError.notInitialised(path: folder.path)
        }
        guard version > 0, try database.integer("PRAGMA application_id") == PolicySchema.applicationID else {
            throw StoreError(.corrupt("it isn't a policy store"), path: database.path)
        }
        guard version >= PolicySchema.readable else {
            throw StoreError(
                .other("an older program wrote it; any change brings it up to date"), path: database.path)
        }
    }

    private static func refuseNewer(_ version: Int, path: String) throws {
        let known = PolicySchema.steps.count
        guard version <= known else { throw StoreError(.newerSchema(found: version, known: known), path: path) }
    }

    /// Reads one state of the store; what others commit meanwhile isn't seen.
    func read<Result>(_ body: (SQLiteDatabase) throws -> Result) throws -> Result {
        try Self.naming(folder.policy) {
            try connection.execute("BEGIN")
            defer { try? connection.execute("COMMIT") }
            return try body(connection)
        }
    }

    /// Says the errors of SQLite and of the system in the store's words.
    static func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try Catalog.naming(path, body)
        } catch let error as StoreError {
            throw PolicyStoreError.storage(error)
        }
    }

    /// Folds the log into the file.
    package func close() throws {
        guard let queue else { return }
        try Self.naming(folder.policy) {
            queue.inDatabase { _ = try? $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
            try queue.close()
        }
    }
}
