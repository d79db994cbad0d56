import Domain
import Foundation
import GRDB

/// What versions changed, as rows; and from them the policy at any version.
enum EditTable {
    /// A version's edits in canonical JSON, in the order of their hash.
    static func texts(of version: Int, in database: SQLiteDatabase) throws -> [PolicyContent.Edit] {
        let rows = try database.prepare(
            "SELECT kind, name, before, after FROM version_edits WHERE version = \(version) ORDER BY kind, name")
        var edits: [PolicyContent.Edit] = []
        while try rows.step() {
            edits.append(
                PolicyContent.Edit(
                    kind: rows.string(0), name: rows.string(1), before: rows.optionalString(2),
                    after: rows.optionalString(3)))
        }
        return edits
    }

    /// A version's edits as items.
    static func edits(of version: Int, in database: SQLiteDatabase) throws -> [PolicyEdit] {
        try texts(of: version, in: database).map { text in
            let before = try item(text.kind, text.name, text.before, path: database.path)
            let after = try item(text.kind, text.name, text.after, path: database.path)
            guard let key = (before ?? after)?.key else {
                throw StoreError(.corrupt("version \(version) changes nothing into nothing"), path: database.path)
            }
            return PolicyEdit(key: key, before: before, after: after)
        }
    }

    /// Whether there ever was something to call, or somebody who calls, that was changed since or is gone.
    static func hadThings(in database: SQLiteDatabase) throws -> Bool {
        let rows = try database.prepare(
            """
            SELECT 1 FROM version_edits JOIN policy_versions ON number = version
            WHERE origin <> 'draft' AND kind IN ('route', 'role', 'client', 'tier') AND before IS NOT NULL LIMIT 1
            """)
        return try rows.step()
    }

    static func insert(_ edits: [PolicyContent.Edit], version: Int, into database: Database) throws {
        let statement = try database.cachedStatement(sql: "INSERT INTO version_edits VALUES (?, ?, ?, ?, ?)")
        for edit in edits {
            try statement.execute(arguments: [version, edit.kind, edit.name, edit.before, edit.after])
        }
    }

    /// The items' JSON at a version that is or was active, in the order of the content hash.
    static func texts(at version: Int, in database: SQLiteDatabase) throws -> [PolicyContent.Edit] {
        // SQLite takes the other columns from the row that has the maximum.
        let rows = try database.prepare(
            """
            SELECT kind, name, after, max(version) FROM version_edits JOIN policy_versions ON number = version
            WHERE version <= \(version) AND origin <> 'draft' GROUP BY kind, name ORDER BY kind, name
            """)
        var texts: [PolicyContent.Edit] = []
        while try rows.step() {
            if rows.isNull(2) { continue }
            texts.append(
                PolicyContent.Edit(kind: rows.string(0), name: rows.string(1), before: nil, after: rows.string(2)))
        }
        return texts
    }

    /// The policy at any version; of a draft: the version that it was made from with its edits.
    static func policy(at version: PolicyVersion, in database: SQLiteDatabase) throws -> Policy {
        if case .draft = version.origin, let parent = version.parent {
            var policy = try policy(at: try VersionTable.version(parent, in: database), in: database)
            for edit in try edits(of: version.number, in: database) { policy[edit.key] = edit.after }
            return policy
        }
        return Policy(
            try texts(at: version.number, in: database).compactMap {
                try item($0.kind, $0.name, $0.after, path: database.path)
            })
    }

    private static func item(_ kind: String, _ name: String, _ json: String?, path: String) throws -> PolicyItem? {
        guard let json else { return nil }
        do {
            guard let kind = ItemKind(rawValue: kind) else { throw BadValue(text: "a kind that isn't known") }
            return try PolicyItem(kind, named: name, json: json.utf8)
        } catch {
            throw StoreError(.corrupt("the history of \(kind)/\(name) can't be read: \(error)"), path: path)
        }
    }
}
