import Domain
import Testing

@testable import Store

/// A name that is given to something while live tokens carry it.
struct CarriedNameTests {
    private let test: SecretsHome

    init() throws {
        test = try SecretsHome()
    }

    private func carried(_ items: PolicyItem...) throws -> [CarriedName] {
        try test.store.namesCarried(by: items.map { PolicyEdit(key: $0.key, before: nil, after: $0) })
    }

    private func scope(_ name: String) throws -> PolicyItem { .scope(Scope(name: try Name(name))) }

    private func token(roles: [String]? = nil, lifetime: Int64 = 600) throws -> TokenRecord {
        let order = TokenOrder(client: test.acme, form: .opaque, lifetime: lifetime, roles: roles)
        return try test.store.issueToken(order, by: .maria, reason: "test", source: test.source).record
    }

    @Test(arguments: [true, false])
    func `live tokens are counted that carry the name, by scope or by role`(isIndexed: Bool) throws {
        if !isIndexed {
            try test.edit("DROP INDEX tokens_by_scopes; DROP INDEX tokens_by_roles")
        }
        let (first, second) = (try token(roles: ["boss", "\u{212a}"]), try token(roles: ["boss"], lifetime: 5))
        _ = try token()
        let boss = PolicyItem.role(try PolicyHome.role("boss", allowing: "/users/{id}"))
        #expect(
            try carried(boss).map(\.description) == [
                "2 live tokens carry the name of role/boss, and with it get what it gives"
            ])
        #expect(try carried(scope("read")).map(\.tokens) == [3])
        #expect(try carried(scope("rea"), scope("boss"), .role(PolicyHome.role("K", allowing: "/x"))).isEmpty)
        // What is there already gets nothing that it hadn't, and other kinds aren't carried.
        #expect(try test.store.namesCarried(by: [PolicyEdit(key: boss.key, before: boss, after: nil)]).isEmpty)
        #expect(try carried(.tier(Tier(name: try Name("read")))).isEmpty)
        test.wait(6)
        #expect(try carried(boss).map(\.tokens) == [1])
        #expect(second.expires <= test.home.now)
        try test.store.revoke(.token(issuer: first.issuer, id: first.id), by: .maria, reason: "test")
        #expect(try carried(boss).isEmpty)
        #expect(try carried(scope("read")).map(\.tokens) == [1])
    }

    @Test func `a renaming onto the name says so in its trial's edits`() throws {
        _ = try token(roles: ["boss"])
        let active = try test.store.active()
        let key = try #require(ItemKey(text: "role/user"))
        let trial = try test.store.trial(of: try active.policy.edits(renaming: key, to: "boss"), by: .maria)
        #expect(try test.store.namesCarried(by: trial.edits).map(\.item.description) == ["role/boss"])
    }

    @Test func `of a hundred thousand a thousand are counted, revoked ones passed over`() throws {
        let first = try token()
        try test.edit(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
            INSERT INTO tokens (jti, hash, form, kind, issuer, client, subject, scopes, roles, family, issued, expires)
            SELECT printf('t%06d', i), randomblob(32), 'opaque', 'access', 'https://issuer.example', 'acme',
                iif(i <= 1500, 'gone', 'user'), '["read"]', printf('["r%d","all"]', i % 100), \(first.family),
                \(test.home.now.microseconds), \(test.home.now.microseconds) + 600000000 + i FROM n
            """)
        #expect(
            try carried(scope("read")).map(\.description).first?.hasPrefix("1000 or more live tokens carry") == true)
        let role = { (name: String) in PolicyItem.role(try PolicyHome.role(name, allowing: "/x")) }
        #expect(try carried(try role("all")).map(\.isMore) == [true])
        #expect(try carried(try role("r7")) == [CarriedName(item: try role("r7").key, tokens: 1000, isMore: false)])
        test.wait(1)
        try test.store.revoke(.subject("gone"), by: .maria, reason: "test")
        #expect(try carried(try role("r7")).map(\.tokens) == [985])
        #expect(try carried(scope("read")).map(\.isMore) == [true])
        try test.store.revoke(.everything, by: .maria, reason: "test")
        #expect(try carried(try role("r7")).isEmpty)
        // Which of so many live on isn't looked at to the end, and that is said.
        #expect(try carried(scope("read")).map(\.description).first?.hasPrefix("tokens carry the name") == true)
    }
}
