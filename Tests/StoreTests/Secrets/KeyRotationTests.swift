import Domain
import Foundation
import GRDB
import Synchronization
import Testing

@testable import Store

struct KeyRotationTests {
    private func states(_ test: SecretsHome, _ kind: KeyRecord.Kind) throws -> [String] {
        try test.store.keys().filter { $0.kind == kind }.map(\.state.rawValue)
    }

    @Test func `a new signing key was published before it signs, and the old one until its last token ends`() throws {
        let test = try SecretsHome()
        let before = try test.store.publishedKeys()
        let old = try test.token()
        try test.store.rotate(.signing(.es256), by: .maria, reason: "test", source: test.source)
        #expect(try states(test, .signing) == ["retiring", "active", "next"])
        let new = try test.token()
        #expect(old.record.keyID != new.record.keyID)
        // A verifier that fetched the keys before the rotation still believes what is signed after it.
        let early = try #require(
            AccessTokenVerifier(issuer: "https://issuer.example", audience: "https://api.example", keys: before))
        #expect(try early.claims(of: new.text.utf8, now: test.home.now).id == new.record.id)
        test.wait(599)
        let verifier = try #require(try test.store.tokenVerifier())
        #expect(try verifier.claims(of: old.text.utf8, now: test.home.now).id == old.record.id)
        test.wait(302)
        #expect(try test.store.publishedKeys().keys.count == 2)
        try test.store.retireKeys(by: .maria, reason: "test")
        #expect(try states(test, .signing) == ["retired", "active", "next"])
    }

    @Test func `a key that signs no more has no secret any more`() throws {
        let test = try SecretsHome()
        let secret = try #require(try test.store.keyRing(test.source).signers.first).key.secretBytes
        _ = try test.token()
        try test.store.rotate(.signing(.es256), by: .maria, reason: "test", source: test.source)
        #expect(try test.store.keyRing(test.source).signers.allSatisfy { $0.key.secretBytes != secret })
        let left = try test.home.rows(
            test.file, "SELECT count(*) FROM keys WHERE state = 'retiring' AND sealed IS NOT NULL")
        #expect(left.first?[0] == 0)
    }

    @Test func `further algorithms come with a rotation, and ES256 stays the default`() throws {
        let test = try SecretsHome()
        #expect(throws: SecretsError.noSigningKey(.edDSA)) {
            try test.store.issueToken(
                TokenOrder(client: test.acme, algorithm: .edDSA), by: .maria, reason: "test", source: test.source)
        }
        try test.store.rotate(.signing(.edDSA), by: .maria, reason: "test", source: test.source)
        try test.store.rotate(.signing(.rs256, modulus: .bits2048), by: .maria, reason: "test", source: test.source)
        let verifier = try #require(try test.store.tokenVerifier())
        for algorithm in SigningAlgorithm.allCases {
            let token = try test.store.issueToken(
                TokenOrder(client: test.acme, algorithm: algorithm), by: .maria, reason: "test", source: test.source)
            #expect(try SignedToken(token.text.utf8).header.algorithm == algorithm)
            #expect(try verifier.claims(of: token.text.utf8, now: test.home.now).id == token.record.id)
        }
        #expect(try SignedToken(test.token().text.utf8).header.algorithm == .es256)
    }

    @Test func `an old pepper stays for as long as a credential needs it`() throws {
        let test = try SecretsHome()
        let old = try test.issue()
        try test.store.rotate(.pepper, by: .maria, reason: "test", source: test.source)
        #expect(try states(test, .pepper) == ["retiring", "active"])
        let new = try test.issue(.apiKey, to: test.other)
        #expect(try test.isGood(old) && test.isGood(new))
        let successor = try test.store.rotateCredential(
            old.credential.id, overlap: 60, by: .maria, reason: "test", source: test.source)
        test.wait(61)
        try test.store.retireKeys(by: .maria, reason: "test")
        #expect(try states(test, .pepper) == ["retired", "active"])
        #expect(try test.isGood(successor) && test.isGood(new) && !test.isGood(old))
    }

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
            guard let store = try? PolicyStore(folder: folder, for: .writing) else { return }
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
