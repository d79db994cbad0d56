import Domain
import Testing

struct ItemMergeTests {
    private static func merge(_ base: PolicyItem, _ mine: PolicyItem, _ theirs: PolicyItem) throws -> ItemMerge {
        try #require(ItemMerge(base: base, mine: mine, theirs: theirs))
    }

    private static func role(_ lines: String..., note: String = "") throws -> PolicyItem {
        .role(
            Role(name: try Name("user"), note: note, permissions: try lines.map { try PermissionText.permission($0) }))
    }

    private static func lines(_ item: PolicyItem?) -> [String] {
        guard case .role(let role)? = item else { return [] }
        return role.permissions.map(PermissionText.text)
    }

    private static func quota(_ limit: Int, _ window: Quota.Window, note: String = "") throws -> PolicyItem {
        .quota(
            Quota(
                name: try Name("acme"), holder: .client(try Name("acme")), key: .client, window: window, limit: limit,
                note: note))
    }

    // MARK: - Any item

    /// A random item of a kind, always of one name.
    private static func item(_ kind: ItemKind, _ seed: UInt64) throws -> PolicyItem {
        var random = RandomItem(seed: seed)
        let name = kind == .settings ? ItemKey.settings.name : "it"
        return try PolicyItem(kind, named: name, tree: try random.item(kind).tree(.full))
    }

    @Test(arguments: ItemKind.allCases)
    func `without anything of theirs it is mine, and without anything of mine theirs`(kind: ItemKind) throws {
        for seed in 0..<100 as Range<UInt64> {
            let (base, other) = (try Self.item(kind, seed), try Self.item(kind, seed + 1000))
            #expect(try Self.merge(base, other, base).merged == other)
            #expect(try Self.merge(base, base, other).merged == other)
            #expect(try Self.merge(base, other, other).merged == other)
        }
    }

    @Test(arguments: ItemKind.allCases)
    func `who comes first makes no difference`(kind: ItemKind) throws {
        for seed in 0..<200 as Range<UInt64> {
            let items = try [seed, seed + 1000, seed + 2000].map { try Self.item(kind, $0) }
            let (one, other) = (
                try Self.merge(items[0], items[1], items[2]), try Self.merge(items[0], items[2], items[1])
            )
            #expect(one.merged == other.merged)
            #expect(one.clashes.count == other.clashes.count)
        }
    }

    @Test(arguments: ItemKind.allCases)
    func `a field of mine and another of theirs both come through, in either order`(kind: ItemKind) throws {
        var met = 0
        for seed in 0..<300 as Range<UInt64> {
            let (base, left, right) = (
                try Self.item(kind, seed), try Self.item(kind, seed + 1000), try Self.item(kind, seed + 2000)
            )
            let names = Set([base, left, right].flatMap { $0.tree(.full).names }).sorted()
            guard names.count > 1 else { continue }
            let (mineName, theirName) = (names[Int(seed) % names.count], names[Int(seed + 1) % names.count])
            guard let mine = base.taking(mineName, of: left), let theirs = base.taking(theirName, of: right),
                mine != base, theirs != base
            else { continue }
            let merge = try Self.merge(base, mine, theirs)
            guard let merged = merge.merged else {
                // Only what says something together can be in the way.
                #expect([ItemKind.quota, .route, .operator].contains(kind), "\(mineName) and \(theirName)")
                continue
            }
            met += 1
            #expect(merged.tree(.full)[mineName] == mine.tree(.full)[mineName])
            #expect(merged.tree(.full)[theirName] == theirs.tree(.full)[theirName])
            #expect(merged == mine.taking(theirName, of: right))
        }
        #expect(met > 0 || [ItemKind.scope, .tier].contains(kind))
    }

    // MARK: - Lists

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `of lists nothing that only one side did is lost, and nothing comes from nowhere`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let words = (0..<10).map { "r\($0)" }
        func list() -> [String] { words.filter { _ in random.chance(50) }.shuffled(using: &random) }
        func client(_ roles: [String]) throws -> PolicyItem { .client(try Client("acme", roles: roles)) }
        let (base, mine, theirs) = (list(), list(), list())
        let merge = try Self.merge(try client(base), try client(mine), try client(theirs))
        guard case .client(let found)? = merge.item else {
            Issue.record("no item")
            return
        }
        let roles = found.roles.map(\.text)
        #expect(Set(roles).count == roles.count)
        for word in words {
            let isIn = [base, mine, theirs].map { $0.contains(word) }
            if isIn[1] == isIn[2] { #expect(roles.contains(word) == isIn[1], "\(word)") }
            // Mine stands, also where the two clash.
            if isIn[0] == isIn[2] { #expect(roles.contains(word) == isIn[1], "\(word)") }
            if isIn[0] == isIn[1], merge.clashes.isEmpty { #expect(roles.contains(word) == isIn[2], "\(word)") }
        }
    }

    @Test func `a note of mine and a deny of theirs are both there`() throws {
        let base = try Self.role("allow GET /users/{id}")
        let mine = try Self.role("allow GET /users/{id}", note: "people")
        let theirs = try Self.role("allow GET /users/{id}", "deny GET /users/{id}/secrets")
        let merge = try Self.merge(base, mine, theirs)
        #expect(
            merge.merged == (try Self.role("allow GET /users/{id}", "deny GET /users/{id}/secrets", note: "people")))
        #expect(
            Set(merge.settled) == [.init(label: "note", side: .mine), .init(label: "permissions", side: .theirs)])
    }

    @Test func `a permission that both changed clashes alone, and with mine on top their other one stays`() throws {
        let base = try Self.role("allow GET /a", "allow GET /b")
        let mine = try Self.role("allow GET,PUT /a", "allow GET /b")
        let theirs = try Self.role("allow GET,DELETE /a", "allow GET /b", "deny GET /c")
        let merge = try Self.merge(base, mine, theirs)
        #expect(merge.merged == nil)
        let clash = try #require(merge.clashes.first)
        #expect(merge.clashes.count == 1 && clash.label == "permissions" && clash.isList)
        #expect(clash.base == ["allow GET /a"] && clash.mine == ["allow GET,PUT /a"])
        #expect(clash.theirs == ["allow GET,DELETE /a"])
        #expect(Self.lines(merge.item) == ["allow GET,PUT /a", "allow GET /b", "deny GET /c"])
    }

    @Test func `what one removed and the other changed clashes`() throws {
        let base = try Self.role("allow GET /a", "allow GET /b")
        let merge = try Self.merge(
            base, try Self.role("allow GET,PUT /a", "allow GET /b"), try Self.role("allow GET /b"))
        #expect(merge.clashes.map(\.theirs) == [[]])
        #expect(merge.merged == nil)
    }

    @Test func `what one only moved and the other removed is gone`() throws {
        let base = try Self.role("allow GET /a", "allow GET /b", "allow GET /c")
        let merge = try Self.merge(
            base, try Self.role("allow GET /b", "allow GET /c", "allow GET /a"),
            try Self.role("allow GET /b", "allow GET /c"))
        #expect(Self.lines(merge.merged) == ["allow GET /b", "allow GET /c"])
    }

    // MARK: - Fields

    @Test func `how much and in which time belong together`() throws {
        let base = try Self.quota(100, .rate(seconds: 3600))
        let merge = try Self.merge(
            base, try Self.quota(200, .rate(seconds: 3600)), try Self.quota(100, .rate(seconds: 60), note: "short"))
        #expect(merge.merged == nil)
        #expect(merge.clashes.map(\.label) == ["limit"])
        #expect(merge.clashes.map(\.base) == [["100/h"]] && merge.clashes.map(\.mine) == [["200/h"]])
        #expect(merge.clashes.map(\.theirs) == [["100/min"]])
        #expect(merge.item == (try Self.quota(200, .rate(seconds: 3600), note: "short")))
    }

    @Test func `levels of authentication are an order, and merge as a whole or not at all`() throws {
        func settings(_ levels: String...) -> PolicyItem { .settings(PolicySettings(authenticationLevels: levels)) }
        let merge = try Self.merge(settings("pwd", "mfa"), settings("pwd", "otp", "mfa"), settings("mfa", "pwd"))
        #expect(merge.clashes.map(\.label) == ["authentication levels"])
    }

    // MARK: - Policies

    @Test func `a policy merges fields of one item, and what is made or removed there is a conflict`() throws {
        let base = try Client("acme", roles: ["reader"])
        var (mine, theirs) = (base, base)
        mine.owner = "team blue"
        theirs.scopes = [try Name("orders")]
        var both = mine
        both.scopes = theirs.scopes
        let edit = PolicyEdit(key: ItemKey(base.name), before: .client(base), after: .client(mine))
        #expect(try Policy([.client(theirs)]).merging([edit])[edit.key] == .client(both))
        #expect(throws: PolicyConflicts.self) { try Policy().merging([edit]) }
        let removal = PolicyEdit(key: edit.key, before: .client(base), after: nil)
        #expect(throws: PolicyConflicts.self) { try Policy([.client(theirs)]).merging([removal]) }
    }
}

extension PolicyTree {
    fileprivate var names: [String] {
        if case .map(let members) = content { members.map(\.name) } else { [] }
    }
}

extension PolicyItem {
    /// This with one field as another has it; nil where that is no item.
    fileprivate func taking(_ name: String, of other: PolicyItem) -> PolicyItem? {
        var members: [PolicyTree.Member] = []
        if case .map(let own) = tree(.full).content { members = own.filter { $0.name != name } }
        if let value = other.tree(.full)[name] { members.append(PolicyTree.Member(name, value)) }
        return try? PolicyItem(key.kind, named: key.name, tree: .map(members))
    }
}
