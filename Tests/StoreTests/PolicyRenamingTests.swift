import Domain
import Testing

@testable import Store

/// What changes come to when something was renamed between them.
struct PolicyRenamingTests {
    private let test: PolicyHome
    private var store: PolicyStore { test.store }

    init() throws {
        test = try PolicyHome()
    }

    private func key(_ text: String) throws -> ItemKey { try #require(ItemKey(text: text)) }

    @discardableResult
    private func rename(_ text: String, to name: String, by actor: Actor = .jonas) throws -> Int {
        let active = try store.active()
        let edits = try active.policy.edits(renaming: try key(text), to: name)
        return try store.apply(edits, by: actor, reason: "test", basedOn: active.version.number).version.number
    }

    private func role(_ name: String) throws -> Role? {
        if case .role(let role)? = try store.active().policy[try key("role/\(name)")] { role } else { nil }
    }

    private func conflict(_ body: () throws -> some Any) -> String? {
        let error = #expect(throws: PolicyStoreError.self) { _ = try body() }
        #expect(error?.category == .conflict)
        return error?.message
    }

    @Test func `undo takes back what is called otherwise now`() throws {
        let before = try #require(try role("user"))
        try test.apply([.role(try PolicyHome.role("user", allowing: "/users/{id}", note: "edited"))])
        try rename("role/user", to: "person")
        var acme = try PolicyHome.client("acme", note: "later")
        acme.roles = [try Name("person")]
        try test.apply([.client(acme)])
        #expect(try store.undo(3, by: .maria, reason: "test").version.number == 6)
        #expect(try role("user") == nil)
        #expect(try role("person")?.note == before.note)
        #expect(try role("person")?.permissions == before.permissions)
    }

    @Test func `undo of what made a thing removes it under its new name`() throws {
        try test.apply([
            .role(try PolicyHome.role("extra", allowing: "/users/{id}")), .scope(Scope(name: try Name("more"))),
        ])
        try rename("role/extra", to: "special")
        try rename("role/special", to: "odd")
        _ = try store.undo(3, by: .maria, reason: "test")
        #expect(try store.active().policy.roles.map(\.name.text) == ["user"])
        #expect(try store.active().policy.scopes.map(\.name.text) == ["read"])
        #expect(try store.verify(traffic: false).isIntact)
    }

    @Test func `undo of a renaming keeps what was done to the thing since`() throws {
        try rename("role/user", to: "person")
        var other = try PolicyHome.client("other")
        other.roles = [try Name("person")]
        try test.apply([
            .role(try PolicyHome.role("person", allowing: "/users/{id}", note: "edited")), .client(other),
        ])
        _ = try store.undo(3, by: .maria, reason: "test")
        #expect(try role("person") == nil)
        #expect(try role("user")?.note == "edited")
        #expect(try store.active().policy.clients.map(\.roles) == [[try Name("user")], [try Name("user")]])
        // Somebody else renamed it since, or has the name: then it is a conflict that says so.
        try rename("scope/read", to: "look")
        let version = try store.active().version.number
        try rename("scope/look", to: "see")
        #expect(
            conflict { try store.undo(version, by: .maria, reason: "test") }?
                .contains("scope/look is called see since version \(version + 1)") == true)
        try test.apply([.scope(Scope(name: try Name("look"), note: "another"))])
        _ = conflict { try store.undo(version + 1, by: .maria, reason: "test") }
    }

    @Test func `an approved draft changes what it was about, by whatever name it goes`() throws {
        let based = try store.active()
        var user = try PolicyHome.role("user", allowing: "/users/{id}")
        user.permissions.append(Permission(methods: .all, pattern: try RoutePattern("*")))
        var acme = try PolicyHome.client("acme")
        acme.note = "by draft"
        let edits = [PolicyItem.role(user), .client(acme)].map {
            PolicyEdit(key: $0.key, before: based.policy[$0.key], after: $0)
        }
        let outcome = try store.apply(edits, by: .maria, reason: "test", basedOn: 2)
        guard case .draft(let draft) = outcome else {
            Issue.record("it didn't wait")
            return
        }
        try rename("role/user", to: "person")
        try rename("scope/read", to: "look")
        let trial = try store.trial(ofDraft: draft.number)
        #expect(trial.notes == ["role/user is called person since version 4"])
        #expect(trial.edits.map(\.key.description) == ["role/person", "client/acme"])
        _ = try store.approve(draft.number, by: .jonas, reason: "test")
        #expect(try role("user") == nil)
        #expect(try role("person")?.permissions.count == 2)
        #expect(try store.active().policy.clients.map(\.note) == ["by draft"])
        #expect(try store.active().policy.clients.map(\.scopes) == [[try Name("look")]])
        #expect(try store.active().policy.clients.map(\.roles) == [[try Name("person")]])
        #expect(try store.verify(traffic: false).isIntact)
    }

    @Test func `a draft that renames takes along what others did meanwhile`() throws {
        let base = try store.active()
        let edits = try base.policy.edits(renaming: try key("role/user"), to: "person")
        guard
            case .draft(let draft) = try store.apply(
                edits, by: .maria, reason: "test", basedOn: 2, keepingAsDraft: true)
        else { return }
        try test.apply([
            .client(try PolicyHome.client("other")),
            .role(try PolicyHome.role("user", allowing: "/users/{id}", note: "new")),
        ])
        _ = try store.approve(draft.number, by: .jonas, reason: "test")
        #expect(try store.active().policy.roles.map(\.name.text) == ["person"])
        #expect(try role("person")?.note == "new")
        #expect(try store.active().policy.clients.map(\.roles) == [[try Name("person")], [try Name("person")]])
    }

    @Test func `two who rename the same are in conflict, and two who agree are not`() throws {
        let base = try store.active()
        func edits(_ name: String) throws -> [PolicyEdit] {
            try base.policy.edits(renaming: try key("role/user"), to: name)
        }
        _ = try store.apply(try edits("person"), by: .jonas, reason: "test", basedOn: 2)
        let message = conflict {
            try store.apply(try edits("human"), by: .maria, reason: "test", basedOn: 2)
        }
        #expect(message?.contains("role/user is called person since version 3") == true)
        #expect(throws: PolicyStoreError.nothingToDo) {
            try store.apply(try edits("person"), by: .maria, reason: "test", basedOn: 2)
        }
        #expect(try store.active().policy.roles.map(\.name.text) == ["person"])
    }

    @Test func `a new thing of the old name is another thing`() throws {
        try test.apply([.role(try PolicyHome.role("user", allowing: "/users/{id}", note: "edited"))])
        try rename("role/user", to: "person")
        let new = PolicyItem.role(try PolicyHome.role("user", allowing: "/users/{id}", note: "edited"))
        try test.apply([new])
        _ = try store.undo(3, by: .maria, reason: "test")
        #expect(try store.active().policy[new.key] == new)
        #expect(try role("person")?.note == "")
    }

    @Test func `what went while another came is asked about, and not passed over`() throws {
        let role = try PolicyHome.role("extra", allowing: "/users/{id}")
        try test.apply([.role(role), .scope(Scope(name: try Name("more")))])
        // Not a mere renaming: the contents changed with the name.
        let active = try store.active()
        let next = PolicyItem.role(try PolicyHome.role("special", allowing: "/users/{id}", note: "and more"))
        _ = try store.apply(
            [
                PolicyEdit(key: ItemKey(role.name), before: .role(role), after: nil),
                PolicyEdit(key: next.key, before: nil, after: next),
            ], by: .jonas, reason: "test", basedOn: active.version.number)
        let message = conflict { try store.undo(3, by: .maria, reason: "test") }
        #expect(message?.contains("role/extra went in version 4, in which role/special came") == true)
        #expect(try store.active().policy.scopes.count == 2)
        // What certainly went is gone, and the rest is taken back.
        try test.apply([.scope(Scope(name: try Name("a"))), .scope(Scope(name: try Name("b")))])
        try test.remove([.scope(Scope(name: try Name("a")))])
        _ = try store.undo(5, by: .maria, reason: "test")
        #expect(try store.active().policy.scopes.map(\.name.text) == ["more", "read"])
    }

    @Test func `break-glass ends under the new name too`() throws {
        func route(_ name: String, _ classification: Classification) throws -> PolicyItem {
            .route(
                Route(
                    name: try Name(name), pattern: try RoutePattern("/pay"), methods: MethodSet([Domain.Method.get]),
                    classification: classification))
        }
        try test.apply([try route("pay", .restricted)])
        try test.apply([try route("pay", .internal)], breakGlass: true)
        let edits = try store.active().policy.edits(renaming: try key("route/pay"), to: "payments")
        guard case .draft(let draft) = try store.apply(edits, by: .maria, reason: "test", basedOn: 4) else {
            Issue.record("it didn't wait")
            return
        }
        _ = try store.approve(draft.number, by: .jonas, reason: "test")
        // Nor is it made to last by a second step.
        var open = try route("payments", .internal)
        if case .route(var changed) = open {
            changed.note = "busy"
            open = .route(changed)
        }
        let active = try store.active()
        let edit = PolicyEdit(key: open.key, before: active.policy[open.key], after: open)
        #expect(try store.trial(of: [edit], by: .maria).waitsFor == [.restrictedRouteOpened])
        test.home.now = test.home.now.advanced(by: 3_600_000_000)
        #expect(try store.revertExpiredBreakGlass().count == 1)
        #expect(try store.active().policy[open.key] == route("payments", .restricted))
    }
}
