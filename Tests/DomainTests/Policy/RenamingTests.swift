import Domain
import Testing

struct RenamingTests {
    private static func policy() throws -> Policy {
        var acme = try Client("acme", roles: ["reader", "writer"], scopes: ["orders:read"])
        acme.tier = try Name("gold")
        let quota = Quota(
            name: try Name("hourly"), holder: .tier(try Name("gold")), key: .client, window: .rate(seconds: 3600),
            limit: 10)
        return try Policy.of(
            settings: PolicySettings(
                anonymousRoles: [try Name("reader")], anonymousTier: try Name("gold"), defaultTier: try Name("gold")),
            scopes: ["orders:read", "orders:write"],
            roles: [
                Role("reader", [Permission(.allow, [.get], "/v1/orders")]), Role("writer", parents: ["reader"]),
                Role("other"),
            ],
            routes: [Route("orders", "/v1/orders", scopes: ["orders:read"])],
            clients: [acme, Client("mobile-app", roles: ["other"])],
            others: [.tier(Tier(name: try Name("gold"))), .quota(quota)])
    }

    private static func key(_ text: String) throws -> ItemKey { try #require(ItemKey(text: text)) }

    @Test(arguments: [
        ("scope/orders:read", ["scope/orders:read", "scope/new", "route/orders", "client/acme"]),
        ("role/reader", ["role/reader", "role/new", "role/writer", "client/acme", "settings/policy"]),
        ("tier/gold", ["tier/gold", "tier/new", "quota/hourly", "client/acme", "settings/policy"]),
        ("route/orders", ["route/orders", "route/new"]), ("quota/hourly", ["quota/hourly", "quota/new"]),
    ])
    func `all that refers to it follows, and nothing else changes`(item: String, changed: [String]) throws {
        let policy = try Self.policy()
        let key = try Self.key(item)
        let edits = try policy.edits(renaming: key, to: "new")
        #expect(Set(edits.map(\.key.description)) == Set(changed))
        var next = policy
        for edit in edits { next[edit.key] = edit.after }
        _ = try next.compiled()
        #expect(next.items.count == policy.items.count)
        // Back again, and it is what it was.
        let back = try next.edits(renaming: try Self.key("\(key.kind.rawValue)/new"), to: key.name)
        for edit in back { next[edit.key] = edit.after }
        #expect(next == policy)
    }

    @Test func `what logs and tokens know keeps its name, and says what to do instead`() throws {
        let policy = try Self.policy()
        #expect(throws: RenamingError.fixed(try #require(ItemKind.client.reasonAgainstRenaming))) {
            try policy.edits(renaming: try Self.key("client/acme"), to: "new")
        }
        #expect(ItemKind.operator.reasonAgainstRenaming != nil)
        #expect(ItemKind.scope.renamingWarning?.contains("tokens") == true)
    }

    @Test func `a name that is taken, the same, gone or none at all is refused`() throws {
        let policy = try Self.policy()
        let reader = try Self.key("role/reader")
        #expect(throws: RenamingError.taken(try Self.key("role/writer"))) {
            try policy.edits(renaming: reader, to: "writer")
        }
        #expect(throws: RenamingError.unchanged) { try policy.edits(renaming: reader, to: "reader") }
        #expect(throws: RenamingError.name(.empty)) { try policy.edits(renaming: reader, to: "") }
        #expect(throws: RenamingError.gone(try Self.key("role/none"))) {
            try policy.edits(renaming: try Self.key("role/none"), to: "new")
        }
    }
}
