import Domain
import Foundation
import Testing

@testable import Store

/// The store on a disk that is really full, under a real limit, and in a folder that really can't be written.
struct PolicyDiskTests {
    @Test(.enabled(if: SmallDisk.isPossible, "mounting a small file system takes root"))
    func `a disk that fills up during changes keeps what was acknowledged, and reading goes on`() throws {
        let home = try TemporaryStore()
        let disk = try SmallDisk(at: home.folder, size: "1m")
        let (output, ending) = try Self.storm(["storm", home.folder.path, "r"])
        #expect(ending == 1)
        let (acknowledged, message) = Self.split(output)
        #expect(acknowledged.count > 10)
        #expect(message.contains("no space left to write \(home.folder.policy)"), "\(message)")
        #expect(message.contains("Nothing was changed, and reading still works"), "\(message)")
        #expect(
            try Self.storm(["look", home.folder.path]) == (acknowledged.sorted().joined(separator: "\n") + "\n", 0))
        try disk.grow(to: "64m")
        let store = try PolicyStore(folder: home.folder, for: .writing)
        try PolicyHome(home: home, store: store).apply(
            [.scope(Scope(name: try Name("later")))], by: Actor(name: "storm", userID: 4711))
        #expect(try store.active().policy.scopes.count == acknowledged.count + 1)
        #expect(try store.verify().findings == [])
    }

    @Test(.enabled(if: SmallDisk.isPossible, "mounting a small file system takes root"))
    func `a store that finds no room to begin leaves nothing in the way`() throws {
        let home = try TemporaryStore()
        let disk = try SmallDisk(at: home.folder, size: "64k")
        let error = #expect(throws: PolicyStoreError.self) { try PolicyStore.create(in: home.folder, by: .maria) }
        #expect(error?.message.contains("no space left") == true, "\(String(describing: error))")
        #expect(throws: PolicyStoreError.self) { try PolicyStore(folder: home.folder, for: .reading) }
        try disk.grow(to: "64m")
        let store = try PolicyStore.create(in: home.folder, by: .maria)
        #expect(try store.active().version.number == 1)
        #expect(try store.verify().findings == [])
    }

    @Test func `a limit on the size of files ends changes in words, and loses nothing`() throws {
        let home = try TemporaryStore()
        let limited = "trap '' XFSZ; ulimit -f 600; exec \"$0\" \"$@\""
        let (output, ending) = try Self.storm(
            ["storm", home.folder.path, "r"], through: ["/bin/bash", "-c", limited])
        #expect(ending == 1)
        let (acknowledged, message) = Self.split(output)
        #expect(acknowledged.count > 10)
        #expect(message.contains(home.folder.policy) && message.contains("Nothing was changed"), "\(message)")
        #expect(
            try Self.storm(["look", home.folder.path]) == (acknowledged.sorted().joined(separator: "\n") + "\n", 0))
    }

    @Test func `a folder that its owner can only read is read, and refuses changes in words`() throws {
        let home = try TemporaryStore()
        try Self.fill(home).close()
        try Self.readOnly(home.folder) { other in
            #expect(try Self.storm(["look", home.folder.path], through: other) == ("one\n", 0))
            let (message, ending) = try Self.storm(["storm", home.folder.path, "r"], through: other)
            #expect(ending == 1)
            #expect(message.contains(home.folder.policy), "\(message)")
            #expect(message.contains("no permission to use") || message.contains("can't be written"), "\(message)")
        }
        #expect(try PolicyStore(folder: home.folder, for: .writing).verify().findings == [])
    }

    @Test func `a log that can't be read isn't passed over`() throws {
        let home = try TemporaryStore()
        let store = try Self.fill(home)
        let copy = try TemporaryStore()
        try copy.folder.create()
        for ending in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: home.folder.policy + ending, toPath: copy.folder.policy + ending)
        }
        withExtendedLifetime(store) {}
        try Self.readOnly(copy.folder) { other in
            let (message, ending) = try Self.storm(["look", copy.folder.path], through: other)
            #expect(ending == 1 && message.contains("its log can't be read"), "\(message)")
        }
        #expect(try Self.storm(["look", copy.folder.path]) == ("one\n", 0))
    }

    private static func fill(_ home: TemporaryStore) throws -> PolicyStore {
        let owner = Actor(name: "storm", userID: 4711)
        let store = try PolicyStore.create(in: home.folder, by: owner)
        try PolicyHome(home: home, store: store).apply([.scope(Scope(name: try Name("one")))], by: owner)
        return store
    }

    /// Lets nobody write in a folder, and hands over how to start a program for which that counts: root may write
    /// anywhere, so it has to become somebody else.
    private static func readOnly(_ folder: StoreFolder, _ body: ([String]) throws -> Void) throws {
        let isRoot = geteuid() == 0
        func set(owner: uid_t, folder mode: mode_t, files: mode_t) throws {
            for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                chmod(folder.path + "/" + file, files)
                if isRoot { chown(folder.path + "/" + file, owner, owner) }
            }
            if isRoot { chown(folder.path, owner, owner) }
            chmod(folder.path, mode)
        }
        if isRoot { chmod((folder.path as NSString).deletingLastPathComponent, 0o711) }
        try set(owner: 65534, folder: 0o500, files: 0o400)
        try body(isRoot ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [])
        try set(owner: geteuid(), folder: 0o700, files: 0o600)
    }

    /// Runs the program that makes changes until it fails, or until it has looked.
    private static func storm(_ arguments: [String], through words: [String] = []) throws -> (String, Int32) {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let program = URL(filePath: tests).deletingLastPathComponent().appending(path: "store-storm").path
        let all = words + [program] + arguments
        return try Child(all[0], Array(all.dropFirst())).finish()
    }

    /// The names of the changes that were acknowledged, and what was said at the end.
    private static func split(_ output: String) -> (acknowledged: [String], message: String) {
        let lines = output.split(separator: "\n").map(String.init)
        let acknowledged = lines.prefix { $0.hasPrefix("r-") }
        return (Array(acknowledged), lines.dropFirst(acknowledged.count).joined(separator: "\n"))
    }
}

/// A file system of a bounded size in memory, in the place of a store's folder; gone with the value.
final class SmallDisk {
    private let path: String

    static var isPossible: Bool {
        guard geteuid() == 0, let folder = try? TemporaryStore().folder else { return false }
        return (try? SmallDisk(at: folder, size: "64k")) != nil
    }

    init(at folder: StoreFolder, size: String) throws {
        path = folder.path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard mount("none", path, "tmpfs", 0, "size=\(size),mode=700") == 0 else { throw POSIXError(.EPERM) }
    }

    func grow(to size: String) throws {
        guard mount("none", path, "tmpfs", UInt(MS_REMOUNT), "size=\(size),mode=700") == 0 else {
            throw POSIXError(.EPERM)
        }
    }

    deinit { umount2(path, Int32(MNT_DETACH)) }
}
