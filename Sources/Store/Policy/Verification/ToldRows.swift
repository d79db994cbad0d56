import Domain

/// What the audit trail tells of the rows of credentials, tokens, revocations and keys, gathered while it is walked.
struct ToldRows {
    /// The hash that each row had last, in hexadecimal; empty for one that was removed.
    private var hashes: [String: String] = [:]
    /// The first row of each table that is told.
    private var first: [String: Int64] = [:]
    /// Whether keys were made before records told rows.
    private var isOlder = false

    /// Those that a record tells last that isn't as it was written.
    private var doubtful: Set<String> = []
    /// Whether no record is missing.
    private var isWhole = true

    mutating func miss() { isWhole = false }

    mutating func take(_ record: AuditRecord, isSound: Bool) {
        guard record.entry.outcome == .done else { return }
        let after = record.entry.after ?? ""
        guard after.contains("\"rows\":"), let tree = try? PolicyTree(parsingJSON: after.utf8),
            case .map(let members) = tree.content,
            case .map(let rows)? = members.first(where: { $0.name == "rows" })?.value.content
        else {
            if record.entry.action == "key.create" { isOlder = true }
            return
        }
        for row in rows {
            if isSound { doubtful.remove(row.name) } else { doubtful.insert(row.name) }
            if case .text(let hash) = row.value.content { hashes[row.name] = hash } else { hashes[row.name] = "" }
            let parts = row.name.split(separator: "/")
            guard parts.count == 2, let number = Int64(parts[1]) else { continue }
            first[String(parts[0])] = min(first[String(parts[0])] ?? .max, number)
        }
    }

    /// Whether a row has to be as it was told last.
    private func isCertain(_ row: String) -> Bool { isWhole && !doubtful.contains(row) }

    /// Compares the rows that there are with what was told.
    func findings(in database: SQLiteDatabase) throws -> [AuditFinding] {
        var left = hashes
        var findings: [AuditFinding] = []
        for table in SecretTable.all {
            for (number, hash) in try table.hashes(in: database) {
                let row = SecretRow(table: table.name, number: number).description
                if let told = left.removeValue(forKey: row) {
                    if told != Hex.text(hash), isCertain(row) {
                        findings.append(AuditFinding(.row(row), "was changed"))
                    }
                } else if !isOlder || number >= first[table.name] ?? .max {
                    findings.append(AuditFinding(.row(row), "isn't in the audit trail"))
                }
            }
        }
        for (row, hash) in left.sorted(by: { $0.key < $1.key }) where !hash.isEmpty && isCertain(row) {
            findings.append(AuditFinding(.row(row), "is missing"))
        }
        return findings
    }
}
