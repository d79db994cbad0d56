import Domain
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Store

struct RevocationTests {
    private func alive(_ test: SecretsHome) throws -> Set<String> {
        Set(try test.store.tokens(TokenSelection(state: .active)).map(\.id))
    }

    @Test func `each kind revokes what it names, as its preview said, and nothing else`() throws {
        let test = try SecretsHome()
        let key = try test.issue(.apiKey, to: test.other)
        let a = try test.token(subject: "ann", from: "192.0.2.7").record
        let b = try test.token(.opaque, client: test.other, subject: "ann", from: "2001:db8::1").record
        let c = try test.token(.opaque, client: test.other, from: "198.51.100.3", credential: key.credential.id).record
        let network = try #require(Network("192.0.2.0/24"))
        let six = try #require(Network("2001:db8::/64"))
        let cases: [(RevocationTarget, Set<String>, credentials: Int)] = [
            (.token(issuer: a.issuer, id: a.id), [a.id], 0), (.token(issuer: "https://else.example", id: a.id), [], 0),
            (.family(b.family), [b.id], 0), (.credential(key.credential.id), [c.id], 1),
            (.client("other"), [b.id, c.id], 1),
            (.client("acme"), [a.id], 0), (.subject("ann"), [a.id, b.id], 0), (.subject("other"), [], 0),
            (.issuer("https://issuer.example"), [a.id, b.id, c.id], 0), (.issuer("https://else.example"), [], 0),
            (.network(network), [a.id], 0), (.network(six), [b.id], 0), (.everything, [a.id, b.id, c.id], 1),
        ]
        for (target, hit, credentials) in cases {
            // Each on a copy of the store as it was.
            let copy = try TemporaryStore()
            copy.now = test.home.now.advanced(by: 1_000_000)
            try FileManager.default.createDirectory(
                atPath: copy.folder.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try test.edit("VACUUM INTO '\(copy.folder.policy)'", inTransaction: false)
            let store = try PolicyStore(folder: copy.folder, for: .writing, clock: { copy.now })
            let preview = try store.preview(target)
            #expect(preview.tokens == hit.count, "\(target)")
            #expect(preview.credentials == credentials, "\(target)")
            #expect(try store.revocations().isEmpty)
            let revocation = try store.revoke(target, by: .maria, reason: "test")
            #expect(revocation.epoch == 1)
            let left = Set(try store.tokens(TokenSelection(state: .active)).map(\.id))
            #expect(left == Set([a.id, b.id, c.id]).subtracting(hit), "\(target)")
            #expect(try store.preview(target).tokens == 0)
            #expect(try store.revocations() == [revocation])
            let record = try #require(try store.auditRecords().last)
            #expect(record.entry.action == "\(target.kind).revoke")
            #expect(record.entry.target == target.description)
        }
    }

    @Test func `several are revoked at once, each with its record, or none of them`() throws {
        let test = try SecretsHome()
        _ = try test.token(subject: "ann")
        _ = try test.token(.opaque, client: test.other)
        test.wait(1)
        let before = try test.store.auditRecords().count
        #expect(throws: SecretsError.self) {
            try test.store.revoke([.client("acme"), .credential(4711), .client("other")], by: .maria, reason: "test")
        }
        #expect(throws: PolicyStoreError.self) { try test.store.revoke([], by: .maria, reason: "test") }
        #expect(try alive(test).count == 2)
        #expect(try test.store.revocations().isEmpty)
        #expect(try test.store.auditRecords().count == before)

        let done = try test.store.revoke([.client("acme"), .client("other")], by: .maria, reason: "test")
        #expect(done.map(\.epoch) == [1, 2])
        #expect(try test.store.revocations() == done)
        #expect(try alive(test).isEmpty)
        let records = try test.store.auditRecords().dropFirst(before)
        #expect(records.map { "\($0.entry.action) \($0.entry.target)" } == done.map { "client.revoke \($0.target)" })
        #expect(try test.store.verify(traffic: false).isIntact)
    }

    @Test func `what is issued after a revocation lives, also in the same second, and dies with the next`() throws {
        let test = try SecretsHome()
        let verifier = try #require(try test.store.tokenVerifier())
        for _ in 0..<3 {
            test.wait(0.1)
            let token = try test.token()
            #expect(try alive(test) == [token.record.id])
            // What a node reads in the token is as exact as what the store has.
            #expect(try verifier.claims(of: token.text.utf8, now: test.home.now).issued == token.record.issued)
            test.wait(0.1)
            try test.store.revoke(.client("acme"), by: .maria, reason: "test")
            #expect(try alive(test).isEmpty)
        }
        // Even when the clock goes back.
        test.wait(1)
        _ = try test.token()
        test.wait(-30)
        try test.store.revoke(.client("acme"), by: .maria, reason: "test")
        #expect(try alive(test).isEmpty)
        #expect(throws: SecretsError.self) { try test.token() }
        test.wait(60)
        _ = try test.token()
    }

    @Test func `what a clock that was ahead issued dies too, though others were issued since`() throws {
        let test = try SecretsHome()
        test.wait(300)
        let ahead = try test.token()
        test.wait(-300)
        let other = try test.token(.opaque, client: test.other)
        test.wait(1)
        #expect(try test.store.preview(.client("acme")).tokens == 1)
        try test.store.revoke(.client("acme"), by: .maria, reason: "test")
        #expect(try alive(test) == [other.record.id])
        #expect(try test.store.preview(.client("acme")).tokens == 0)
        #expect(try #require(try test.store.revocations().last?.before) > ahead.record.issued)
        // Nobody else has to wait until then.
        test.wait(1)
        _ = try test.token(.opaque, client: test.other)
    }

    @Test func `revoked for good is for good`() throws {
        let test = try SecretsHome()
        try test.store.revoke(.subject("mallory"), before: .distantFuture, by: .maria, reason: "test")
        test.wait(10)
        #expect(throws: SecretsError.bornRevoked(client: "acme", epoch: 1)) { try test.token(subject: "mallory") }
        _ = try test.token(subject: "ann")
    }

    @Test func `revocations are only added, one after another`() throws {
        let test = try SecretsHome()
        try test.store.revoke(.everything, by: .maria, reason: "test")
        for sql in [
            "DELETE FROM revocations", "UPDATE revocations SET before = 0", "UPDATE revocations SET reason = 'x'",
            """
            INSERT INTO revocations (epoch, time, kind, target, before, operator, reason)
            VALUES (3, 1, 'client', 'acme', 1, 'eve', 'x')
            """,
            "INSERT INTO revocations (epoch, time, kind, target, operator, reason) VALUES (2, 1, 'client', 'a', 'e', 'x')",
        ] {
            #expect(throws: DatabaseError.self, "\(sql)") { try test.edit(sql) }
        }
    }

    @Test func `what is about nothing is refused, and so is whoever lacks the duty`() throws {
        let test = try SecretsHome()
        for target: RevocationTarget in [
            .client("acmee"), .family(9), .credential(9), .subject(""), .subject("a\u{7}"), .issuer(""),
            .token(issuer: "", id: "x"), .token(issuer: "x", id: ""),
        ] {
            #expect(throws: SecretsError.self, "\(target)") {
                try test.store.revoke(target, by: .maria, reason: "test")
            }
            #expect(throws: SecretsError.self, "\(target)") { try test.store.preview(target) }
        }
        #expect(throws: SecretsError.self) {
            try test.store.revoke(
                .everything, before: test.home.now.advanced(by: 1), by: .maria, reason: "test")
        }
        try test.base.give([.watch, .edit])
        #expect(throws: PolicyStoreError.dutyMissing(.revoke, actor: .jonas, isOperator: true)) {
            try test.store.revoke(.everything, by: .jonas, reason: "test")
        }
        #expect(try test.store.revocations().isEmpty)
    }

    @Test func `killed in a storm of revocations, every one that was acknowledged is there`() async throws {
        let test = try SecretsHome()
        let folder = test.home.folder.path
        var acknowledged = 0
        for round in 0..<15 {
            await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String, round = round as Int] in
                try revoke(in: StoreFolder(folder), killedAfter: UInt32(round * 900))
            }
            let said = try Data(contentsOf: URL(filePath: folder + "/acknowledged")).count
            #expect(said > acknowledged)
            acknowledged = said
            let revocations = try test.store.revocations()
            // One more may have reached the disk before it could be said.
            #expect((said...said + round + 1).contains(revocations.count))
            #expect(revocations.map(\.epoch) == Array(1...Int64(revocations.count)))
            let recorded = try test.store.auditRecords(limit: 100_000).count { $0.entry.action == "subject.revoke" }
            #expect(recorded == revocations.count)
        }
    }

    @Test func `a hundred thousand tokens are revoked by one row, at once`() throws {
        let test = try SecretsHome()
        let first = try test.token()
        try test.edit(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
            INSERT INTO tokens (jti, hash, form, kind, issuer, client, subject, scopes, family, issued, expires)
            SELECT printf('t%06d', i), randomblob(32), 'opaque', 'access', 'https://issuer.example',
                iif(i % 4, 'acme', 'other'), 'user-' || (i % 1000), '["read"]', 1,
                \(test.home.now.microseconds), \(test.home.now.microseconds) + 600000000 FROM n
            """)
        var preview: RevocationPreview?
        let previewing = try processorTime { preview = try test.store.preview(.client("acme")) }
        #expect(preview?.tokens == 75_001)
        #expect(preview?.shares == [RevocationPreview.Share(client: "acme", tokens: 75_001, credentials: 0)])
        let revoking = try processorTime { try test.store.revoke(.client("acme"), by: .maria, reason: "test") }
        #expect(try test.home.rows(test.file, "SELECT count(*) FROM revocations").first?[0] == 1)
        #expect(try test.home.rows(test.file, "SELECT count(*) FROM tokens").first?[0] == 100_001)
        let snapshot = try test.store.revocationSnapshot()
        #expect(snapshot.epoch == 1)
        #expect(try test.store.token(named: first.record.id).state(at: test.home.now) == .revoked)
        #expect(try test.store.preview(.everything).tokens == 25_000)
        print("100,001 tokens: preview \(previewing), revocation \(revoking)")
        #expect(revoking < .seconds(1))
        #expect(previewing < .seconds(10))
    }
}

/// In a process of its own: revokes again and again, writes a byte for each time that it was told so, and is killed from
/// a second thread, so many microseconds after the first time.
private func revoke(in folder: StoreFolder, killedAfter moment: UInt32) throws {
    let store = try PolicyStore(folder: folder, for: .writing)
    let said = open(folder.path + "/acknowledged", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    func revokeOnce() throws {
        try store.revoke(.subject("ann"), by: .maria, reason: "test")
        guard write(said, "x", 1) == 1 else { throw StoreError(.full, path: folder.path) }
    }
    let killer = Thread {
        usleep(moment)
        kill(getpid(), SIGKILL)
    }
    try revokeOnce()
    killer.start()
    while true { try revokeOnce() }
}

extension SecretsHome {
    func edit(_ sql: String, inTransaction: Bool) throws {
        let queue = try DatabaseQueue(path: file)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }
}
