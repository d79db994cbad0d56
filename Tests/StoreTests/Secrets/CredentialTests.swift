import Domain
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Store

struct CredentialTests {
    @Test func `a secret is told once, and kept as a keyed hash`() throws {
        let test = try SecretsHome()
        let issued = try test.issue()
        let plaintext = try #require(issued.secret).plaintext
        #expect(plaintext.hasPrefix("gh_key_\(issued.credential.prefix)_"))
        #expect(try test.verdict(plaintext) == .valid(issued.credential))
        #expect(try test.store.credentials(of: test.acme) == [issued.credential])
        let bytes = try test.bytes()
        #expect(bytes.range(of: Data(plaintext.utf8)) == nil)
        #expect(bytes.range(of: Data(plaintext.utf8.suffix(49).prefix(43))) == nil)
        let record = try #require(try test.store.auditRecords().last)
        #expect(record.entry.action == "credential.issue")
        #expect(record.entry.target == "client/acme")
        #expect(record.entry.after?.contains(issued.credential.prefix) == true)
    }

    @Test func `any other secret is none`() throws {
        let test = try SecretsHome()
        let issued = try test.issue()
        var generator = SystemRandomNumberGenerator()
        let plaintext = try #require(issued.secret).plaintext
        for other in [
            "", "x", String(plaintext.dropLast()), plaintext + "x", SecretText(.apiKey, using: &generator).plaintext,
            SecretText(.clientSecret, using: &generator).plaintext, String(repeating: "x", count: 1_000_000),
            plaintext.replacing("gh_key", with: "gh_secret"),
        ] {
            #expect(try test.verdict(other) == .refused(.credentialsInvalid))
        }
    }

    @Test func `whoever shows the prefix learns nothing by the clock`() throws {
        let test = try SecretsHome()
        for _ in 0..<3 { try test.store.rotate(.pepper, by: .maria, reason: "test", source: test.source) }
        let issued = try test.issue()
        let directory = try test.store.credentialDirectory(test.source)
        let known = try #require(issued.secret).plaintext
        // The known prefix with another body, and its right check sum.
        var generator = SystemRandomNumberGenerator()
        let stranger = SecretText(.apiKey, using: &generator).plaintext
        func time(_ text: String) -> Duration {
            processorTime {
                for _ in 0..<200 { _ = directory.verdict(on: text.utf8, now: test.home.now) }
            }
        }
        // The least of many, taken in turns: whatever else the machine does only adds.
        var (first, second) = (time(known), time(stranger))
        for _ in 0..<15 {
            first = min(first, time(known))
            second = min(second, time(stranger))
        }
        #expect(first / second > 0.6 && first / second < 1.7, "\(first) for a known one, \(second) for an unknown one")
    }

    @Test func `a client has at most two of a kind, also for whoever writes SQL`() throws {
        let test = try SecretsHome()
        let first = try test.issue()
        _ = try test.issue()
        _ = try test.issue(.secret)
        #expect(throws: SecretsError.tooManyCredentials(client: "acme", .apiKey)) { try test.issue() }
        let error = #expect(throws: DatabaseError.self) {
            try test.edit(
                """
                INSERT INTO credentials (client, kind, prefix, hash, pepper, created, not_before)
                VALUES ('acme', 'api-key', '12345678', randomblob(32), 1, \(test.home.now.microseconds), 0)
                """)
        }
        #expect(error?.message == "a client has at most two credentials of a kind")
        try test.store.revoke(.credential(first.credential.id), by: .maria, reason: "test")
        _ = try test.issue()
        #expect(try !test.isGood(first))
        #expect(try test.verdict(#require(first.secret).plaintext) == .refused(.credentialRevoked))
    }

    @Test func `a successor overlaps with what it follows`() throws {
        let test = try SecretsHome()
        let old = try test.issue()
        let new = try test.store.rotateCredential(
            old.credential.id, overlap: 3600, by: .maria, reason: "test", source: test.source)
        #expect(try test.isGood(old) && test.isGood(new))
        let kept = try test.store.credentials(of: test.acme)
        #expect(kept[0].replacedBy == new.credential.id)
        #expect(kept[0].expires == test.home.now.advanced(by: 3_600_000_000))
        #expect(throws: SecretsError.credentialEnded(old.credential.prefix)) {
            try test.store.rotateCredential(
                old.credential.id, overlap: 0, by: .maria, reason: "test", source: test.source)
        }
        test.wait(3600)
        #expect(try !test.isGood(old) && test.isGood(new))
        #expect(try test.verdict(#require(old.secret).plaintext) == .refused(.credentialExpired))
    }

    @Test func `a credential holds between its times`() throws {
        let test = try SecretsHome()
        let now = test.home.now
        let issued = try test.store.issueCredential(
            .secret, to: test.acme, notBefore: now.advanced(by: 10_000_000), expires: now.advanced(by: 20_000_000),
            by: .maria, reason: "test", source: test.source)
        #expect(try !test.isGood(issued))
        test.wait(10)
        #expect(try test.isGood(issued))
        test.wait(10)
        #expect(try !test.isGood(issued))
        #expect(throws: SecretsError.self) {
            try test.store.issueCredential(
                .secret, to: test.acme, expires: test.home.now, by: .maria, reason: "test", source: test.source)
        }
    }

    @Test func `a certificate is known by its thumbprint, in PEM as in DER, and is one client's`() throws {
        let test = try SecretsHome()
        var der: [UInt8] = [0x30, 0x82, 0x01, 0x40] + (0..<320).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let pem =
            "-----BEGIN CERTIFICATE-----\n\(Data(der).base64EncodedString(options: .lineLength64Characters))\n-----END CERTIFICATE-----\n"
        let issued = try test.store.addCertificate(
            Array("subject=CN = acme\n\(pem)".utf8), to: test.acme, by: .maria, reason: "test")
        #expect(issued.secret == nil)
        #expect(
            issued.credential.prefix == String(Base64URL.text(SecretBytes.thumbprint(ofCertificate: der)).prefix(8)))
        let directory = try test.store.credentialDirectory(test.source)
        #expect(directory.verdict(onCertificate: der, now: test.home.now) == .valid(issued.credential))
        #expect(throws: SecretsError.certificateTaken) {
            try test.store.addCertificate(der, to: test.other, by: .maria, reason: "test")
        }
        der[10] ^= 1
        #expect(directory.verdict(onCertificate: der, now: test.home.now) == .refused(.credentialsInvalid))
        for bad in [
            [], [0x30], Array(der.dropLast()), Array("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----".utf8),
        ] {
            #expect(throws: SecretsError.self) {
                try test.store.addCertificate(bad, to: test.other, by: .maria, reason: "test")
            }
        }
    }

    @Test func `it is remembered when and from where a credential was last used`() throws {
        let test = try SecretsHome()
        let issued = try test.issue()
        let address = try #require(IPAddress("2001:db8::7"))
        let records = try test.store.auditRecords().count
        try test.store.noteUse([
            CredentialUse(id: issued.credential.id, time: test.home.now, address: address),
            CredentialUse(id: issued.credential.id, time: test.home.now.advanced(by: -5), address: nil),
        ])
        let kept = try #require(try test.store.credentials().first)
        #expect(kept.lastUsed == test.home.now)
        #expect(kept.lastUsedFrom == address)
        #expect(try test.store.auditRecords().count == records)
    }

    @Test func `without the duty nothing is issued, and nothing of a failed issue stays`() throws {
        let test = try SecretsHome()
        try test.base.give([.watch, .revoke])
        #expect(throws: PolicyStoreError.dutyMissing(.edit, actor: .jonas, isOperator: true)) {
            try test.store.issueCredential(.apiKey, to: test.acme, by: .jonas, reason: "test", source: test.source)
        }
        #expect(throws: SecretsError.clientUnknown("nobody")) { try test.issue(to: Name("nobody")) }
        #expect(try test.store.credentials().isEmpty)
    }

    @Test func `what a client had ends with the client, also when it comes back`() throws {
        let test = try SecretsHome()
        let issued = try test.issue()
        let token = try test.token()
        let client = try PolicyHome.client("acme")
        test.wait(1)
        try test.base.remove([.client(client)])
        #expect(try !test.isGood(issued))
        let records = try test.store.auditRecords().suffix(2)
        #expect(records.map(\.entry.action) == ["client.revoke", "policy.apply"])
        #expect(records.map(\.entry.target) == ["client/acme", "client/acme"])
        #expect(records.first?.entry.after?.hasPrefix(#"{"epoch":1,"kind":"client","target":"acme","#) == true)
        test.wait(1)
        try test.base.apply([.client(client)])
        #expect(try !test.isGood(issued))
        #expect(try test.store.token(named: token.record.id).state(at: test.home.now) == .revoked)
        #expect(try test.isGood(test.issue()))
    }
}
