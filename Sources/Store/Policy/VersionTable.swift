import Domain
import Foundation
import GRDB

/// Policy versions as rows.
enum VersionTable {
    private static let columns = """
        number, parent, origin, origin_version, state, content, edits, author, author_id, approver, approver_id, reason,
        created, dangers
        """

    /// Versions in a condition and order that SQL says.
    static func versions(in database: SQLiteDatabase, _ clause: String) throws -> [PolicyVersion] {
        let rows = try database.prepare("SELECT \(columns) FROM policy_versions \(clause)")
        var versions: [PolicyVersion] = []
        while try rows.step() {
            guard let version = version(rows) else {
                throw StoreError(.corrupt("version \(rows.integer(0)) can't be read"), path: database.path)
            }
            versions.append(version)
        }
        return versions
    }

    static func version(_ number: Int, in database: SQLiteDatabase) throws -> PolicyVersion {
        guard let version = try versions(in: database, "WHERE number = \(number)").first else {
            throw PolicyStoreError.noVersion(number)
        }
        return version
    }

    static func active(in database: SQLiteDatabase) throws -> PolicyVersion {
        guard let version = try versions(in: database, "WHERE state = 'active'").first else {
            throw StoreError(.corrupt("no policy version is active"), path: database.path)
        }
        return version
    }

    static func insert(_ version: PolicyVersion, into database: Database) throws {
        try database.execute(
            sql: "INSERT INTO policy_versions (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                version.number, version.parent, version.origin.name, version.origin.version, version.state.rawValue,
                Data(version.content), Data(version.edits), version.author.name,
                version.author.userID.map { Int64($0) }, version.approver?.name,
                version.approver?.userID.map { Int64($0) }, version.reason, version.created.microseconds,
                version.dangers.names,
            ])
    }

    static func move(_ number: Int, to state: PolicyVersion.State, in database: Database) throws {
        try database.execute(
            sql: "UPDATE policy_versions SET state = ? WHERE number = ?", arguments: [state.rawValue, number])
    }

    private static func version(_ row: SQLiteStatement) -> PolicyVersion? {
        guard
            let origin = PolicyVersion.Origin(name: row.string(2), version: row.optionalInteger(3).map { Int($0) }),
            let state = PolicyVersion.State(rawValue: row.string(4)), let author = actor(row, 7)
        else { return nil }
        let words = row.string(13).split(separator: ",")
        let dangers = words.compactMap(Danger.init(name:))
        guard words.count == dangers.count else { return nil }
        return PolicyVersion(
            number: Int(row.integer(0)), parent: row.optionalInteger(1).map { Int($0) }, origin: origin, state: state,
            content: row.array(5), edits: row.array(6), author: author,
            approver: row.isNull(9) ? nil : actor(row, 9), reason: row.string(11),
            created: Timestamp(microseconds: row.integer(12)), dangers: Set(dangers))
    }

    /// An account's name with its user id in the column after; none is Gatehouse itself.
    static func actor(_ row: SQLiteStatement, _ column: Int32) -> Actor? {
        guard let number = row.optionalInteger(column + 1) else {
            return row.string(column) == Actor.system.name ? .system : nil
        }
        return UInt32(exactly: number).map { Actor(name: row.string(column), userID: $0) }
    }
}

extension Set<Danger> {
    /// As the column and the audit trail have them.
    var names: String { sorted().map(\.name).joined(separator: ",") }
}
