// What revocations hit, looked up from the revocations. The views tell it of a row; for thousands of rows that is slow,
// since each is held against every kind of revocation.

import Domain

/// Rows of tokens or credentials.
struct RevokedRows {
    let table: String
    /// What the table is called in conditions.
    let letter: String
    let number: String
    let view: String
    let rules: [RevocationRule]

    static let tokens = RevokedRows(
        table: "tokens", letter: "t", number: "t.number", view: "token_states", rules: RevocationRule.tokens)
    static let credentials = RevokedRows(
        table: "credentials", letter: "c", number: "c.id", view: "credential_states",
        rules: RevocationRule.credentials)

    /// The condition of rows that neither expired nor ended with the key that signed them, in a form that an index
    /// answers.
    func isLive(at now: Timestamp, in database: SQLiteDatabase) throws -> String {
        let expires = "\(letter).expires"
        guard table == "tokens" else { return "(\(expires) IS NULL OR \(expires) > \(now.microseconds))" }
        let compromised = try CompromisedKeys(database)
        return "\(expires) > \(now.microseconds)" + (compromised.isEmpty ? "" : " AND NOT \(compromised.ended)")
    }

    /// The numbers of the rows that hold a condition and that a revocation hits.
    func numbers(
        where condition: String, in database: SQLiteDatabase, binding: (SQLiteStatement) -> Void = { _ in }
    ) throws -> Set<Int64> {
        var numbers: Set<Int64> = []
        for rule in rules {
            // Of several about one target the last moment is the one that counts.
            let rows = try database.prepare(
                """
                SELECT \(number) FROM (
                    SELECT target, issuer, low, high, max(before) AS before FROM revocations
                    WHERE kind = '\(rule.kind)' GROUP BY target, issuer
                ) r CROSS JOIN \(table) \(letter) WHERE \(rule.search) AND (\(condition))
                """)
            binding(rows)
            while try rows.step() { numbers.insert(rows.integer(0)) }
        }
        return numbers
    }

    /// Up to so many rows are looked at one by one.
    private static let mostSingle = 1000

    /// Those of some rows, given by their numbers, that a revocation hits; all of them hold a condition.
    func revoked(of rows: some Collection<Int64>, where condition: String, in database: SQLiteDatabase) throws -> Set<
        Int64
    > {
        guard rows.count <= Self.mostSingle else { return try numbers(where: condition, in: database) }
        let row = try database.prepare("SELECT revoked FROM \(view) \(letter) WHERE \(number) = ?")
        var revoked: Set<Int64> = []
        for number in rows {
            row.bind(number, at: 1)
            if try row.step(), !row.isNull(0) { revoked.insert(number) }
            row.reset()
        }
        return revoked
    }
}

extension RevocationRule {
    /// The condition, and beside it what it implies in a form that an index answers.
    var search: String {
        switch kind {
        case "family": "t.family = CAST(r.target AS INTEGER) AND \(condition)"
        case "credential" where condition.contains("t."):
            "t.credential = CAST(r.target AS INTEGER) AND \(condition)"
        case "credential": "c.id = CAST(r.target AS INTEGER) AND \(condition)"
        case "subject": "t.subject <> '' AND \(condition)"
        case "network": "t.issued_from IS NOT NULL AND \(condition)"
        default: condition
        }
    }
}
