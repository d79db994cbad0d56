// Lists of tokens out of a million. Most of them have expired; whoever lists those that are alive must not pass through
// the others first.

import Domain

/// The newest tokens of a selection. Numbers are found first, and rows are read for those alone that are listed.
struct TokenSearch {
    private let selection: TokenSelection
    private let database: SQLiteDatabase
    /// What the selection asks but its state.
    private let narrow: [String]
    /// What its state asks of the time of expiry.
    private let life: String?
    private let compromised: CompromisedKeys

    /// So many of the newest tokens are looked at before those that are alive are looked up.
    private static let recent = 16_384
    /// When so many were revoked, all that are revoked are looked up.
    private static let mostMisses = 500

    init(_ selection: TokenSelection, now: Timestamp, in database: SQLiteDatabase) throws {
        self.selection = selection
        self.database = database
        var narrow: [String] = []
        if selection.client != nil { narrow.append("t.client = ?1") }
        if selection.subject != nil { narrow.append("t.subject = ?2 AND t.subject <> ''") }
        if let family = selection.family { narrow.append("t.family = \(family)") }
        // `jti` is of letters and digits, which all come before this one.
        if selection.idPrefix != nil { narrow.append("t.jti >= ?3 AND t.jti < ?3 || '~'") }
        self.narrow = narrow
        compromised = try CompromisedKeys(database)
        let rest = compromised.isEmpty ? "" : " AND NOT \(compromised.ended)"
        life =
            switch selection.state {
            case .active: "t.expires > \(now.microseconds)\(rest)"
            case .expired: "+t.expires <= \(now.microseconds)\(rest)"
            case .revoked, nil: nil
            }
    }

    private var condition: String { (narrow + [life ?? "1"]).joined(separator: " AND ") }

    private var limit: Int { max(0, selection.limit) }

    func tokens() throws -> [TokenRecord] {
        switch selection.state {
        case nil: return try read(newest(limit: limit))
        case .revoked:
            var revoked = try RevokedRows.tokens.numbers(where: condition, in: database, binding: bind)
            if !compromised.isEmpty {
                revoked.formUnion(
                    try numbers("SELECT t.number FROM tokens t WHERE \(condition) AND \(compromised.ended)"))
            }
            return try read(Array(revoked.sorted(by: >).prefix(limit)))
        case .active:
            if narrow.isEmpty, let recent = try recentlyIssued() { return recent }
            return try unrevoked(numbers().sorted(by: >))
        // Most have expired: walking back through them is faster than an index.
        case .expired where narrow.isEmpty:
            let rows = try database.prepare("SELECT t.number FROM tokens t WHERE \(condition) ORDER BY t.number DESC")
            return try unrevoked { try rows.step() ? rows.integer(0) : nil }
        case .expired: return try unrevoked(numbers().sorted(by: >))
        }
    }

    private func bind(_ rows: SQLiteStatement) {
        if let client = selection.client { rows.bind(copying: client, at: 1) }
        if let subject = selection.subject { rows.bind(copying: subject, at: 2) }
        if let prefix = selection.idPrefix { rows.bind(copying: prefix, at: 3) }
    }

    /// The numbers of all that hold the condition, in no order.
    private func numbers() throws -> [Int64] {
        try numbers("SELECT t.number FROM tokens t WHERE \(condition)")
    }

    private func newest(limit: Int) throws -> [Int64] {
        try numbers("SELECT t.number FROM tokens t WHERE \(condition) ORDER BY t.number DESC LIMIT \(limit)")
    }

    private func numbers(_ sql: String) throws -> [Int64] {
        let rows = try database.prepare(sql)
        bind(rows)
        var numbers: [Int64] = []
        while try rows.step() { numbers.append(rows.integer(0)) }
        return numbers
    }

    private func read(_ numbers: [Int64]) throws -> [TokenRecord] {
        let reader = try TokenTable.Reader(database)
        return try numbers.compactMap { try reader.token($0) }
    }

    /// Those alive when there are enough among the newest; nil otherwise.
    private func recentlyIssued() throws -> [TokenRecord]? {
        guard let last = try database.integer("SELECT max(number) FROM tokens") else { return [] }
        let recent = try TokenTable.tokens(
            in: database, where: "t.number > \(last - Int64(Self.recent)) AND +\(life ?? "1") AND t.revoked IS NULL",
            limit: limit, binding: bind)
        return recent.count == limit ? recent : nil
    }

    /// The first of these that are not revoked.
    private func unrevoked(_ numbers: [Int64]) throws -> [TokenRecord] {
        var rest = numbers.makeIterator()
        return try unrevoked { rest.next() }
    }

    private func unrevoked(_ next: () throws -> Int64?) throws -> [TokenRecord] {
        let reader = try TokenTable.Reader(database)
        var found: [TokenRecord] = []
        var misses = 0
        var revoked: Set<Int64> = []
        while found.count < limit, let number = try next() {
            guard !revoked.contains(number), let token = try reader.token(number) else { continue }
            guard token.revoked != nil else {
                found.append(token)
                continue
            }
            misses += 1
            if misses == Self.mostMisses {
                revoked = try RevokedRows.tokens.numbers(where: condition, in: database, binding: bind)
            }
        }
        return found
    }
}
