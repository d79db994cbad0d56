import Domain
import GRDB
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

    @Test func `what a stolen key signed is believed no more from that moment on`() throws {
        let test = try SecretsHome()
        let old = try test.token()
        try test.store.rotate(.signing(.es256), by: .maria, reason: "test", source: test.source)
        let stolen = try test.token()
        try test.store.rotate(
            .signing(.es256, isCompromised: true), by: .maria, reason: "stolen", source: test.source)
        #expect(try states(test, .signing) == ["retired", "retired", "retired", "active", "next"])
        let new = try test.token()
        let verifier = try #require(try test.store.tokenVerifier())
        #expect(try verifier.claims(of: new.text.utf8, now: test.home.now).id == new.record.id)
        for token in [old, stolen] {
            #expect(throws: JWTProblem.unknownKey) { try verifier.claims(of: token.text.utf8, now: test.home.now) }
        }
    }

    @Test func `what a stolen key signed counts as ended, also of one that signed no more, and nothing else does`()
        throws
    {
        let test = try SecretsHome()
        let old = try test.token().record
        try test.store.rotate(.signing(.es256), by: .maria, reason: "test", source: test.source)
        let stolen = try test.token().record
        func ids(_ state: TokenRecord.State?) throws -> Set<String> {
            Set(try test.store.tokens(TokenSelection(state: state)).map(\.id))
        }
        #expect(try ids(.active) == [old.id, stolen.id])
        let ended = test.home.now
        try test.store.rotate(.signing(.es256, isCompromised: true), by: .maria, reason: "stolen", source: test.source)
        let new = try test.token().record
        #expect(try ids(.active) == [new.id])
        #expect(try ids(.revoked) == [old.id, stolen.id])
        #expect(try ids(.expired) == [])
        #expect(try ids(nil).count == 3)
        let found = try test.store.token(named: stolen.id)
        #expect(found.keyEnded == ended && found.revoked == nil)
        #expect(found.state(at: test.home.now) == .revoked)
        #expect(try test.store.preview(.everything).shares.map(\.tokens) == [1])
        try test.store.revoke(.everything, by: .maria, reason: "test")
        #expect(try ids(.revoked).count == 3)
        test.home.now = test.home.now.advanced(by: 7_200_000_000)
        #expect(try ids(.revoked) == [old.id, stolen.id, new.id])
        try test.store.rotate(.signing(.es256), by: .maria, reason: "test", source: test.source)
        #expect(try ids(.expired) == [])
        #expect(try test.store.verify().findings == [])
    }

    @Test func `tokens of a key that ended by itself have expired, and no more`() throws {
        let test = try SecretsHome()
        let token = try test.token().record
        try test.store.rotate(.signing(.es256), by: .maria, reason: "test", source: test.source)
        test.home.now = test.home.now.advanced(by: 7_200_000_000)
        try test.store.retireKeys(by: .maria, reason: "test")
        #expect(try states(test, .signing).contains("retired"))
        #expect(try test.store.token(named: token.id).keyEnded == nil)
        #expect(try test.store.tokens(TokenSelection(state: .expired)).map(\.id) == [token.id])
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
}
