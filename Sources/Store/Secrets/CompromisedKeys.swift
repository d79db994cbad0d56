import Domain

/// Signing keys that were taken out of use at once, since somebody else may have them: what they signed ended with them.
///
/// A key that is rotated signs no more a while before it ends, and ends after all that it signed.
struct CompromisedKeys {
    /// SQL over `k`, a key, and `t`, a token.
    static let endsToken = """
        k.number = t.key AND k.kind = 'signing' AND k.state = 'retired' AND k.ends < t.expires
            AND (k.retiring IS NULL OR k.retiring = k.ends)
        """

    private let keys: [(number: Int64, ends: Int64)]

    init(_ database: SQLiteDatabase) throws {
        let rows = try database.prepare(
            """
            SELECT number, ends FROM keys WHERE kind = 'signing' AND state = 'retired' AND activated IS NOT NULL
            AND (retiring IS NULL OR retiring = ends)
            """)
        var keys: [(Int64, Int64)] = []
        while try rows.step() { keys.append((rows.integer(0), rows.integer(1))) }
        self.keys = keys
    }

    var isEmpty: Bool { keys.isEmpty }

    /// The tokens `t` that ended with one of them.
    var ended: String {
        let each = keys.map { "t.key = \($0.number) AND t.expires > \($0.ends)" }
        return each.isEmpty ? "0" : "(\(each.joined(separator: " OR ")))"
    }
}
