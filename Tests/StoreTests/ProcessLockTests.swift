import Domain
import Foundation
import Testing

@testable import Store

/// POSIX locks end when a process closes any descriptor of the file, so that nothing but SQLite may open its files
/// (<https://www.sqlite.org/howtocorrupt.html>, section 2.2).
struct ProcessLockTests {
    private let home: TemporaryStore
    private var path: String { home.folder.policy }

    init() throws {
        home = try TemporaryStore()
    }

    /// What another process reads of the scopes; it ends by closing the store, which folds the log into the file and
    /// deletes it when nobody else has the store open.
    private func scopesSeenByAnother() throws -> [String] {
        let script = """
            import sqlite3, sys
            store = sqlite3.connect(sys.argv[1], timeout=30)
            for row in store.execute("SELECT name FROM scopes ORDER BY name"): print(row[0])
            store.close()
            """
        let (output, ending) = try Child("python3", ["-c", script, path]).finish()
        #expect(ending == 0)
        return output.split(separator: "\n").map(String.init)
    }

    private func add(_ name: String, to store: PolicyStore) throws {
        let scope = PolicyItem.scope(Scope(name: try Name(name)))
        _ = try store.apply(
            [PolicyEdit(key: scope.key, before: nil, after: scope)], by: .maria, reason: "test",
            basedOn: store.active().version.number)
    }

    @Test func `a process that ends leaves the log to those that go on`() throws {
        let store = try PolicyStore.create(in: home.folder, by: .maria)
        try add("first", to: store)
        // As a console does that looks at a store and then changes it.
        let second = try PolicyStore(folder: home.folder, for: .writing)
        #expect(try scopesSeenByAnother() == ["first"])
        #expect(access(path + "-wal", F_OK) == 0)
        try add("second", to: store)
        try add("third", to: second)
        #expect(try scopesSeenByAnother() == ["first", "second", "third"])
        #expect(try PolicyStore(folder: home.folder, for: .reading).active().policy.scopes.count == 3)
    }

    @Test func `the record that a store names is its own, whatever others wrote since`() throws {
        let store = try PolicyStore.create(in: home.folder, by: .maria)
        let other = try PolicyStore(folder: home.folder, for: .writing)
        let revocations = try store.revoke([.subject("ann"), .subject("eve")], by: .maria, reason: "leaked")
        try add("meanwhile", to: other)
        let record = try #require(store.lastRecord)
        #expect(record.entry.target == "subject/eve" && record.entry.action == "subject.revoke")
        #expect(other.lastRecord?.sequence == record.sequence + 1)
        #expect(revocations.count == 2)
        let first = try store.auditRecords(after: record.sequence - 2).first
        #expect(first?.entry.target == "subject/ann")
        // What is refused leaves a record too; what fails leaves none.
        #expect(throws: PolicyStoreError.self) { try store.undo(99, by: .maria, reason: "test") }
        #expect(store.lastRecord == record)
    }

    @Test func `a writer that ends is gone, though a program that starts still has its files`() throws {
        try home.folder.create()
        var lock: WriterLock? = try WriterLock(path: home.folder.policyLock, holder: "test", waiting: .zero)
        #expect(lock != nil && WriterLock.holder(path: home.folder.policyLock) == "test")
        let numbers = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }
        let held = try #require(
            numbers.first { number in
                let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")
                return target == home.folder.policyLock
            })
        let copy = dup(held)
        defer { close(copy) }
        lock = nil
        #expect(WriterLock.holder(path: home.folder.policyLock) == nil)
    }

    @Test func `a link in a file's place is refused, whether or not it leads somewhere`() throws {
        try home.folder.create()
        let target = home.folder.path + "/elsewhere"
        symlink(target, path)
        #expect(throws: StoreError.self) { try StoreFolder.createFile(path) }
        #expect(access(target, F_OK) != 0)
        try StoreFolder.createFile(target)
        let error = #expect(throws: StoreError.self) { try StoreFolder.createFile(path) }
        #expect(error?.description.contains("symbolic link") == true)
    }
}
