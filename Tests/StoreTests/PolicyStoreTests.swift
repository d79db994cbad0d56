import Domain
import Foundation
import GRDB
import Testing

@testable import Store

struct PolicyStoreTests {
    @Test func `a new store has its maker as the one operator, with every duty`() throws {
        let home = try TemporaryStore()
        let store = try PolicyStore.create(in: home.folder, by: .maria, clock: { home.now })
        let active = try store.active()
        #expect(active.version.number == 1)
        #expect(active.version.origin == .first)
        #expect(active.policy.operators == [try .maria()])
        #expect(active.policy.items.count == 2)
        #expect(throws: PolicyStoreError.alreadyInitialised(path: home.folder.path)) {
            try PolicyStore.create(in: home.folder, by: .maria)
        }
        let again = try PolicyStore(folder: home.folder, for: .reading)
        #expect(try again.active() == active)
        #expect(again.id == store.id)
    }

    @Test func `a folder without a policy says so`() throws {
        let home = try TemporaryStore()
        #expect(throws: PolicyStoreError.notInitialised(path: home.folder.path)) {
            try PolicyStore(folder: home.folder, for: .reading)
        }
    }

    @Test func `a change through the door is recorded, and nothing of one that fails`() throws {
        let home = try TemporaryStore()
        let store = try PolicyStore.create(in: home.folder, by: .maria, clock: { home.now })
        let answer = try store.change(by: .maria, duty: .revoke, action: "test", target: "thing/1", reason: "why") {
            transaction in
            transaction.after = "{}"
            return 42
        }
        #expect(answer == 42)
        #expect(throws: PolicyStoreError.nothingToDo) {
            try store.change(by: .maria, duty: .revoke, action: "test", target: "thing/2", reason: "why") {
                try $0.database.execute(sql: "DELETE FROM approvals")
                throw PolicyStoreError.nothingToDo
            }
        }
        let records = try store.auditRecords()
        #expect(records.map(\.entry.action) == ["policy.init", "test"])
        #expect(records.map(\.entry.target) == ["policy", "thing/1"])
        #expect(try store.active().policy.settings.approvals.count == Danger.allCases.count)
    }

    @Test func `without the duty nothing happens, and a record tells of the attempt`() throws {
        let home = try TemporaryStore()
        let store = try PolicyStore.create(in: home.folder, by: .maria, clock: { home.now })
        let stranger = Actor(name: "eve", userID: 666)
        var wasRun = false
        #expect(throws: PolicyStoreError.dutyMissing(.edit, actor: stranger, isOperator: false)) {
            try store.change(by: stranger, duty: .edit, action: "test", target: "thing", reason: "why") { _ in
                wasRun = true
            }
        }
        #expect(!wasRun)
        let record = try #require(try store.auditRecords().last)
        #expect(record.entry.outcome == .refused)
        #expect(record.entry.actor == stranger)
        #expect(record.entry.after?.contains("is no operator") == true)
    }

    @Test(arguments: ["", "   ", "two\nlines", "bell\u{7}", "right\u{202E}left", String(repeating: "x", count: 501)])
    func `a reason is one line that can be seen`(reason: String) throws {
        let home = try TemporaryStore()
        let store = try PolicyStore.create(in: home.folder, by: .maria, clock: { home.now })
        let error = #expect(throws: PolicyStoreError.self) {
            try store.change(by: .maria, duty: .edit, action: "test", target: "thing", reason: reason) { _ in }
        }
        #expect(error?.message.hasPrefix("the reason ") == true)
        #expect(try store.auditRecords().count == 1)
    }

    @Test func `a secret in a reason isn't kept`() throws {
        let home = try TemporaryStore()
        let store = try PolicyStore.create(in: home.folder, by: .maria, clock: { home.now })
        try store.change(
            by: .maria, duty: .edit, action: "test", target: "thing", reason: "leaked ?apikey=hunter2&x=1"
        ) { _ in }
        #expect(try store.auditRecords().last?.entry.reason.contains("hunter2") == false)
    }
}

extension Actor {
    static let maria = Actor(name: "maria", userID: 1000)
    static let jonas = Actor(name: "jonas", userID: 1001)
}

extension Operator {
    static func maria() throws -> Operator {
        Operator(name: try Name("maria"), userID: 1000, duties: Set(Duty.allCases))
    }
    static func jonas(_ duties: Set<Duty> = Set(Duty.allCases)) throws -> Operator {
        Operator(name: try Name("jonas"), userID: 1001, duties: duties)
    }
}
