import Domain
import Testing

@testable import Store

/// Break-glass gives nobody a lasting say, and ends.
struct PolicyBreakGlassTests {
    private let test: PolicyHome
    private var store: PolicyStore { test.store }

    init() throws { test = try PolicyHome() }

    private func turn(on seconds: Int64) { test.home.now = test.home.now.advanced(by: seconds * 1_000_000) }

    private func role(_ name: String, parents: [String] = []) throws -> PolicyItem {
        .role(Role(name: try Name(name), parents: try parents.map { try Name($0) }))
    }

    private func key(_ text: String) throws -> ItemKey { try #require(ItemKey(text: text)) }

    // MARK: - Who has a say

    @Test func `break-glass changes neither operators nor what takes a second one`() throws {
        let evil = Operator(name: try Name("evil"), userID: 1005, duties: [.watch, .edit, .approve])
        var settings = try store.active().policy.settings
        settings.approvals.remove(.wildcardPermission)
        for (items, key) in [
            ([PolicyItem.operator(evil), try role("emergency")], ItemKey(evil.name)),
            ([.operator(try .jonas([.watch]))], try key("operator/jonas")), ([.settings(settings)], .settings),
        ] {
            #expect(throws: PolicyStoreError.notByBreakGlass(key)) { try test.apply(items, breakGlass: true) }
        }
        #expect(throws: PolicyStoreError.notByBreakGlass(try key("operator/jonas"))) {
            try test.remove([.operator(.jonas())], breakGlass: true)
        }
        #expect(PolicyStoreError.notByBreakGlass(.settings).category == .refused)
        #expect(try store.active().version.number == 2)
        #expect(try store.newestAuditRecords(limit: 4).allSatisfy { $0.entry.outcome == .refused })
        settings = try store.active().policy.settings
        settings.breakGlassSeconds = 7 * 86400
        #expect(throws: PolicyStoreError.notByBreakGlass(.settings)) {
            try test.apply([.settings(settings)], breakGlass: true)
        }
        settings = try store.active().policy.settings
        settings.tokenSeconds = 61
        #expect(try test.apply([.settings(settings)], breakGlass: true).version.origin == .breakGlass)
    }

    @Test func `who is an operator by the break-glass of an older program signs nothing`() throws {
        // As such a program left it.
        try test.apply([try role("emergency")], breakGlass: true)
        let lena = Operator(name: try Name("lena"), userID: 1002, duties: Set(Duty.allCases))
        let edit = PolicyContent.Edit(
            kind: "operator", name: "lena", before: nil, after: PolicyItem.operator(lena).json)
        try test.home.tamper(
            """
            INSERT INTO version_edits VALUES (3, 'operator', 'lena', NULL, '\(edit.after ?? "")');
            INSERT INTO operators SELECT 'lena', 1002, '';
            INSERT INTO operator_duties SELECT 'lena', duty FROM operator_duties WHERE operator = 'maria';
            INSERT INTO policy_items VALUES ('operator', 'lena', 3,
                x'\(Hex.text(PolicyContent.hash(ofKind: edit.kind, name: edit.name, json: edit.after ?? "")))')
            """)
        try agree(version: 3)
        let fresh = try PolicyStore(folder: test.home.folder, for: .writing, clock: { [test] in test.home.now })
        let actor = Actor(name: "lena", userID: 1002)
        guard case .draft(let draft) = try test.apply([try test.wildcard()], in: fresh) else {
            Issue.record("it didn't wait")
            return
        }
        for sign in [
            { _ = try fresh.approve(draft.number, by: actor, reason: "yes") },
            { try fresh.review(3, keeping: false, by: actor, reason: "yes") },
        ] {
            #expect(throws: PolicyStoreError.dutyMissing(.approve, actor: actor, isOperator: true)) { try sign() }
        }
    }

    /// Gives a version that was tampered with the hash of what is there.
    private func agree(version: Int) throws {
        let reader = try PolicyStore(folder: test.home.folder, for: .reading)
        let content = try reader.read { try VersionMaker.content(in: $0) }
        try test.home.tamper("UPDATE policy_versions SET content = x'\(Hex.text(content))' WHERE number = \(version)")
    }

    // MARK: - What stands on it

    @Test func `a change that would keep break-glass from its end is refused, and says what to do`() throws {
        try test.apply(
            [try role("emergency"), .client(try PolicyHome.client("acme", note: "glass"))], breakGlass: true)
        let expires = test.home.now.advanced(by: 3_600_000_000)
        let standing = PolicyStoreError.pinsBreakGlass(version: 3, expires: expires, [try key("role/emergency")])
        #expect(throws: standing) { try test.apply([try role("keep", parents: ["emergency"])], by: .jonas) }
        #expect(standing.category == .refused)
        #expect(standing.description.contains("gatehouse policy undo 3"))
        #expect(throws: PolicyStoreError.pinsBreakGlass(version: 3, expires: expires, [try key("client/acme")])) {
            try test.apply([.client(try PolicyHome.client("acme", note: "later"))], by: .jonas)
        }
        let problems = try store.trial(
            of: [PolicyEdit(key: try key("role/keep"), before: nil, after: try role("keep", parents: ["emergency"]))],
            by: .jonas
        ).problems
        #expect(problems.map(\.problem) == [standing.message])
        // What has nothing to do with it goes on, and it ends.
        try test.apply([try role("other")], by: .jonas)
        turn(on: 3600)
        #expect(try store.revertExpiredBreakGlass().map(\.origin) == [.expiry(of: 3)])
        #expect(try store.active().policy[try key("role/emergency")] == nil)
        #expect(try store.active().policy.clients.map(\.note) == [""])
        #expect(try store.verify().findings == [])
    }

    @Test func `an approval, an undo and a restore are held to the same`() throws {
        try test.apply([try role("parent")])
        let child = try test.apply([try role("child", parents: ["parent"]), try test.wildcard()]).version
        try test.apply([try role("loose")])
        try test.remove([try role("loose")])
        try test.remove([try role("parent")], breakGlass: true)
        // The draft needs what break-glass removed; once that is back, it passes.
        #expect(throws: PolicyStoreError.self) { try store.approve(child.number, by: .jonas, reason: "test") }
        try test.apply([try role("emergency")], breakGlass: true)
        try test.apply([try role("calm")])
        let based = try test.apply(
            [.role(Role(name: try Name("top"), parents: [try Name("calm")])), try test.wildcard()])
        guard case .draft(let draft) = based else {
            Issue.record("it didn't wait")
            return
        }
        _ = try store.approve(draft.number, by: .jonas, reason: "test")
        let pinning = try store.apply(
            [PolicyEdit(key: try key("role/pin"), before: nil, after: try role("pin", parents: ["emergency"]))],
            by: .maria, reason: "test", basedOn: try store.active().version.number, keepingAsDraft: true)
        let error = #expect(throws: PolicyStoreError.self) {
            try store.approve(pinning.version.number, by: .jonas, reason: "test")
        }
        #expect(error?.category == .refused)
        #expect(try store.version(pinning.version.number).state == .draft)
        turn(on: 3600)
        _ = try store.revertExpiredBreakGlass()
        #expect(try store.breakGlassChanges().map(\.ending) == [.reverted, .reverted])
        #expect(try store.active().policy[try key("role/parent")] != nil)
    }

    @Test func `undoing break-glass ends it, and then nothing of it is in the way`() throws {
        let before = try store.active().policy
        try test.apply([try role("emergency")], breakGlass: true)
        guard case .active(let undone) = try store.undo(3, by: .jonas, reason: "over") else {
            Issue.record("it waits")
            return
        }
        let ended = try #require(try store.breakGlassChanges().first)
        #expect(ended.ending == .reverted && ended.revertedBy == undone.number)
        #expect(try store.active().policy == before)
        try test.apply([try role("emergency")])
        try test.apply([try role("keep", parents: ["emergency"])])
        turn(on: 3600)
        #expect(try store.revertExpiredBreakGlass() == [])
        #expect(try store.verify().findings == [])
        #expect(try Verifier.places(test.home.folder) == [])
    }

    @Test func `of two on the same thing the newer one ends first`() throws {
        let before = try store.active().policy
        try test.apply([.client(try PolicyHome.client("acme", note: "one"))], breakGlass: true)
        turn(on: 1800)
        try test.apply([.client(try PolicyHome.client("acme", note: "two")), try role("more")], breakGlass: true)
        turn(on: 1800)
        #expect(try store.revertExpiredBreakGlass() == [])
        #expect(try store.breakGlassAlarms().map(\.ending) == [.failed, nil])
        #expect(
            try store.newestAuditRecords(limit: 1).first?.entry.reason.contains("not taken back: client/acme") == true)
        let records = try store.auditRecords().count
        // Nothing new to try, and nothing new to tell.
        #expect(try store.revertExpiredBreakGlass() == [])
        #expect(try store.auditRecords().count == records)
        turn(on: 1800)
        #expect(try store.revertExpiredBreakGlass().map(\.origin) == [.expiry(of: 4)])
        #expect(try store.revertExpiredBreakGlass().map(\.origin) == [.expiry(of: 3)])
        #expect(try store.active().policy == before)
        #expect(try store.verify().findings == [])
        #expect(try Verifier.places(test.home.folder) == [])
    }

    // MARK: - What can't be taken back

    /// Another role stands on what break-glass made, as an older program let it.
    private func pinned() throws -> PolicyStore {
        try test.apply([try role("keep")])
        try test.apply([try role("emergency"), try role("second")], breakGlass: true)
        let json = try role("keep", parents: ["emergency"]).json
        try test.home.tamper(
            """
            UPDATE version_edits SET after = '\(json)' WHERE name = 'keep';
            INSERT INTO role_parents VALUES ('keep', 1, 'emergency');
            UPDATE policy_items SET hash = x'\(Hex.text(PolicyContent.hash(ofKind: "role", name: "keep", json: json)))'
            WHERE name = 'keep'
            """)
        try agree(version: 4)
        turn(on: 3600)
        return try PolicyStore(folder: test.home.folder, for: .writing, clock: { [test] in test.home.now })
    }

    @Test func `what can be taken back is, and the rest is tried again and stays an alarm`() throws {
        let store = try pinned()
        let parts = try store.revertExpiredBreakGlass()
        #expect(parts.map(\.origin) == [.expiry(of: 4)])
        #expect(try store.active().policy[try key("role/second")] == nil)
        #expect(try store.active().policy[try key("role/emergency")] != nil)
        let record = try #require(try store.newestAuditRecords(limit: 1).first).entry
        #expect(record.reason == "the time of break-glass version 4 is over; not taken back: role/emergency")
        #expect(record.after?.contains(#""ending":"failed","left":["role/emergency"]"#) == true)
        #expect(try store.breakGlassAlarms().map(\.ending) == [.failed])
        #expect(try !store.isBreakGlassDue())
        // A look at it changes nothing.
        let error = #expect(throws: PolicyStoreError.self) {
            try store.review(4, keeping: false, by: .jonas, reason: "seen")
        }
        #expect(error?.message.contains("something of it is in force") == true)
        #expect(try store.breakGlassAlarms().count == 1)
        // What stood on it goes, and so does the rest.
        try test.apply([try role("keep")], in: store)
        #expect(try store.isBreakGlassDue())
        #expect(try store.revertExpiredBreakGlass().map(\.origin) == [.expiry(of: 4)])
        #expect(try store.active().policy[try key("role/emergency")] == nil)
        #expect(try store.breakGlassAlarms().map(\.ending) == [.reverted])
        try store.review(4, keeping: false, by: .jonas, reason: "seen")
        #expect(try store.breakGlassAlarms() == [])
    }

    @Test func `a second operator may let stay what could not be taken back, though it was looked at before`() throws {
        try test.apply([try role("early")], breakGlass: true)
        try store.review(3, keeping: false, by: .jonas, reason: "seen")
        try store.review(3, keeping: true, by: .jonas, reason: "needed")
        #expect(try store.breakGlassChanges().map(\.ending) == [.kept])
        #expect(throws: PolicyStoreError.self) { try store.review(3, keeping: true, by: .jonas, reason: "again") }
        #expect(try store.verify().findings == [])
        #expect(try Verifier.places(test.home.folder) == [])
    }

    @Test func `a failed end is let stay`() throws {
        let store = try pinned()
        try store.revertExpiredBreakGlass()
        try store.review(4, keeping: true, by: .jonas, reason: "needed")
        #expect(try store.breakGlassAlarms() == [])
        #expect(try store.breakGlassChanges().map(\.ending) == [.kept])
        #expect(try !store.isBreakGlassDue())
    }

    // MARK: - In general

    @Test(arguments: 1...16 as ClosedRange<UInt64>)
    func `after any accepted changes an open break-glass can be taken back`(seed: UInt64) throws {
        var settings = PolicySettings(approvals: [])
        settings.breakGlassSeconds = 3600
        let home = try TemporaryStore()
        let store = try PolicyStore.create(in: home.folder, by: .maria, clock: { home.now })
        let test = PolicyHome(home: home, store: store)
        try test.apply([.settings(settings), .operator(.jonas())] + PolicyHome.items())
        var generator = SeededGenerator(seed: seed)
        var made = 0
        func change(_ count: Int) throws -> Policy {
            var policy = try store.active().policy
            for _ in 0..<count {
                let name = "r\(Int.random(in: 0..<6, using: &generator))"
                let names = policy.roles.map(\.name)
                switch Int.random(in: 0..<5, using: &generator) {
                case 0: policy[ItemKey(try Name<Role>(name))] = nil
                case 1:
                    let roles = names.filter { _ in Bool.random(using: &generator) }
                    policy.put(.client(Client(name: try Name("c\(name)"), roles: roles)))
                case 2: policy[ItemKey(try Name<Client>("c\(name)"))] = nil
                default:
                    let parents = names.filter { $0.text < name && Bool.random(using: &generator) }
                    // No two are alike, so that nothing looks like another that got its name.
                    made += 1
                    policy.put(.role(Role(name: try Name(name), note: "n\(made)", parents: parents)))
                }
            }
            return policy
        }
        for _ in 0..<4 { try? store.put(try change(3)) }
        let first = try store.active().policy
        var glass: [PolicyEdit] = []
        while glass.isEmpty {
            let next = try change(4)
            guard (try? store.put(next, breakGlass: true)) != nil else { continue }
            glass = first.edits(to: next)
        }
        let number = try store.active().version.number
        for _ in 0..<25 {
            do {
                try store.put(try change(2))
            } catch let error as PolicyStoreError where error == .nothingToDo || error.category == .refused {
                continue
            }
        }
        home.now = home.now.advanced(by: 3_600_000_000)
        try store.revertExpiredBreakGlass()
        let ended = try #require(try store.breakGlassChanges().first { $0.version.number == number })
        #expect(ended.ending == .reverted || ended.ending == .overtaken)
        let last = try store.active().policy
        if try store.active().version.origin == .expiry(of: number) {
            for edit in glass { #expect(Self.isBack(edit, in: last), "\(edit.key)") }
        }
        #expect(try store.verify().findings == [])
    }

    /// Whether all that an edit did is taken back, whatever others did to other fields of the same.
    private static func isBack(_ edit: PolicyEdit, in policy: Policy) -> Bool {
        guard let before = edit.before, let after = edit.after, let now = policy[edit.key] else {
            return policy[edit.key] == edit.before
        }
        return ItemMerge(base: after, mine: before, theirs: now)?.merged == now
    }

    // MARK: - What the audit trail tells of its end

    @Test func `an end that was changed by hand is found by both programs, whatever the end was`() throws {
        // 3 is taken back by time, 5 by an ordinary change, 7 is kept, and 8 still open.
        try test.apply([try role("one")], breakGlass: true)
        turn(on: 3600)
        #expect(try store.revertExpiredBreakGlass().count == 1)
        try test.apply([try role("two")], breakGlass: true)
        try test.remove([try role("two")])
        try test.apply([try role("three")], breakGlass: true)
        try store.review(7, keeping: true, by: .jonas, reason: "good")
        try test.apply([try role("five")], breakGlass: true)
        let ends = try store.breakGlassChanges().sorted { $0.version.number < $1.version.number }
        #expect(ends.map(\.ending) == [.reverted, .reverted, .kept, nil])
        #expect(ends.map(\.revertedBy) == [4, 6, nil, nil])
        #expect(ends.allSatisfy { ($0.ending == nil) == ($0.ended == nil) })
        #expect(try store.verify().findings == [])
        #expect(try Verifier.places(test.home.folder) == [])
        for (sql, number) in [
            ("ended = ended + 1 WHERE version = 3", 3), ("reverted_by = 6 WHERE version = 3", 3),
            ("ended = ended - 1 WHERE version = 5", 5), ("reverted_by = 4 WHERE version = 5", 5),
            ("ended = ended + 1 WHERE version = 7", 7),
        ] {
            try test.home.tamper("UPDATE break_glass SET \(sql)")
            #expect(try store.verify().findings.map(\.place) == [.breakGlass(number)], "\(sql)")
            #expect(try Verifier.places(test.home.folder) == ["break-glass version \(number)"], "\(sql)")
            let back = ends.map { end in
                let ended = end.ended.map { "\($0.microseconds)" } ?? "NULL"
                let version = end.revertedBy.map { "\($0)" } ?? "NULL"
                return "UPDATE break_glass SET ended = \(ended), reverted_by = \(version) "
                    + "WHERE version = \(end.version.number);"
            }
            try test.home.tamper(back.joined())
            #expect(try store.verify().findings == [])
        }
    }
}

extension PolicyStore {
    /// Makes the policy so.
    fileprivate func put(_ next: Policy, breakGlass: Bool = false) throws {
        let active = try active()
        _ = try apply(
            active.policy.edits(to: next), by: .maria, reason: "test", basedOn: active.version.number,
            breakGlass: breakGlass)
    }
}
