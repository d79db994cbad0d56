package import Domain

/// A scope or a role whose name live tokens carry: whoever gives that name to something gives it to them.
package struct CarriedName: Hashable, Sendable, CustomStringConvertible {
    package let item: ItemKey
    package let tokens: Int
    /// Whether there are more, which nobody counted.
    package let isMore: Bool

    package var description: String {
        // Of very many the ones that were looked at had been revoked.
        if tokens == 0 { return "tokens carry the name of \(item); those that aren't revoked get what it gives" }
        let verb = tokens == 1 && !isMore ? "token carries" : "tokens carry"
        let count = isMore ? "\(tokens) or more live" : "\(tokens) live"
        return "\(count) \(verb) the name of \(item), and with it get what it gives"
    }

    /// So many are counted.
    static let most = 1000
    /// So many of one list of names are looked at.
    private static let mostLooks = 10_000
}

extension PolicyStore {
    /// Which scopes and roles that these edits make are named by tokens that are alive, in the order of keys.
    package func namesCarried(by edits: [PolicyEdit]) throws -> [CarriedName] {
        let made = edits.filter { $0.before == nil && ($0.key.kind == .scope || $0.key.kind == .role) }.map(\.key)
        guard !made.isEmpty else { return [] }
        let now = clock()
        return try read { database in
            let lists = try [ItemKind.scope: "scopes", .role: "roles"].mapValues {
                try CarriedName.lists(in: $0, of: database, now: now)
            }
            return try made.sorted().compactMap { key in
                let carrying = lists[key.kind]?[ExactText(key.name)] ?? []
                let column = key.kind == .scope ? "scopes" : "roles"
                return try CarriedName(key, in: carrying, of: column, database, now: now)
            }
        }
    }
}

extension CarriedName {
    /// The lists that live tokens have in a column, by each name in them. There are few of them, however many tokens.
    fileprivate static func lists(
        in column: String, of database: SQLiteDatabase, now: Timestamp
    ) throws -> [ExactText: [String]] {
        // From one list to the next by the index; without it, as in a store that only older programs wrote, all tokens
        // are looked at.
        let index = "tokens_by_\(column)"
        let isIndexed = try database.integer("SELECT 1 FROM sqlite_schema WHERE name = '\(index)'") != nil
        let rows = try database.prepare(
            isIndexed
                ? """
                WITH RECURSIVE lists (list) AS (
                    SELECT min(\(column)) FROM tokens WHERE \(column) IS NOT NULL
                    UNION ALL SELECT (SELECT min(\(column)) FROM tokens WHERE \(column) > list) FROM lists
                    WHERE list IS NOT NULL
                )
                SELECT list FROM lists WHERE EXISTS
                    (SELECT 1 FROM tokens WHERE \(column) = list AND expires > \(now.microseconds))
                """
                : """
                SELECT DISTINCT \(column) FROM tokens WHERE \(column) IS NOT NULL AND expires > \(now.microseconds)
                """)
        var lists: [ExactText: [String]] = [:]
        while try rows.step() {
            let names = (try? JSONValue(json: rows.array(0)))?.strings ?? []
            for name in Set(names.map(ExactText.init)) { lists[name, default: []].append(rows.string(0)) }
        }
        return lists
    }

    /// Nil where no live token has one of the lists.
    fileprivate init?(
        _ item: ItemKey, in lists: [String], of column: String, _ database: SQLiteDatabase, now: Timestamp
    ) throws {
        let isLive = try RevokedRows.tokens.isLive(at: now, in: database)
        let rows = try database.prepare(
            """
            SELECT number FROM tokens t WHERE \(column) = ?1 AND \(isLive)
            ORDER BY expires DESC LIMIT \(Self.mostLooks)
            """)
        var tokens = 0
        var isMore = false
        for list in lists {
            guard tokens < Self.most else {
                isMore = true
                break
            }
            rows.bind(copying: list, at: 1)
            var numbers: [Int64] = []
            while try rows.step() { numbers.append(rows.integer(0)) }
            rows.reset()
            if numbers.count == Self.mostLooks { isMore = true }
            var rest = numbers[...]
            while tokens < Self.most, !rest.isEmpty {
                let some = rest.prefix(Self.most)
                rest = rest.dropFirst(Self.most)
                let revoked = try RevokedRows.tokens.revoked(of: some, where: isLive, in: database)
                tokens += some.count { !revoked.contains($0) }
            }
            if !rest.isEmpty { isMore = true }
        }
        guard tokens > 0 || isMore else { return nil }
        self.init(item: item, tokens: min(tokens, Self.most), isMore: isMore || tokens > Self.most)
    }
}
