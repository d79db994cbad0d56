import Domain
import Foundation
import GRDB
import Testing

@testable import Store

struct TokenStoreTests {
    @Test func `a token is told once, and kept as a hash`() throws {
        let test = try SecretsHome()
        for form in TokenRecord.Form.allCases {
            let issued = try test.token(form, subject: "user-42")
            #expect(try test.store.tokens().first == issued.record)
            #expect(try test.bytes().range(of: Data(issued.text.utf8.suffix(40))) == nil)
            #expect(try test.store.token(presented: issued.text.utf8) == issued.record)
            #expect(issued.record.digest == SecretDigest.pseudonym(of: issued.text.utf8, label: "token"))
            #expect(issued.record.expires == test.home.now.advanced(by: 600_000_000))
            let record = try #require(try test.store.auditRecords().last)
            #expect(record.entry.action == "token.issue")
            #expect(record.entry.after?.contains(issued.record.id) == true)
            #expect(record.entry.after?.contains(issued.text) == false)
        }
        #expect(try test.store.token(presented: "gh_access_x".utf8) == nil)
    }

    @Test func `a token says what was ordered, and no more than its client may have`() throws {
        let test = try SecretsHome()
        let order = TokenOrder(
            client: test.acme, subject: "user-42", scopes: [try Name("read")], lifetime: 60, roles: ["user"],
            authenticationLevel: "mfa", thumbprint: [UInt8](repeating: 9, count: 32))
        let issued = try test.store.issueToken(order, by: .maria, reason: "test", source: test.source)
        let verifier = try #require(try test.store.tokenVerifier())
        let claims = try verifier.claims(of: issued.text.utf8, now: test.home.now)
        #expect(claims.subject == "user-42")
        #expect(claims.scopes == ["read"])
        #expect(claims.roles == ["user"])
        #expect(claims.authenticationLevel == "mfa")
        #expect(claims.thumbprint == order.thumbprint)
        #expect(claims.family == issued.record.family)
        #expect(claims.issued == test.home.now)
        #expect(claims.expires == test.home.now.advanced(by: 60_000_000))

        var excess = order
        excess.scopes = [try Name("read"), try Name("write")]
        #expect(throws: SecretsError.scopesNotAllowed(client: "acme", ["write"])) {
            try test.store.issueToken(excess, by: .maria, reason: "test", source: test.source)
        }
        let error = #expect(throws: DatabaseError.self) {
            try test.edit(
                """
                INSERT INTO tokens (jti, hash, form, kind, issuer, client, subject, scopes, family, issued, expires)
                VALUES ('x', randomblob(32), 'opaque', 'access', 'i', 'acme', '', '["read","write"]', 1, 1, 2)
                """)
        }
        #expect(error?.message == "a token has only scopes that its client is allowed")
    }

    @Test func `mad orders and inactive clients get nothing`() throws {
        let test = try SecretsHome()
        func refuses(_ change: (inout TokenOrder) -> Void) -> Bool {
            var order = TokenOrder(client: test.acme)
            change(&order)
            return (try? test.store.issueToken(order, by: .maria, reason: "test", source: test.source)) == nil
        }
        #expect(!refuses { _ in })
        #expect(refuses { $0.lifetime = 0 })
        #expect(refuses { $0.lifetime = 2_592_001 })
        #expect(refuses { $0.subject = "a\u{202e}b" })
        #expect(refuses { $0.subject = String(repeating: "x", count: 256) })
        #expect(refuses { $0.subject = "acme" })
        #expect(refuses { $0.roles = [""] })
        #expect(refuses { $0.thumbprint = [1] })
        #expect(refuses { $0.credential = 77 })
        var client = try PolicyHome.client("acme")
        client.status = .suspended
        try test.base.apply([.client(client)])
        #expect(throws: SecretsError.clientInactive("acme")) { try test.token() }
        #expect(try test.store.tokens().count == 1)
    }

    @Test func `tokens are found by themselves, by jti, by its beginning, and by what traffic shows`() throws {
        let test = try SecretsHome()
        let issued = try (0..<5).map { _ in try test.token(.opaque) } + [test.token()]
        for token in issued {
            for name in [token.text, token.record.id, String(token.record.id.prefix(10)), token.record.digest] {
                #expect(try test.store.token(named: name) == token.record)
            }
            let beginning = TokenSelection(idPrefix: String(token.record.id.prefix(10)))
            #expect(try test.store.tokens(beginning) == [token.record])
        }
        for name in ["", "abc", "token:", "token:000000000000", "zzzzzzzz", "a.b.c", "%", "' OR 1 --"] {
            #expect(throws: SecretsError.self) { try test.store.token(named: name) }
        }
    }

    @Test func `lists are by client, subject, family and state, the newest first`() throws {
        let test = try SecretsHome()
        let one = try test.token(subject: "ann").record
        let two = try test.token(.opaque, client: test.other, subject: "ann").record
        let three = try test.token(.opaque, subject: "bob").record
        func ids(_ selection: TokenSelection) throws -> [String] { try test.store.tokens(selection).map(\.id) }
        #expect(try ids(TokenSelection()) == [three.id, two.id, one.id])
        #expect(try ids(TokenSelection(limit: 1)) == [three.id])
        #expect(try ids(TokenSelection(client: "acme")) == [three.id, one.id])
        #expect(try ids(TokenSelection(subject: "ann")) == [two.id, one.id])
        #expect(try ids(TokenSelection(family: two.family)) == [two.id])
        try test.store.revoke(.family(one.family), by: .maria, reason: "test")
        #expect(try ids(TokenSelection(state: .revoked)) == [one.id])
        #expect(try ids(TokenSelection(state: .active)) == [three.id, two.id])
        test.wait(600)
        #expect(try ids(TokenSelection(state: .active)) == [])
        #expect(try ids(TokenSelection(state: .expired)) == [three.id, two.id])
    }

    @Test func `a store without an issuer issues nothing`() throws {
        let base = try PolicyHome()
        let source = MasterKeySource(folder: base.home.folder, environment: [:])
        try base.store.makeKeys(by: .maria, source: source)
        #expect(throws: SecretsError.badOrder("the settings name no issuer and audience for tokens")) {
            try base.store.issueToken(TokenOrder(client: Name("acme")), by: .maria, reason: "test", source: source)
        }
    }
}
