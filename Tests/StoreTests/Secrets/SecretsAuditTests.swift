import Domain
import Foundation
import Testing

@testable import Store

struct SecretsAuditTests {
    @Test func `all that is done with secrets is told in the trail, which holds, and without a secret`() throws {
        let test = try SecretsHome()
        let credential = try test.issue()
        let token = try test.token(.opaque, credential: credential.credential.id)
        let successor = try test.store.rotateCredential(
            credential.credential.id, overlap: 60, by: .maria, reason: "it was \(credential.secret?.plaintext ?? "")",
            source: test.source)
        for rotation in [.master, .pepper, .signing(.es256), .checkpoint] as [KeyRotation] {
            try test.store.rotate(rotation, by: .maria, reason: "test", source: test.source)
        }
        try test.store.revoke(.family(token.record.family), by: .maria, reason: "test")
        test.wait(1)
        try test.base.remove([.client(try PolicyHome.client("acme"))])

        let records = try test.store.auditRecords()
        #expect(
            records.suffix(9).map { "\($0.entry.action) \($0.entry.target)" }
                == [
                    "credential.issue client/acme", "token.issue client/acme", "credential.rotate client/acme",
                    "key.rotate key/master", "key.rotate key/pepper", "key.rotate key/signing/ES256",
                    "key.rotate key/checkpoint", "family.revoke family/1", "client.revoke client/acme",
                    "policy.apply client/acme",
                ].suffix(9))
        let secrets = [credential.secret?.plaintext, successor.secret?.plaintext, token.text].compactMap(\.self)
        #expect(secrets.count == 3)
        let bytes = try test.bytes()
        for secret in secrets { #expect(bytes.range(of: Data(secret.utf8.suffix(49))) == nil) }

        let report = try test.store.verify()
        #expect(report.findings == [])
        #expect(report.records == Int64(records.count))
        try test.store.close()
        #expect(try Verifier.places(test.home.folder) == [])
    }

    @Test(arguments: [
        ("UPDATE tokens SET expires = expires + 1 WHERE number = 1", ["tokens/1"]),
        ("UPDATE tokens SET roles = '[\"admin\"]' WHERE number = 2", ["tokens/2"]),
        ("DELETE FROM tokens WHERE number = 2", ["tokens/2"]),
        (
            "INSERT INTO tokens SELECT -1, 'forged', zeroblob(32), form, kind, issuer, client, subject, scopes, roles, "
                + "acr, family, parent, credential, thumbprint, key, 0, expires, issued_from FROM tokens LIMIT 1",
            ["tokens/-1"]
        ),
        ("UPDATE families SET client = 'other' WHERE id = 1", ["families/1"]),
        ("UPDATE credentials SET expires = NULL WHERE id = 1", ["credentials/1"]),
        ("UPDATE credentials SET hash = zeroblob(32) WHERE id = 2", ["credentials/2"]),
        ("DELETE FROM credentials WHERE id = 1", ["credentials/1"]),
        ("DELETE FROM revocations", ["revocations/1"]),
        ("UPDATE revocations SET target = '77'", ["revocations/1"]),
        ("UPDATE revocations SET epoch = 2", ["revocations/1", "revocations/2"]),
        ("UPDATE keys SET sealed = zeroblob(64), generation = 9 WHERE kind = 'pepper'", ["keys/1"]),
        ("UPDATE keys SET ends = 9223372036854775807 WHERE number = 2", ["keys/2"]),
        ("UPDATE master_key SET id = zeroblob(16)", ["master_key/1"]),
    ])
    func `a row that isn't what the trail tells of it is found, by both programs`(sql: String, rows: [String]) throws {
        let test = try SecretsHome()
        let credential = try test.issue()
        _ = try test.token(.opaque, credential: credential.credential.id)
        _ = try test.token(subject: "42")
        _ = try test.store.rotateCredential(
            credential.credential.id, overlap: 60, by: .maria, reason: "test", source: test.source)
        try test.store.revoke(.family(1), by: .maria, reason: "test")
        try test.store.rotate(.master, by: .maria, reason: "test", source: test.source)
        try test.store.noteUse([CredentialUse(id: 1, time: test.home.now, address: nil)])
        #expect(try test.store.verify().findings == [])
        try test.store.close()
        #expect(try Verifier.places(test.home.folder) == [])
        try test.home.tamper(sql)
        let places = Set(rows.map { "row \($0)" })
        let report = try PolicyStore(folder: test.home.folder, for: .reading).verify()
        #expect(Set(report.findings.map(\.place.description)) == places, "\(report.findings)")
        #expect(try Verifier.places(test.home.folder) == places)
    }

    @Test func `what a store had before rows were told is left as it is, and what came later isn't`() throws {
        let test = try SecretsHome()
        _ = try test.token(.opaque)
        try test.store.close()
        // As an older program wrote it: records that tell no rows.
        try test.home.tamper(
            "UPDATE audit_records SET after = json_remove(after, '$.rows') WHERE json_extract(after, '$.rows') IS NOT NULL"
        )
        try test.home.chainAnew()
        let store = try PolicyStore(folder: test.home.folder, for: .writing)
        #expect(try store.verify().findings == [])
        _ = try store.issueToken(TokenOrder(client: test.acme), by: .maria, reason: "test", source: test.source)
        #expect(try store.verify().findings == [])
        try store.close()
        #expect(try Verifier.places(test.home.folder) == [])
        try test.home.tamper("UPDATE tokens SET number = 7 WHERE number = 2")
        let report = try PolicyStore(folder: test.home.folder, for: .reading).verify()
        #expect(
            report.findings.map(\.description) == [
                "row tokens/7: isn't in the audit trail", "row tokens/2: is missing",
            ])
        #expect(try Verifier.places(test.home.folder) == ["row tokens/7", "row tokens/2"])
    }

    @Test func `checkpoints are signed with the ring's key, and trusted after it was rotated`() throws {
        let test = try SecretsHome()
        let first = try test.store.checkpoint(signing: test.store.keyRing(test.source).checkpointSigner)
        try test.store.rotate(.checkpoint, by: .maria, reason: "test", source: test.source)
        let second = try test.store.checkpoint(signing: test.store.keyRing(test.source).checkpointSigner)
        #expect(first.count == 1 && second.count == 1)
        #expect(first[0].isSignedByItsKey && second[0].isSignedByItsKey)
        #expect(first[0].key != second[0].key)
        let keys = try test.store.checkpointKeys()
        #expect(keys == [first[0].key, second[0].key])
        #expect(try test.store.verify(exported: first + second, trusting: keys).findings == [])
        let other = try test.store.verify(exported: first, trusting: [second[0].key])
        #expect(other.findings.contains { $0.problem == "signed by a key that isn't trusted" })
    }
}
