import Domain
import GRDB
import Testing

@testable import Store

/// Lists and counts out of many tokens, held against what the view says of each.
struct TokenSearchTests {
    /// Twenty thousand tokens of two clients and three subjects: the first three thousand live, all newer ones expired.
    private func many() throws -> SecretsHome {
        let test = try SecretsHome()
        let now = test.home.now.microseconds
        try test.home.edit(
            test.file,
            """
            INSERT INTO families (id, client, subject, created) VALUES (1, 'acme', '', \(now)), (2, 'other', '', \(now));
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
            INSERT INTO tokens (jti, hash, form, kind, issuer, client, subject, scopes, family, issued, expires, issued_from)
            SELECT printf('%c%021d', 97 + i % 20, i), randomblob(32), 'opaque', 'access', 'https://issuer.example',
                iif(i % 3, 'acme', 'other'), iif(i % 5, 'user-' || (i % 3), ''), '[]', 1 + (i % 2), \(now) + i - 30000,
                iif(i <= 3000, \(now) + 1000000000, \(now) - 5000), CASE i % 3 WHEN 0 THEN \(Self.address(0x4141)) WHEN 1 THEN \(Self.address(0x4241)) END
            FROM n
            """)
        return test
    }

    /// `::4141` as the store keeps it, in SQL.
    private static func address(_ last: Int) -> String {
        "x'" + String(repeating: "0", count: 28) + String(last, radix: 16) + "'"
    }

    private func listed(_ test: SecretsHome, _ condition: String, limit: Int) throws -> [String] {
        try test.home.rows(
            test.file,
            "SELECT jti FROM token_states WHERE \(condition) ORDER BY number DESC LIMIT \(limit)"
        ).map { $0[0] }
    }

    private func check(_ test: SecretsHome) throws {
        let now = test.home.now.microseconds
        let states: [(TokenRecord.State?, String)] = [
            (nil, "1"), (.active, "expires > \(now) AND revoked IS NULL"),
            (.expired, "expires <= \(now) AND revoked IS NULL"), (.revoked, "revoked IS NOT NULL"),
        ]
        let selections: [(TokenSelection, String)] = [
            (TokenSelection(), "1"), (TokenSelection(client: "other"), "client = 'other'"),
            (TokenSelection(subject: "user-1"), "subject = 'user-1'"), (TokenSelection(family: 2), "family = 2"),
            (TokenSelection(client: "acme", subject: "user-2"), "client = 'acme' AND subject = 'user-2'"),
            (TokenSelection(idPrefix: "c00000000000000"), "jti GLOB 'c00000000000000*'"),
            (TokenSelection(client: "nobody"), "0"), (TokenSelection(subject: ""), "0"),
        ]
        for (state, stateCondition) in states {
            for (selection, condition) in selections {
                for limit in [0, 3, 1000] {
                    var selection = selection
                    (selection.state, selection.limit) = (state, limit)
                    let expected = try listed(test, "\(condition) AND \(stateCondition)", limit: limit)
                    #expect(try test.store.tokens(selection).map(\.id) == expected, "\(selection)")
                }
            }
        }
        for (table, rows) in [("token_states", RevokedRows.tokens), ("credential_states", .credentials)] {
            let number = table == "token_states" ? "number" : "id"
            let expected: [Int64] = try test.home.rows(
                test.file, "SELECT \(number) FROM \(table) WHERE revoked IS NOT NULL"
            ).map { $0[0] }
            #expect(try test.store.read { try rows.numbers(where: "1", in: $0) } == Set(expected))
        }
    }

    private func checkPreviews(_ test: SecretsHome) throws {
        let now = test.home.now.microseconds
        let targets: [(RevocationTarget, String)] = [
            (.everything, "1"), (.client("other"), "client = 'other'"), (.subject("user-2"), "subject = 'user-2'"),
            (.family(1), "family = 1"), (.issuer("https://issuer.example"), "1"),
        ]
        for (target, condition) in targets {
            let rows = try test.home.rows(
                test.file,
                """
                SELECT client, count(*) FROM token_states
                WHERE \(condition) AND expires > \(now) AND revoked IS NULL GROUP BY client
                """)
            let expected = Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as String, $0[1] as Int) })
            let shares = try test.store.preview(target).shares.filter { $0.tokens > 0 }
            #expect(Dictionary(uniqueKeysWithValues: shares.map { ($0.client, $0.tokens) }) == expected, "\(target)")
        }
    }

    @Test func `lists of many tokens are those that the view tells, with revocations of every kind`() throws {
        let test = try many()
        try check(test)
        try checkPreviews(test)
        let key = try test.issue()
        let network = try #require(Network("::4100/120"))
        let targets: [RevocationTarget] = [
            .token(issuer: "https://issuer.example", id: "d000000000000000000003"), .family(2), .subject("user-1"),
            .credential(key.credential.id), .network(network), .client("other"),
        ]
        for target in targets {
            try test.store.revoke(target, by: .maria, reason: "test")
            try checkPreviews(test)
        }
        try check(test)
        try test.store.revoke(.issuer("https://issuer.example"), by: .maria, reason: "test")
        try test.store.revoke(.everything, by: .maria, reason: "test")
        try check(test)
        try checkPreviews(test)
    }

    @Test func `a store without the indexes is read, and gets them with the next change`() throws {
        let test = try many()
        let indexes = [
            "tokens_by_expiry", "tokens_by_credential", "tokens_by_address", "tokens_by_scopes", "tokens_by_roles",
        ]
        try test.home.edit(
            test.file, indexes.map { "DROP INDEX \($0);" }.joined() + "PRAGMA user_version = \(PolicySchema.readable)")
        func found() throws -> Int {
            let names = indexes.map { "'\($0)'" }.joined(separator: ", ")
            return try test.home.rows(test.file, "SELECT 1 FROM sqlite_schema WHERE name IN (\(names))").count
        }
        let now = test.home.now
        let reader = try PolicyStore(folder: test.home.folder, for: .reading, clock: { now })
        #expect(try reader.tokens(TokenSelection(state: .active)).count == 1000)
        #expect(try reader.verify(traffic: false).findings.filter { "\($0)".contains("missing") }.isEmpty)
        #expect(try found() == 0)
        let writer = try PolicyStore(folder: test.home.folder, for: .writing, clock: { now })
        try writer.revoke(.client("acme"), by: .maria, reason: "test")
        #expect(try found() == indexes.count)
    }
}
