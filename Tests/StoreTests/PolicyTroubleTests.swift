import Domain
import Foundation
import GRDB
import Testing

@testable import Store

struct PolicyTroubleTests {
    @Test func `two writers at once lose no change`() async throws {
        let test = try PolicyHome()
        let folder = test.home.folder
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (writer, actor) in [Actor.maria, .jonas].enumerated() {
                group.addTask {
                    let store = try PolicyStore(folder: folder, for: .writing, waiting: .seconds(60))
                    var done = 0
                    while done < 20 {
                        let active = try store.active()
                        // Both write at the end of the same note, and add a scope of their own.
                        guard case .client(var client)? = active.policy[ItemKey(try Name<Client>("acme"))] else {
                            return
                        }
                        let before = PolicyItem.client(client)
                        client.note += " \(writer)-\(done)"
                        let scope = PolicyItem.scope(Scope(name: try Name("w\(writer)-\(done)")))
                        do {
                            _ = try store.apply(
                                [
                                    PolicyEdit(key: before.key, before: before, after: .client(client)),
                                    PolicyEdit(key: scope.key, before: nil, after: scope),
                                ], by: actor, reason: "test", basedOn: active.version.number)
                            done += 1
                        } catch let error as PolicyStoreError where error.category == .conflict {
                            continue
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let policy = try test.store.active().policy
        let written = policy.clients.first?.note.split(separator: " ").map(String.init) ?? []
        #expect(written.sorted() == (0..<2).flatMap { writer in (0..<20).map { "\(writer)-\($0)" } }.sorted())
        #expect(policy.scopes.count == 41)
        #expect(try test.store.active().version.number == 42)
        #expect(try test.store.verify().findings == [])
    }

    @Test func `a trial and what it was tried on are of one moment, though another writes`() async throws {
        let test = try PolicyHome()
        let folder = test.home.folder
        @Sendable func adding(_ name: String) throws -> PolicyEdit {
            let scope = PolicyItem.scope(Scope(name: try Name(name)))
            return PolicyEdit(key: scope.key, before: nil, after: scope)
        }
        let mine = try adding("mine")
        let written = Cancellation()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { written.cancel() }
                let store = try PolicyStore(folder: folder, for: .writing, waiting: .seconds(60))
                for number in 0..<30 {
                    _ = try store.apply(
                        [try adding("theirs-\(number)")], by: .maria, reason: "test",
                        basedOn: store.active().version.number)
                }
            }
            group.addTask {
                let store = try PolicyStore(folder: folder, for: .reading)
                var isLast = false
                while !isLast {
                    isLast = written.isCancelled
                    let trial = try store.trial(of: [mine])
                    let next = try #require(trial.snapshot).policy
                    #expect(trial.active.policy.edits(to: next) == [mine])
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `a store that is in use says by whom, and reading goes on`() throws {
        let test = try PolicyHome()
        let other = try PolicyStore(folder: test.home.folder, for: .writing, waiting: .milliseconds(50))
        try test.store.change(by: .maria, duty: .edit, action: "slow.work", target: "x", reason: "test") { _ in
            let seen = try other.active().version.number
            #expect(seen == 2)
            let error = #expect(throws: PolicyStoreError.self) {
                try other.change(by: .jonas, duty: .edit, action: "test", target: "y", reason: "test") { _ in }
            }
            #expect(error?.message.contains("is in use by maria, slow.work, process \(getpid())") == true)
            #expect(error?.advice.contains("reading still works") == true)
        }
        try other.change(by: .jonas, duty: .edit, action: "test", target: "y", reason: "test") { _ in }
    }

    @Test func `a full disk keeps a change out whole, and reading goes on`() throws {
        let test = try PolicyHome()
        let before = try test.store.active()
        let queue = try #require(test.store.queue)
        try queue.inDatabase { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(pages + 2)")
        }
        let many = try (0..<2000).map { PolicyItem.client(try PolicyHome.client("client-\($0)")) }
        let error = #expect(throws: PolicyStoreError.self) { try test.apply(many) }
        #expect(error?.message.contains("no space left") == true)
        #expect(error?.description.contains("reading still works") == true)
        #expect(try test.store.active() == before)
        #expect(try test.store.verify().findings == [])
        try queue.inDatabase { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        try test.apply(many)
        #expect(try test.store.active().policy.clients.count == 2001)
    }

    @Test func `a store that was opened for reading refuses changes in words`() throws {
        let test = try PolicyHome()
        let reader = try PolicyStore(folder: test.home.folder, for: .reading)
        let error = #expect(throws: PolicyStoreError.self) { try test.apply([test.wildcard()], in: reader) }
        #expect(error == .storage(StoreError(.readOnly, path: test.home.folder.policy)))
    }

    @Test func `a newer store is refused and left alone`() throws {
        let test = try PolicyHome()
        try test.store.close()
        try test.home.edit(test.home.folder.policy, "PRAGMA user_version = 99")
        let expected = PolicyStoreError.storage(
            StoreError(.newerSchema(found: 99, known: PolicySchema.steps.count), path: test.home.folder.policy))
        #expect(throws: expected) { try PolicyStore(folder: test.home.folder, for: .reading) }
        #expect(throws: expected) { try PolicyStore(folder: test.home.folder, for: .writing) }
        #expect(throws: expected) { try PolicyStore.create(in: test.home.folder, by: .maria) }
    }

    @Test func `a damaged page is said, and what lies elsewhere is still read`() throws {
        let test = try PolicyHome()
        try test.store.close()
        let path = test.home.folder.policy
        let page = try #require(
            try test.home.rows(path, "SELECT rootpage FROM sqlite_schema WHERE name = 'clients'").first)
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try handle.seek(toOffset: UInt64((page[0] as Int) - 1) * 4096)
        try handle.write(contentsOf: Data(repeating: 0xa5, count: 4096))
        try handle.close()

        let store = try PolicyStore(folder: test.home.folder, for: .writing)
        let error = #expect(throws: PolicyStoreError.self) { try store.active() }
        #expect(error?.message.contains("is damaged") == true)
        #expect(try store.auditRecords().count == 2)
        #expect(try store.policy(at: 2).clients.count == 1)
        #expect(throws: PolicyStoreError.self) {
            try store.undo(2, by: .maria, reason: "test")
        }
        #expect(try store.auditRecords().count == 2)
        #expect(try store.verify().isIntact == false)
    }

    @Test func `a file that is no database, or another one, is an error that names it`() throws {
        let home = try TemporaryStore()
        try home.folder.create()
        try Data(repeating: 0x41, count: 9000).write(to: URL(fileURLWithPath: home.folder.policy))
        let error = #expect(throws: PolicyStoreError.self) { try PolicyStore(folder: home.folder, for: .reading) }
        #expect(error?.message.contains("policy.sqlite is damaged") == true)
        unlink(home.folder.policy)
        try home.edit(home.folder.policy, "CREATE TABLE other (id)")
        let other = #expect(throws: PolicyStoreError.self) { try PolicyStore(folder: home.folder, for: .reading) }
        #expect(other?.message.contains("isn't a policy store") == true)
    }

    @Test func `an empty file, as a crash in init leaves it, is no store yet`() throws {
        let home = try TemporaryStore()
        try home.folder.create()
        try StoreFolder.createFile(home.folder.policy)
        #expect(throws: PolicyStoreError.notInitialised(path: home.folder.path)) {
            try PolicyStore(folder: home.folder, for: .writing)
        }
        #expect(try PolicyStore.create(in: home.folder, by: .maria).active().version.number == 1)
    }

    @Test func `files are for the owner alone`() throws {
        let test = try PolicyHome()
        for file in ["", "-wal", "-shm"] {
            var status = stat()
            #expect(stat(test.home.folder.policy + file, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
        }
        chmod(test.home.folder.path, 0o755)
        let error = #expect(throws: PolicyStoreError.self) {
            try PolicyStore(folder: test.home.folder, for: .writing)
        }
        #expect(error?.message.contains("chmod 700") == true)
    }
}
