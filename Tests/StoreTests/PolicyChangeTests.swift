import Domain
import Testing

@testable import Store

struct PolicyChangeTests {
    @Test func `a change is a new version with its audit record, and is read back whole`() throws {
        let test = try PolicyHome()
        let active = try test.store.active()
        #expect(active.version.number == 2)
        #expect(active.version.origin == .change)
        #expect(active.version.author == .maria)
        #expect(active.policy.items.count == 9)
        let reader = try PolicyStore(folder: test.home.folder, for: .reading)
        #expect(try reader.active() == active)
        #expect(try reader.policy(at: 2) == active.policy)
        #expect(try reader.policy(at: 1).items.count == 2)
        #expect(try reader.version(1).state == .retired)
        let record = try #require(try reader.newestAuditRecords(limit: 1).first)
        #expect(record.entry.action == "policy.apply")
        #expect(record.entry.version == 2)
        #expect(record.entry.after?.contains(#""client/acme":{"owner":"ops@example.org""#) == true)
        #expect(record.entry.before?.contains(#""client/acme":null"#) == true)
    }

    @Test func `changes of different things merge, those of the same are a conflict with all three sides`() throws {
        let test = try PolicyHome()
        let base = try test.store.active()
        let acme = PolicyItem.client(try PolicyHome.client("acme"))
        let edit = { (item: PolicyItem) in
            PolicyEdit(key: item.key, before: base.policy[item.key], after: item)
        }
        let theirs = PolicyItem.client(try PolicyHome.client("acme", note: "theirs"))
        let mine = PolicyItem.client(try PolicyHome.client("acme", note: "mine"))
        let other = PolicyItem.client(try PolicyHome.client("other"))
        _ = try test.store.apply([edit(theirs)], by: .jonas, reason: "test", basedOn: 2)
        _ = try test.store.apply([edit(other)], by: .maria, reason: "test", basedOn: 2)
        #expect(try test.store.active().policy[acme.key] == theirs)
        #expect(try test.store.active().policy[other.key] == other)
        let error = #expect(throws: PolicyStoreError.self) {
            try test.store.apply([edit(mine)], by: .maria, reason: "test", basedOn: 2)
        }
        guard case .conflict(let conflicts, active: 4) = error, let conflict = conflicts.first else {
            Issue.record("no conflict")
            return
        }
        #expect([conflict.base, conflict.mine, conflict.theirs] == [acme, mine, theirs])
        #expect(throws: PolicyStoreError.nothingToDo) {
            try test.store.apply([edit(theirs)], by: .maria, reason: "test", basedOn: 2)
        }
        #expect(throws: PolicyStoreError.noVersion(77)) {
            try test.store.apply([edit(mine)], by: .maria, reason: "test", basedOn: 77)
        }
    }

    @Test func `what doesn't hold together is refused with its place, and nothing is written`() throws {
        let test = try PolicyHome()
        let error = #expect(throws: PolicyStoreError.self) {
            try test.remove([.role(try PolicyHome.role("user", allowing: "/users/{id}"))])
        }
        #expect(error?.category == .refused)
        #expect(error?.message.contains("client/acme roles") == true)
        #expect(try test.store.active().version.number == 2)
        #expect(try test.store.auditRecords().count == 2)
    }

    @Test func `a dangerous change waits, and its author can't approve it`() throws {
        let test = try PolicyHome()
        let outcome = try test.apply([try test.wildcard()])
        guard case .draft(let draft) = outcome else {
            Issue.record("it didn't wait")
            return
        }
        #expect(draft.number == 3)
        #expect(draft.dangers == [.wildcardPermission])
        #expect(try test.store.active().version.number == 2)
        #expect(try test.store.drafts() == [draft])
        #expect(try test.store.policy(at: 3)[try test.wildcard().key] == test.wildcard())
        #expect(throws: PolicyStoreError.ownChange(version: 3)) {
            try test.store.approve(3, by: .maria, reason: "mine")
        }
        // What happened meanwhile is merged, not lost.
        try test.apply([.client(try PolicyHome.client("other"))])
        let version = try test.store.approve(3, by: .jonas, reason: "looks right")
        #expect(version.number == 5)
        #expect(version.parent == 4)
        #expect(version.origin == .approval(of: 3))
        #expect(version.author == .maria)
        #expect(version.approver == .jonas)
        #expect(try test.store.drafts() == [])
        #expect(try test.store.version(3).state == .retired)
        let policy = try test.store.active().policy
        #expect(policy[try test.wildcard().key] != nil)
        #expect(policy.clients.count == 2)
        #expect(throws: PolicyStoreError.notPossible(version: 3, "doesn't wait any more")) {
            try test.store.approve(3, by: .jonas, reason: "again")
        }
    }

    @Test func `a draft is put aside by who may approve, or by its author`() throws {
        let test = try PolicyHome()
        try test.apply([try test.wildcard()])
        try test.store.reject(3, by: .jonas, reason: "too much")
        #expect(try test.store.version(3).state == .retired)
        try test.apply([try test.wildcard()])
        try test.store.reject(4, by: .maria, reason: "changed my mind")
        #expect(try test.store.drafts() == [])
    }

    @Test func `nobody changes their own entry, nor signs a change of it`() throws {
        let test = try PolicyHome()
        var maria = try Operator.maria()
        maria.duties.remove(.revoke)
        #expect(throws: PolicyStoreError.ownDuties(ItemKey(maria.name))) {
            try test.apply([.operator(maria)])
        }
        #expect(try test.store.newestAuditRecords(limit: 1).first?.entry.outcome == .refused)
        guard case .draft(let draft) = try test.apply([.operator(maria)], by: .jonas) else {
            Issue.record("it didn't wait")
            return
        }
        #expect(throws: PolicyStoreError.ownDuties(ItemKey(maria.name))) {
            try test.store.approve(draft.number, by: .maria, reason: "yes")
        }
    }

    @Test func `the last who can edit stays`() throws {
        let test = try PolicyHome()
        // Jonas loses edit with Lena's approval, then Lena wants to take it from Maria.
        let lena = Operator(name: try Name("lena"), userID: 1002, duties: [.watch, .approve])
        guard case .draft(let first) = try test.apply([.operator(lena)]) else { return }
        _ = try test.store.approve(first.number, by: .jonas, reason: "welcome")
        let actor = Actor(name: "lena", userID: 1002)
        guard case .draft(let second) = try test.apply([.operator(.jonas([.watch, .approve]))]) else { return }
        _ = try test.store.approve(second.number, by: actor, reason: "yes")
        let error = #expect(throws: PolicyStoreError.self) {
            try test.remove([.operator(.maria())], by: .jonas)
        }
        #expect(error == .dutyMissing(.edit, actor: .jonas, isOperator: true))
        #expect(throws: PolicyStoreError.lastEditor) {
            let active = try test.store.active()
            let edit = PolicyEdit(
                key: ItemKey(try Name<Operator>("maria")), before: .operator(try .maria()), after: nil)
            try PolicyProposal(BasedEdits([edit]), on: active).check(actors: [], zones: test.store.zones)
        }
    }

    @Test(arguments: [Duty.watch, .revoke, .approve])
    func `an operator without edit can't make any change of the policy`(duty: Duty) throws {
        let test = try PolicyHome()
        try test.give([duty])
        let expected = PolicyStoreError.dutyMissing(.edit, actor: .jonas, isOperator: true)
        let records = try test.store.auditRecords().count
        #expect(throws: expected) { try test.apply([.client(try PolicyHome.client("x"))], by: .jonas) }
        #expect(throws: expected) {
            try test.apply([.client(try PolicyHome.client("x"))], by: .jonas, breakGlass: true)
        }
        #expect(throws: expected) { try test.store.undo(2, by: .jonas, reason: "test") }
        #expect(throws: expected) { try test.store.restore(1, by: .jonas, reason: "test") }
        #expect(try test.store.auditRecords().suffix(4).allSatisfy { $0.entry.outcome == .refused })
        #expect(try test.store.auditRecords().count == records + 4)
        if duty != .approve {
            #expect(throws: PolicyStoreError.dutyMissing(.approve, actor: .jonas, isOperator: true)) {
                try test.store.review(4, keeping: true, by: .jonas, reason: "test")
            }
        }
    }

    @Test func `a version is undone as a new one, and a later change of the same is a conflict`() throws {
        let test = try PolicyHome()
        let before = try test.store.active()
        try test.apply([.client(try PolicyHome.client("acme", note: "one"))])
        let outcome = try test.store.undo(3, by: .jonas, reason: "wrong")
        #expect(outcome.version.origin == .undo(of: 3))
        #expect(try test.store.active().policy == before.policy)
        #expect(try test.store.active().version.content == before.version.content)
        try test.apply([.client(try PolicyHome.client("acme", note: "two"))])
        try test.apply([.client(try PolicyHome.client("acme", note: "three"))])
        let error = #expect(throws: PolicyStoreError.self) { try test.store.undo(5, by: .jonas, reason: "wrong") }
        #expect(error?.category == .conflict)
        #expect(throws: PolicyStoreError.notPossible(version: 1, "is the first; nothing was before it")) {
            try test.store.undo(1, by: .maria, reason: "wrong")
        }
    }

    @Test func `an earlier version comes back whole, but for the operators`() throws {
        let test = try PolicyHome()
        try test.apply([.client(try PolicyHome.client("b")), .client(try PolicyHome.client("c"))])
        try test.remove([.client(try PolicyHome.client("acme"))])
        let outcome = try test.store.restore(2, by: .maria, reason: "back")
        #expect(outcome.version.content == (try test.store.version(2)).content)
        #expect(try test.store.active().policy == (try test.store.policy(at: 2)))
        let first = try test.store.restore(1, by: .maria, reason: "back")
        #expect(first.version.dangers == [.quotaRaised])
        #expect(try test.store.policy(at: first.version.number).operators.count == 2)
    }

    @Test func `break-glass is in force at once, ends by itself, and is an alarm until another looks`() throws {
        let test = try PolicyHome()
        let before = try test.store.active()
        let outcome = try test.apply([try test.wildcard()], breakGlass: true)
        #expect(outcome.version.origin == .breakGlass)
        #expect(try test.store.active().policy[try test.wildcard().key] != nil)
        #expect(try test.store.breakGlassAlarms().map(\.expires) == [test.home.now.advanced(by: 3_600_000_000)])
        test.home.now = test.home.now.advanced(by: 3_599_000_000)
        #expect(try test.store.revertExpiredBreakGlass() == [])
        test.home.now = test.home.now.advanced(by: 1_000_000)
        let reverted = try test.store.revertExpiredBreakGlass()
        #expect(reverted.map(\.origin) == [.expiry(of: 3)])
        #expect(reverted.map(\.author) == [.system])
        #expect(try test.store.active().policy == before.policy)
        #expect(try test.store.revertExpiredBreakGlass() == [])
        #expect(try test.store.breakGlassAlarms().map(\.ending) == [.reverted])
        #expect(throws: PolicyStoreError.ownChange(version: 3)) {
            try test.store.review(3, keeping: false, by: .maria, reason: "fine")
        }
        try test.store.review(3, keeping: false, by: .jonas, reason: "understood")
        #expect(try test.store.breakGlassAlarms() == [])
        #expect(try test.store.breakGlassChanges().first?.review?.reviewer == .jonas)
    }

    @Test func `a second operator may let a break-glass change stay`() throws {
        let test = try PolicyHome()
        try test.apply([try test.wildcard()], breakGlass: true)
        try test.store.review(3, keeping: true, by: .jonas, reason: "needed")
        test.home.now = test.home.now.advanced(by: 7_200_000_000)
        #expect(try test.store.revertExpiredBreakGlass() == [])
        #expect(try test.store.active().policy[try test.wildcard().key] != nil)
    }

    @Test func `what break-glass opened isn't made to last by renaming or editing it alone`() throws {
        let test = try PolicyHome()
        func route(_ name: String, _ classification: Classification, note: String = "") throws -> PolicyItem {
            .route(
                Route(
                    name: try Name(name), pattern: try RoutePattern("/pay"), methods: MethodSet([Domain.Method.get]),
                    classification: classification, note: note))
        }
        let open = try route("pay", .internal)
        try test.apply([try route("pay", .restricted)])
        try test.apply([open], breakGlass: true)
        let based = try test.store.active().version.number
        let renamed = try route("payments", .internal)
        let renaming = [
            PolicyEdit(key: open.key, before: open, after: nil),
            PolicyEdit(key: renamed.key, before: nil, after: renamed),
        ]
        let noted = [PolicyEdit(key: open.key, before: open, after: try route("pay", .internal, note: "busy"))]
        for edits in [renaming, noted] {
            #expect(try test.store.trial(of: edits, by: .maria).waitsFor.contains(.restrictedRouteOpened))
            let outcome = try test.store.apply(edits, by: .maria, reason: "test", basedOn: based)
            guard case .draft(let draft) = outcome else {
                Issue.record("\(edits) is in force")
                continue
            }
            #expect(draft.dangers.contains(.restrictedRouteOpened))
        }
        test.home.now = test.home.now.advanced(by: 3_600_000_000)
        #expect(try test.store.revertExpiredBreakGlass().count == 1)
        #expect(try test.store.active().policy[open.key] == route("pay", .restricted))
    }

    @Test func `what break-glass opened makes nothing else harmless meanwhile`() throws {
        let test = try PolicyHome()
        func route(_ name: String, _ path: String, _ classification: Classification) throws -> PolicyItem {
            .route(
                Route(
                    name: try Name(name), pattern: try RoutePattern(path), methods: MethodSet([Domain.Method.get]),
                    requiredScopes: [try Name("read")], classification: classification))
        }
        let role = Role(
            name: try Name("payer"),
            permissions: [Permission(methods: MethodSet([.get]), pattern: try RoutePattern("/pay/*"))])
        try test.apply([try route("pay", "/pay/*", .restricted)])
        try test.apply([try route("pay", "/pay/*", .internal)], breakGlass: true)
        for item in [try route("pay-now", "/pay/now", .internal), .role(role)] {
            guard case .draft(let draft) = try test.apply([item]) else {
                Issue.record("\(item.key) is in force")
                continue
            }
            #expect(draft.dangers == [.restrictedRouteOpened])
        }
        // What has nothing to do with it goes on.
        #expect(try test.apply([try route("other", "/other", .internal)]).version.state == .active)
    }

    @Test func `a policy that break-glass emptied doesn't begin anew`() throws {
        let test = try PolicyHome()
        let items = try test.store.active().policy.items.filter { $0.key.kind != .operator && $0.key.kind != .settings }
        try test.remove(Array(items.values), breakGlass: true)
        let wild = Permission(methods: .all, pattern: try RoutePattern("*"))
        let outcome = try test.apply([.role(Role(name: try Name("wild"), permissions: [wild]))])
        guard case .draft(let draft) = outcome else {
            Issue.record("it is in force")
            return
        }
        #expect(draft.dangers == [.wildcardPermission])
    }

    @Test func `a name may pass to another that is spelled otherwise, and a user id to another operator`() throws {
        let test = try PolicyHome()
        let old = PolicyItem.client(try PolicyHome.client("acme"))
        let new = PolicyItem.client(try PolicyHome.client("ACME"))
        _ = try test.store.apply(
            [PolicyEdit(key: old.key, before: old, after: nil), PolicyEdit(key: new.key, before: nil, after: new)],
            by: .maria, reason: "test", basedOn: 2)
        #expect(try test.store.active().policy.clients.map(\.name.text) == ["ACME"])
        #expect(throws: PolicyStoreError.self) { try test.apply([old]) }
    }
}
