import Domain
import Foundation
import GRDB

/// Makes a version in a transaction: its row, what it changed, and for one that becomes active the tables of items.
struct VersionMaker {
    private let transaction: PolicyTransaction
    private var database: Database { transaction.database }

    init(_ transaction: PolicyTransaction) {
        self.transaction = transaction
    }

    /// What is said of a version by whoever makes it.
    struct Account {
        var origin: PolicyVersion.Origin
        var author: Actor
        var approver: Actor?
        var reason: String
        var dangers: Set<Danger> = []
        /// When a change by break-glass ends.
        var expires: Timestamp?
        /// What the end of a change by break-glass leaves in force.
        var left: [ItemKey] = []
    }

    /// The edits are those from the active policy to the next, and not empty.
    func make(_ edits: [PolicyEdit], _ account: Account) throws -> PolicyVersion {
        var texts = try edits.map { edit in
            try Self.checkForm(of: edit)
            return PolicyContent.Edit(
                kind: edit.key.kind.rawValue, name: edit.key.name,
                before: try storedText(before: edit),
                after: edit.after?.json)
        }
        texts.sort { ($0.kind, $0.name) < ($1.kind, $1.name) }
        var isDraft = false
        if case .draft = account.origin { isDraft = true }
        let parent = transaction.active == 0 ? nil : transaction.active
        let number = Int(try transaction.reading.integer("SELECT max(number) FROM policy_versions") ?? 0) + 1

        var content: [UInt8] = []
        try database.inSavepoint {
            content = try updateHashes(texts, version: number)
            return isDraft ? .rollback : .commit
        }
        let version = PolicyVersion(
            number: number, parent: parent, origin: account.origin, state: isDraft ? .draft : .active,
            content: content, edits: PolicyContent.hash(ofEdits: texts), author: account.author,
            approver: account.approver, reason: account.reason, created: transaction.now, dangers: account.dangers)
        if !isDraft {
            if let parent { try VersionTable.move(parent, to: .retired, in: database) }
            try ItemWriter(database).apply(edits)
            try RevocationTable.revokeRemovedClients(edits, in: transaction)
        }
        try VersionTable.insert(version, into: database)
        try EditTable.insert(texts, version: number, into: database)
        transaction.version = number
        (transaction.before, transaction.after) = try VersionAccount(transaction.reading).texts(
            of: version, account, texts)
        return version
    }

    /// What the history couldn't give back must not get into it.
    private static func checkForm(of edit: PolicyEdit) throws(PolicyStoreError) {
        guard let item = edit.after else { return }
        let read = try? PolicyItem(edit.key.kind, named: edit.key.name, json: item.json.utf8)
        guard read != item else { return }
        throw .invalid([
            PolicyProblem(
                edit.key, problem: "holds what can't be written down and read again",
                advice: "look for names in capitals, spans of time out of range, and things that stand twice")
        ])
    }

    /// The item's JSON as the history has it, which a later program might write otherwise.
    private func storedText(before edit: PolicyEdit) throws -> String? {
        guard edit.before != nil else { return nil }
        return try String.fetchOne(
            database,
            sql: """
                SELECT after FROM policy_items JOIN version_edits USING (kind, name, version) WHERE kind = ? AND name = ?
                """,
            arguments: [edit.key.kind.rawValue, edit.key.name])
    }

    /// Brings the items' hashes up to date; gives the hash of them all.
    private func updateHashes(_ edits: [PolicyContent.Edit], version: Int) throws -> [UInt8] {
        let put = try database.makeStatement(sql: "INSERT OR REPLACE INTO policy_items VALUES (?, ?, ?, ?)")
        let remove = try database.makeStatement(sql: "DELETE FROM policy_items WHERE kind = ? AND name = ?")
        for edit in edits {
            if let json = edit.after {
                let hash = PolicyContent.hash(ofKind: edit.kind, name: edit.name, json: json)
                try put.execute(arguments: [edit.kind, edit.name, version, Data(hash)])
            } else {
                try remove.execute(arguments: [edit.kind, edit.name])
            }
        }
        return try Self.content(in: transaction.reading)
    }

    /// The hash of the active policy from its items' hashes.
    static func content(in database: SQLiteDatabase) throws -> [UInt8] {
        let rows = try database.prepare("SELECT hash FROM policy_items ORDER BY kind, name")
        var hashes = PolicyContent.Hasher()
        while try rows.step() { hashes.add(item: rows.array(0)) }
        return hashes.finalized()
    }
}
