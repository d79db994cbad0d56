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
