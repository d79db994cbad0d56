import Domain
import Foundation
import Synchronization
import Testing

@testable import Store

struct MasterKeyRotationTests {
    @Test func `another master key seals everything anew, and the old one opens nothing`() throws {
        let test = try SecretsHome()
        let credential = try test.issue()
        let old = try test.source.keys()
        let before = try test.bytes()
        try test.store.rotate(.master, by: .maria, reason: "test", source: test.source)
        let new = try test.source.keys()
        #expect(new.count == 1)
        #expect(new[0].bytes != old[0].bytes)
        #expect(try test.bytes() != before)
        #expect(try test.isGood(credential))
        try test.source.write(old)
        #expect(throws: SecretsError.masterKeyWrong(test.source.name)) { try test.issue() }
        try test.source.write(new)
        _ = try test.issue()
        #expect(try test.store.auditRecords().last { $0.entry.action == "key.rotate" }?.entry.target == "key/master")
    }

    @Test func `a master key from elsewhere changes to the second one that is given`() throws {
        let test = try SecretsHome()
        let credential = try test.issue()
        let old = try test.source.keys()[0]
        var generator = SystemRandomNumberGenerator()
        let new = MasterKey(using: &generator)
        let one = MasterKeySource(.environment(value: old.text))
        #expect(throws: SecretsError.masterKeyElsewhere("the variable GATEHOUSE_MASTER_KEY")) {
            try test.store.rotate(.master, by: .maria, reason: "test", source: one)
        }
        let both = MasterKeySource(.environment(value: "\(old.text)\n\(new.text)\n"))
        try test.store.rotate(.master, by: .maria, reason: "test", source: both)
        let after = MasterKeySource(.environment(value: new.text))
        let directory = try test.store.credentialDirectory(after)
        #expect(
            directory.verdict(on: (credential.secret?.plaintext ?? "").utf8, now: test.home.now)
                == .valid(credential.credential))
        #expect(throws: SecretsError.self) { try test.store.keyRing(one) }
    }

    @Test func `a crash between the steps of a master key's change leaves a pair that fits`() throws {
        let test = try SecretsHome()
        var generator = SystemRandomNumberGenerator()
        // After the file has both, and before the store knows of it.
        let old = try test.source.keys()
        try test.source.write(old + [MasterKey(using: &generator)])
        _ = try test.store.keyRing(test.source)
        try test.store.rotate(.master, by: .maria, reason: "test", source: test.source)
        // After the store knows, and before the old one is taken out of the file.
        let new = try test.source.keys()
        try test.source.write(old + new)
        _ = try test.store.keyRing(test.source)
        try test.store.rotate(.master, by: .maria, reason: "test", source: test.source)
        #expect(try test.source.keys().count == 1)
    }

    @Test func `where no new master key can be written, the old one stays`() throws {
        let test = try SecretsHome()
        let credential = try test.issue()
        let old = try test.source.keys()
        // A folder where the draft of the file would be.
        try FileManager.default.createDirectory(
            atPath: test.home.folder.path + "/master.key.new", withIntermediateDirectories: false)
        let error = #expect(throws: SecretsError.self) {
            try test.store.rotate(.master, by: .maria, reason: "test", source: test.source)
        }
        #expect(error?.message.hasPrefix("the master key can't be written to ") == true)
        #expect(try test.source.keys().map(\.bytes) == old.map(\.bytes))
        #expect(try test.isGood(credential))
        #expect(try test.store.auditRecords().last?.entry.action == "credential.issue")
    }

    @Test func `two that change the master key at once lose none`() throws {
        let test = try SecretsHome()
        let secret = try test.issue()
        let folder = test.home.folder
        let rotations = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 2) { _ in
            guard let store = try? PolicyStore(folder: folder, for: .writing, waiting: .seconds(90)) else { return }
            let source = MasterKeySource(folder: folder, environment: [:])
            for _ in 0..<15 where (try? store.rotate(.master, by: .maria, reason: "test", source: source)) != nil {
                rotations.withLock { $0 += 1 }
            }
        }
        #expect(rotations.withLock { $0 } == 30)
        #expect(try test.isGood(secret))
        #expect(try test.source.keys().count == 1)
    }

    @Test func `killed at any moment of a storm of rotations, the keys open`() async throws {
        let test = try SecretsHome()
        let secret = try test.issue()
        let folder = test.home.folder.path
        for round in 0..<25 {
            await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String, round = round as Int] in
                try rotate(in: StoreFolder(folder), killedAfter: UInt32(round * 700))
            }
            #expect(try test.isGood(secret), "round \(round)")
        }
        let rotations = try test.store.auditRecords(limit: 100_000).count { $0.entry.action == "key.rotate" }
        #expect(rotations >= 25)
        try test.store.rotate(.master, by: .maria, reason: "test", source: test.source)
        #expect(try test.source.keys().count == 1)
    }
}

/// In a process of its own: changes the master key again and again, and is killed from a second thread, so many
/// microseconds after the first change.
private func rotate(in folder: StoreFolder, killedAfter moment: UInt32) throws {
    let store = try PolicyStore(folder: folder, for: .writing)
    let source = MasterKeySource(folder: folder, environment: [:])
    let killer = Thread {
        usleep(moment)
        kill(getpid(), SIGKILL)
    }
    try store.rotate(.master, by: .maria, reason: "test", source: source)
    killer.start()
    while true { try store.rotate(.master, by: .maria, reason: "test", source: source) }
}
