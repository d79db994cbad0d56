import Domain
import Foundation
import GRDB

@testable import Store

/// What somebody could do who owns the files and knows the store.
extension TemporaryStore {
    /// Runs SQL past triggers, checks and foreign keys, which are all back after.
    func tamper(_ sql: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: folder.policy, configuration: configuration)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
            let triggers = try Row.fetchAll(
                database, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger[0] as String)") }
            try database.execute(sql: sql)
            for trigger in triggers { try database.execute(sql: trigger[1]) }
        }
        try queue.close()
    }

    /// Links all audit records anew, as they are now.
    func chainAnew() throws {
        let store = try PolicyStore(folder: folder, for: .reading)
        var chain = AuditChain(store: store.id)
        for record in try store.auditRecords(after: 0, limit: 1000) {
            let linked = chain.append(record.entry)
            let hashes = "previous = x'\(Hex.text(linked.previous))', hash = x'\(Hex.text(linked.hash))'"
            try tamper("UPDATE audit_records SET \(hashes) WHERE sequence = \(record.sequence)")
        }
    }
}
