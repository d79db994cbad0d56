import Domain
import GRDB

/// A row of credentials, tokens, revocations or keys, as in `tokens/17`.
struct SecretRow: Hashable, Comparable, CustomStringConvertible {
    let table: String
    let number: Int64

    var description: String { "\(table)/\(number)" }

    static func < (left: SecretRow, right: SecretRow) -> Bool {
        (left.table, left.number) < (right.table, right.number)
    }
}

/// A table whose rows audit records tell by a hash, with the columns that are hashed, in order.
struct SecretTable {
    let name: String
    /// An INTEGER PRIMARY KEY, and the first column.
    let columns: [String]

    static let all = [
        SecretTable(
            name: "credentials",
            columns: [
                "id", "client", "kind", "prefix", "hash", "pepper", "created", "not_before", "expires", "replaced_by",
            ]),
        SecretTable(
            name: "families", columns: ["id", "client", "subject", "created", "reuse_detected", "grace_until"]),
        SecretTable(
            name: "keys",
            columns: [
                "number", "name", "kind", "algorithm", "public", "state", "sealed", "generation", "created",
                "activated", "retiring", "ends",
            ]),
        SecretTable(name: "master_key", columns: ["only", "id", "since"]),
        SecretTable(
            name: "revocations",
            columns: [
                "epoch", "time", "kind", "target", "issuer", "low", "high", "before", "operator", "operator_id",
                "reason",
            ]),
        SecretTable(
            name: "tokens",
            columns: [
                "number", "jti", "hash", "form", "kind", "issuer", "client", "subject", "scopes", "roles", "acr",
                "family", "parent", "credential", "thumbprint", "key", "issued", "expires", "issued_from",
            ]),
    ]

    /// The rows that a condition leaves, each with its hash.
    func hashes(in database: SQLiteDatabase, _ condition: String = "1") throws -> [(number: Int64, hash: [UInt8])] {
        let texts = columns.map { "CASE typeof(\($0)) WHEN 'blob' THEN lower(hex(\($0))) ELSE CAST(\($0) AS TEXT) END" }
        let rows = try database.prepare(
            "SELECT \(columns[0]), \(texts.joined(separator: ", ")) FROM \(name) WHERE \(condition) ORDER BY 1")
        var hashes: [(Int64, [UInt8])] = []
        while try rows.step() {
            let values = (1...columns.count).map { rows.optionalString(Int32($0)) }
            hashes.append((rows.integer(0), PolicyContent.hash(ofRow: name, values: values)))
        }
        return hashes
    }
}

/// Sees which of those rows a transaction writes, so that none can be written that its audit record doesn't tell.
final class SecretRowWatch: TransactionObserver {
    private var written: Set<SecretRow> = []

    func observes(eventsOfKind kind: DatabaseEventKind) -> Bool {
        switch kind {
        case .insert(let table), .delete(let table): SecretTable.all.contains { $0.name == table }
        // When and from where a credential was used isn't a change of it.
        case .update(let table, let columns):
            SecretTable.all.contains { $0.name == table && !columns.isDisjoint(with: $0.columns) }
        }
    }

    func databaseDidChange(with event: DatabaseEvent) {
        written.insert(SecretRow(table: event.tableName, number: event.rowID))
    }

    func databaseDidCommit(_ database: Database) {}
    func databaseDidRollback(_ database: Database) {}

    /// Adds to the JSON of an audit record what was written since the last one, by its hashes; null for what is gone.
    func telling(in after: String?, from database: SQLiteDatabase) throws -> String? {
        guard !written.isEmpty else { return after }
        var members: [String] = []
        for row in written.sorted() {
            let table = SecretTable.all.first { $0.name == row.table }
            let hash = try table?.hashes(in: database, "\(table?.columns[0] ?? "") = \(row.number)").first?.hash
            members.append("\"\(row)\":" + (hash.map { "\"\(Hex.text($0))\"" } ?? "null"))
        }
        written = []
        let rows = "\"rows\":{\(members.joined(separator: ","))}}"
        guard let after, after != "{}" else { return "{" + rows }
        return after.dropLast() + "," + rows
    }
}
