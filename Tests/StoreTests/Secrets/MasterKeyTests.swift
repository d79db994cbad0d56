import Domain
import Foundation
import GRDB
import Testing

@testable import Store

struct MasterKeyTests {
    @Test func `a new store has its keys, and a master key that only its owner reads`() throws {
        let test = try SecretsHome()
        let path = test.home.folder.path + "/master.key"
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        let kinds = try test.store.keys().map {
            "\($0.kind.rawValue) \($0.algorithm?.name ?? "-") \($0.state.rawValue)"
        }
        #expect(kinds == ["pepper - active", "signing ES256 active", "signing ES256 next", "checkpoint EdDSA active"])
        #expect(try test.store.makeKeys(by: .maria, source: test.source) == false)
        #expect(try test.store.keys().count == 4)
        #expect(try test.store.keyRing(test.source).signers.count == 1)
        #expect(try test.store.auditRecords().last?.entry.action == "key.create")
    }

    @Test func `no key lies in the store as it is`() throws {
        let test = try SecretsHome()
        let ring = try test.store.keyRing(test.source)
        let bytes = try test.bytes()
        #expect(bytes.count > 10_000)
        for secret in ring.peppers.map(\.bytes) + ring.signers.map(\.key.secretBytes) + [ring.checkpointKey.secretBytes]
            + (try test.source.keys().map(\.bytes))
        {
            #expect(bytes.range(of: Data(secret)) == nil)
            #expect(bytes.range(of: Data(Base64URL.text(secret).utf8)) == nil)
        }
    }

    @Test func `a key from the environment, from systemd, from a named file: the first that there is`() throws {
        let test = try SecretsHome()
        let text = try String(contentsOfFile: test.home.folder.path + "/master.key", encoding: .utf8)
        let other = test.home.folder.path + "/elsewhere"
        try text.write(toFile: other, atomically: false, encoding: .utf8)
        chmod(other, 0o600)
        let folder = test.home.folder.path + "/credentials"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: folder + "/gatehouse-master-key", atomically: false, encoding: .utf8)
        chmod(folder + "/gatehouse-master-key", 0o440)
        let digits = try test.source.keys()[0].bytes.map { String($0, radix: 16, uppercase: false) }
            .map { $0.count == 1 ? "0" + $0 : $0 }.joined()
        var environment = ["GATEHOUSE_MASTER_KEY": digits]
        func source() -> MasterKeySource { MasterKeySource(folder: test.home.folder, environment: environment) }
        #expect(source().name == "the variable GATEHOUSE_MASTER_KEY")
        _ = try test.store.keyRing(source())
        environment["CREDENTIALS_DIRECTORY"] = folder
        #expect(source().place == .credential(folder + "/gatehouse-master-key"))
        _ = try test.store.keyRing(source())
        environment["GATEHOUSE_MASTER_KEY_FILE"] = other
        #expect(source().place == .file(other))
        _ = try test.store.keyRing(source())
    }

    @Test func `a file that others can read is refused, with advice`() throws {
        let test = try SecretsHome()
        let path = test.home.folder.path + "/master.key"
        chmod(path, 0o640)
        let error = #expect(throws: SecretsError.masterKeyOpen(path)) { try test.store.keyRing(test.source) }
        #expect(error?.description.contains("chmod 600 '\(path)'") == true)
    }

    @Test func `without the right master key nothing is issued, and everything else goes on`() throws {
        let test = try SecretsHome()
        let token = try test.token()
        let path = test.home.folder.path + "/master.key"
        try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
        #expect(throws: SecretsError.masterKeyMissing(path)) { try test.issue() }
        var wrong = SystemRandomNumberGenerator()
        try test.source.write([MasterKey(using: &wrong)])
        #expect(throws: SecretsError.masterKeyWrong(path)) { try test.issue() }
        #expect(throws: SecretsError.masterKeyWrong(path)) {
            try test.store.rotate(.master, by: .maria, reason: "test", source: test.source)
        }
        try Data("not a key\n".utf8).write(to: URL(filePath: path))
        #expect(throws: SecretsError.masterKeyMalformed(path)) { try test.token() }
        #expect(try test.store.credentials().isEmpty)

        #expect(try test.store.tokens().count == 1)
        #expect(try test.store.active().policy.clients.count == 2)
        let verifier = try #require(try test.store.tokenVerifier())
        #expect(try verifier.claims(of: token.text.utf8, now: test.home.now).client == "acme")
        try test.store.revoke(.client("acme"), by: .maria, reason: "test")
    }

    @Test func `a sealed key that was changed doesn't open`() throws {
        for place in [0, 12, 40, -1] {
            let test = try SecretsHome()
            try test.edit("DROP TRIGGER keys_are_sealed_anew") { database in
                var sealed = Array(
                    try Data.fetchOne(database, sql: "SELECT sealed FROM keys WHERE number = 2") ?? Data())
                sealed[place < 0 ? sealed.count - 1 : place] ^= 1
                try database.execute(sql: "UPDATE keys SET sealed = ? WHERE number = 2", arguments: [Data(sealed)])
            }
            let name = try test.store.keys()[1].name
            #expect(throws: SecretsError.keyDamaged(name)) { try test.store.keyRing(test.source) }
        }
    }

    @Test func `sealed keys can't change places, stores or generations`() throws {
        let test = try SecretsHome()
        let names = try test.store.keys().map(\.name)
        try test.edit("DROP TRIGGER keys_are_sealed_anew") { database in
            let rows = try Data.fetchAll(
                database, sql: "SELECT sealed FROM keys WHERE number IN (2, 3) ORDER BY number")
            try database.execute(sql: "UPDATE keys SET sealed = ? WHERE number = 2", arguments: [rows[1]])
            try database.execute(sql: "UPDATE keys SET sealed = ? WHERE number = 3", arguments: [rows[0]])
        }
        #expect(throws: SecretsError.keyDamaged(names[1])) { try test.store.keyRing(test.source) }

        let second = try SecretsHome()
        try second.edit("DROP TRIGGER keys_are_sealed_anew") {
            try $0.execute(sql: "UPDATE keys SET generation = generation + 1 WHERE number = 1")
        }
        #expect(throws: SecretsError.keyDamaged("pepper-1")) { try second.store.keyRing(second.source) }

        let third = try SecretsHome()
        try third.edit("DROP TRIGGER store_are_not_changed") {
            try $0.execute(sql: "UPDATE store SET id = zeroblob(16)")
        }
        let again = try PolicyStore(folder: third.home.folder, for: .reading)
        #expect(throws: SecretsError.keyDamaged("pepper-1")) { try again.keyRing(third.source) }
    }

    @Test func `a public key that doesn't belong to its secret is found`() throws {
        let test = try SecretsHome()
        let names = try test.store.keys().map(\.name)
        try test.edit("DROP TRIGGER keys_stay_the_same") {
            try $0.execute(sql: "UPDATE keys SET public = (SELECT public FROM keys WHERE number = 3) WHERE number = 2")
        }
        let error = #expect(throws: PolicyStoreError.self) { try test.store.publishedKeys() }
        #expect(error?.message.contains("the public key \(names[1]) was changed") == true)
    }

    @Test func `a key in SQL can't be changed, taken out or brought back`() throws {
        let test = try SecretsHome()
        try test.store.rotate(.pepper, by: .maria, reason: "test", source: test.source)
        for sql in [
            "DELETE FROM keys", "UPDATE keys SET name = 'x'", "UPDATE keys SET public = NULL",
            "UPDATE keys SET state = 'active' WHERE state = 'retired'", "UPDATE keys SET sealed = randomblob(99)",
            "UPDATE keys SET state = 'active' WHERE state = 'next'", "DELETE FROM master_key",
        ] {
            #expect(throws: DatabaseError.self, "\(sql)") { try test.edit(sql) }
        }
    }
}

extension SecretsHome {
    /// Does to the file what anybody with a shell could.
    func edit(_ sql: String, _ more: (Database) throws -> Void = { _ in }) throws {
        let queue = try DatabaseQueue(path: file)
        try queue.write { database in
            try database.execute(sql: sql)
            try more(database)
        }
        try queue.close()
    }
}
