import Domain
import Testing

@testable import Store

/// What was damaged or changed by hand is shown where that can be done, and nothing is decided or changed by it.
struct PolicyDamageTests {
    private static let damages = [
        "INSERT INTO permissions VALUES ('user', 5, 'allow', 511, '/a/../b', '[]')",
        "INSERT INTO permissions VALUES ('user', 5, 'allow', 511, '*', '[]')",
        "UPDATE clients SET status = 'suspended'", "DELETE FROM scopes", "DELETE FROM approvals",
        "INSERT INTO operator_duties VALUES ('otto', 'edit'); INSERT INTO operators VALUES ('otto', 666, '')",
        "INSERT INTO clients VALUES ('eve', '', 'active', NULL, NULL, NULL, '')",
    ]

    @Test(arguments: damages)
    func `rows that aren't what the version made decide nothing, and no change is accepted on top`(sql: String) throws {
        let test = try PolicyHome()
        let before = try test.store.active()
        try test.home.tamper(sql)
        let fresh = try PolicyStore(folder: test.home.folder, for: .writing)
        let error = #expect(throws: PolicyStoreError.self) { try fresh.active() }
        #expect(error?.message.contains("is damaged") == true)
        #expect(error?.advice.contains("restore the file from a copy") == true)
        let edit = PolicyEdit(
            key: ItemKey(try Name<Scope>("more")), before: nil, after: .scope(Scope(name: try Name("more"))))
        // Nor by who has read the policy before.
        for store in [fresh, test.store] {
            #expect(throws: PolicyStoreError.self) {
                try store.apply([edit], by: .maria, reason: "test", basedOn: before.version.number)
            }
            #expect(throws: PolicyStoreError.self) { try store.undo(2, by: .maria, reason: "test") }
        }
        let shown = try fresh.shown()
        #expect(shown.problem == error)
        #expect(shown.active == before)
        #expect(try fresh.versions().count == 2)
        #expect(try fresh.verify().findings.count > 0)
        #expect(try test.store.shown().problem == nil)
    }

    @Test func `of very many clients a change looks at each, and reading at all else`() throws {
        let test = try PolicyHome()
        var items: [PolicyItem] = []
        for number in 0...Int(ItemCheck.mostClients) { items.append(.client(Client(name: try Name("c\(number)")))) }
        try test.apply(items)
        try test.home.tamper("UPDATE clients SET status = 'suspended' WHERE name = 'c77'")
        let store = try PolicyStore(folder: test.home.folder, for: .writing)
        _ = try store.active()
        let error = #expect(throws: PolicyStoreError.self) {
            try test.apply([.scope(Scope(name: try Name("more")))], in: store)
        }
        #expect(error?.message.contains("client/c77 was changed by hand") == true)
        try test.home.tamper("UPDATE quotas SET \"limit\" = 5")
        #expect(throws: PolicyStoreError.self) {
            try PolicyStore(folder: test.home.folder, for: .reading).active()
        }
    }

    @Test func `an item that an older program wrote in other words is what it was`() throws {
        let test = try PolicyHome()
        let json = #"{"note":"", "unused":[]}"#.replacing(", \"unused\":[]", with: "")
        let hash = Hex.text(PolicyContent.hash(ofKind: "scope", name: "read", json: json))
        try test.home.tamper(
            """
            UPDATE version_edits SET after = '\(json)' WHERE name = 'read';
            UPDATE policy_items SET hash = x'\(hash)' WHERE name = 'read'
            """)
        let reader = try PolicyStore(folder: test.home.folder, for: .reading)
        let content = try reader.read { try VersionMaker.content(in: $0) }
        try test.home.tamper("UPDATE policy_versions SET content = x'\(Hex.text(content))' WHERE number = 2")
        let store = try PolicyStore(folder: test.home.folder, for: .writing)
        #expect(try store.active().policy.scopes.map(\.name.text) == ["read"])
        #expect(try test.apply([.scope(Scope(name: try Name("more")))], in: store).version.number == 3)
    }
}
