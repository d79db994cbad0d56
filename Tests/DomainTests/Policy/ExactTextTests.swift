import Testing

@testable import Domain

/// é in one scalar and in two are the same text for Swift, and other bytes for tables, logs and tokens.
struct ExactTextTests {
    private static let composed = "ren\u{e9}"
    private static let decomposed = "rene\u{301}"

    @Test func `only the same bytes are the same text`() {
        #expect(Self.composed == Self.decomposed)
        let texts = [
            "", "a", "K", "\u{212a}", Self.composed, Self.decomposed, "a\u{323}\u{307}", "a\u{307}\u{323}", "12345678",
            "123456789", "1234567890123456", "1234567890123457", "12345678901234567",
        ]
        for left in texts {
            for right in texts {
                let isSame = Array(left.utf8) == Array(right.utf8)
                #expect(left.isExactly(right) == isSame, "\(left) \(right)")
                #expect((ExactText(left) == ExactText(right)) == isSame)
                #expect(Set([ExactText(left), ExactText(right)]).count == (isSame ? 1 : 2))
            }
        }
    }

    private static func policy() throws -> PolicySnapshot {
        var role = try Role("own", [Permission(.allow, [.get], "/users/{id}")])
        role.permissions[0].conditions = [
            .owner(variable: "id", claim: "sub"), .header(name: "x-site", value: composed),
            .authenticationLevel(composed),
        ]
        return try Policy.of(
            settings: PolicySettings(authenticationLevels: [composed]), roles: [role],
            routes: [Route("users", "/users/{id}")], clients: [Client("acme", roles: ["own"])]
        ).compiled()
    }

    private static func reason(
        path: String = composed, subject: String = composed, header: String = composed, level: String = composed,
        revoked: RevocationSnapshot = .none
    ) throws -> Reason {
        let snapshot = try policy()
        let client = try #require(snapshot.client(named: "acme"))
        let token = TokenFacts(
            subject: subject, issuer: composed, authenticationLevel: level, issued: .init(seconds: 5),
            expires: .distantFuture)
        let escaped = path.utf8.map {
            $0 < 0x80 ? String(UnicodeScalar($0)) : "%" + String($0, radix: 16, uppercase: true)
        }
        let request = AccessRequest(
            method: .get, target: Array("/users/\(escaped.joined())".utf8), address: nil, time: .init(seconds: 10),
            caller: .token(client, token), headers: [.init(name: "x-site", value: header)])
        return snapshot.decision(for: request, revocations: revoked).reason
    }

    @Test func `who owns a path, has a level or a header, is told by bytes`() throws {
        #expect(try Self.reason() == .allowed)
        #expect(try Self.reason(path: Self.decomposed) == .ownerCondition)
        #expect(try Self.reason(subject: Self.decomposed) == .ownerCondition)
        #expect(try Self.reason(header: Self.decomposed) == .headerCondition)
        #expect(try Self.reason(level: Self.decomposed) == .authenticationLevelCondition)
    }

    @Test func `a revocation hits the name that it names, as the store's tables have it`() throws {
        func revoking(_ target: RevocationSnapshot.Watermark.Target) -> RevocationSnapshot {
            RevocationSnapshot(epoch: 1, watermarks: [.init(target, before: .distantFuture)])
        }
        #expect(try Self.reason(revoked: revoking(.subject(Self.composed))) == .subjectRevoked)
        #expect(try Self.reason(revoked: revoking(.subject(Self.decomposed))) == .allowed)
        #expect(try Self.reason(revoked: revoking(.issuer(Self.composed))) == .issuerRevoked)
        #expect(try Self.reason(revoked: revoking(.issuer(Self.decomposed))) == .allowed)
        let both = RevocationSnapshot(
            epoch: 2,
            watermarks: [
                .init(.subject(Self.composed), before: .init(seconds: 1)),
                .init(.subject(Self.decomposed), before: .distantFuture),
            ])
        #expect(try Self.reason(revoked: both) == .allowed)
    }

    @Test func `a scope is a token's by its bytes`() throws {
        let snapshot = try Policy.of(
            scopes: ["K"], roles: [Role("all", [Permission(.allow, [.get], "/x")])],
            routes: [Route("x", "/x", scopes: ["K"])], clients: [Client("acme", roles: ["all"], scopes: ["K"])]
        ).compiled()
        let client = try #require(snapshot.client(named: "acme"))
        func reason(_ scope: String) -> Reason {
            snapshot.decision(
                for: AccessRequest(
                    method: .get, target: Array("/x".utf8), address: nil, time: .init(seconds: 1),
                    caller: .token(client, TokenFacts(scopes: [scope], expires: .distantFuture))),
                revocations: .none
            ).reason
        }
        #expect(reason("K") == .allowed)
        // The sign of kelvins, which Swift takes for the letter.
        #expect(reason("\u{212a}") == .scopeMissing)
    }
}
