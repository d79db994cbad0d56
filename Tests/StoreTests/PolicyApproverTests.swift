import Domain
import Testing

@testable import Store

/// When a change waits for a second operator, and when there is none who could ever come.
struct PolicyApproverTests {
    private let test: PolicyHome
    private var store: PolicyStore { test.store }

    /// Maria alone.
    init() throws {
        let home = try TemporaryStore()
        test = PolicyHome(
            home: home, store: try PolicyStore.create(in: home.folder, by: .maria, clock: { home.now }))
    }

    private func add(_ name: String, _ userID: UInt32, _ duties: Set<Duty>, by actor: Actor = .maria) throws -> Bool {
        let person = Operator(name: try Name(name), userID: userID, duties: duties)
        if case .active = try test.apply([.operator(person)], by: actor) { return true }
        return false
    }

    @Test func `the only one who may approve adds operators at once, until there is a second`() throws {
        #expect(try add("jonas", 1001, [.watch, .revoke]))
        #expect(try add("checkpoints", 1002, [.watch]))
        let kim = Operator(name: try Name("kim"), userID: 1003, duties: [.watch, .approve])
        let edit = PolicyEdit(key: ItemKey(kim.name), before: nil, after: .operator(kim))
        let trial = try store.trial(of: [edit], by: .maria)
        #expect(trial.waitsFor == [])
        #expect(try add("kim", 1003, [.watch, .approve]))
        #expect(try !add("lena", 1004, [.watch]))
        #expect(try store.verify().findings == [])
    }

    @Test func `whoever may not approve adds nobody alone, nor does anybody change or remove one`() throws {
        #expect(try add("jonas", 1001, [.watch, .edit]))
        #expect(try !add("eve", 1005, [.watch, .approve], by: .jonas))
        let jonas = try #require(try store.active().policy.operators.first { $0.name.text == "jonas" })
        guard case .draft = try test.remove([.operator(jonas)]) else {
            Issue.record("removed")
            return
        }
        #expect(try !add("jonas", 1001, Set(Duty.allCases)))
    }

    @Test func `a policy that was emptied doesn't begin anew`() throws {
        try test.apply([.operator(.jonas())])
        let wild = try test.wildcard()
        let items = [PolicyItem.role(try PolicyHome.role("guest", allowing: "/x"))]
        // The first policy is whatever its author makes it.
        guard case .active = try test.apply(items) else {
            Issue.record("the first policy waits")
            return
        }
        guard case .active = try test.remove(items) else {
            Issue.record("nothing dangerous goes")
            return
        }
        let trial = try store.trial(of: [PolicyEdit(key: wild.key, before: nil, after: wild)], by: .maria)
        #expect(trial.waitsFor == [.wildcardPermission])
        guard case .draft = try test.apply([wild]) else {
            Issue.record("begun anew")
            return
        }
    }

    @Test func `the first policy may hold what waits later`() throws {
        try test.apply([.operator(.jonas())])
        guard case .active = try test.apply([try test.wildcard()]) else {
            Issue.record("the first policy waits")
            return
        }
    }
}
