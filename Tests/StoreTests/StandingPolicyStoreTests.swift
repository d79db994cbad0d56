import Domain
import Foundation
import GRDB
import Testing

@testable import Store

/// Whoever reads for long while the file under the store's name is replaced.
struct StandingPolicyStoreTests {
    private let test: PolicyHome
    private var path: String { test.home.folder.policy }

    init() throws {
        test = try PolicyHome()
    }

    private func standing() -> StandingPolicyStore {
        StandingPolicyStore(folder: test.home.folder, clock: { [home = test.home] in home.now })
    }

    /// A copy of the store as it is now.
    private func copy() throws -> String {
        let copy = path + ".copy-\(UUID().uuidString)"
        try Self.copy(path, to: copy)
        return copy
    }

    private static func copy(_ path: String, to copy: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO '\(copy)'") }
        try queue.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: copy)
    }

    /// Puts another file in the store's place, as an operator with a copy would.
    private func put(_ other: String) throws {
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: other, toPath: path)
    }

    @Test func `the same file is opened once, and its changes are seen`() throws {
        var standing = standing()
        #expect(try standing.store().isNew)
        try test.apply([.client(try PolicyHome.client("other"))])
        let (store, isNew) = try standing.store()
        #expect(!isNew)
        #expect(try store.active().version.number == 3)
    }

    @Test func `a copy that goes on from what was seen is opened in its place`() throws {
        var standing = standing()
        let old = try standing.store().store
        try put(try copy())
        let writer = try PolicyStore(folder: test.home.folder, for: .writing, clock: { [home = test.home] in home.now })
        try writer.revoke(.everything, by: .maria, reason: "test")
        let (store, isNew) = try standing.store()
        #expect(isNew)
        #expect(store !== old)
        #expect(try store.revocations().count == 1)
        #expect(try old.revocations().isEmpty)
        #expect(try !standing.store().isNew)
    }

    @Test func `an older copy, in which something isn't revoked any more, is refused until it is the store again`()
        throws
    {
        var standing = standing()
        let older = try copy()
        try test.store.revoke(.everything, by: .maria, reason: "test")
        _ = try standing.store()
        let newer = try copy()
        try put(older)
        for _ in 0..<2 {
            let error = #expect(throws: PolicyStoreError.self) { try standing.store() }
            #expect(error?.isReplaced == true)
            #expect(error?.message.contains("doesn't hold record 3") == true)
            #expect(throws: PolicyStoreError.self) { try standing.writer() }
        }
        try put(newer)
        #expect(try standing.store().isNew)
        try standing.writer().close()
    }

    @Test func `another store isn't taken for this one`() throws {
        var standing = standing()
        _ = try standing.store()
        let other = try PolicyHome()
        try Self.copy(other.home.folder.policy, to: path + ".other")
        try put(path + ".other")
        let error = #expect(throws: PolicyStoreError.self) { try standing.store() }
        #expect(error == .replaced(path: path, "another store lies there now"))
        #expect(throws: PolicyStoreError.self) { try standing.writer() }
        // It isn't forgotten meanwhile.
        try FileManager.default.removeItem(atPath: path)
        #expect(throws: PolicyStoreError.self) { try standing.store() }
    }
}
