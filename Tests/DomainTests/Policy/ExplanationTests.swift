import Domain
import Testing

struct ExplanationTests {
    private static func explain(
        _ snapshot: PolicySnapshot, _ path: String, _ method: Domain.Method = .get, as client: String?,
        subject: String? = nil, scopes: [String] = []
    ) throws -> Explanation {
        let caller: Caller =
            if let client {
                if let subject {
                    .token(
                        try #require(snapshot.client(named: client)),
                        TokenFacts(subject: subject, scopes: scopes, expires: .distantFuture))
                } else {
                    .client(try #require(snapshot.client(named: client)), CredentialFacts())
                }
            } else {
                .anonymous
            }
        let request = AccessRequest(
            method: method, target: Array(path.utf8), address: IPAddress("192.0.2.7"),
            time: Timestamp(seconds: 1_795_000_000), caller: caller)
        return snapshot.explanation(of: request, revocations: .none)
    }

    @Test func `a missing role is named, the smallest first`() throws {
        let snapshot = try Policy.guides().compiled()
        let explanation = try Self.explain(snapshot, "/profile", as: "guest-app")
        #expect(explanation.decision.reason == .noPermission)
        #expect(
            explanation.remedies == ["give client guest-app the role user", "give client guest-app the role admin"])
        #expect(explanation.steps.map(\.step) == [.path, .route, .authentication, .revocation, .scope, .permission])
        #expect(explanation.steps.last?.verdict == .failed(.noPermission))
        #expect(
            explanation.steps.last?.notes == [
                "the client has the role guest", "none of their permissions is about this path",
            ])
    }

    @Test func `a condition that fails is shown with what was found`() throws {
        let snapshot = try Policy.guides().compiled()
        let explanation = try Self.explain(
            snapshot, "/users/42", as: "user-app", subject: "4\u{202e}3", scopes: ["users:read"])
        #expect(explanation.decision.reason == .ownerCondition)
        #expect(
            explanation.steps.last?.notes == [
                "the client has the role user",
                "role user, permission 1: allow GET, PUT on /users/{id}: {id} is sub doesn't hold (sub is “4\\u202e3”)",
            ])
        #expect(
            explanation.remedies == [
                "meet what permission 1 of role user asks: {id} is sub", "give client user-app the role admin",
            ])
    }

    @Test func `a missing scope is asked of the client, the token or both`() throws {
        let snapshot = try Policy.guides().compiled()
        let token = try Self.explain(snapshot, "/users/42", as: "user-app", subject: "42")
        #expect(token.remedies == ["add scope users:read to the token"])
        #expect(token.steps[4].notes == ["scope users:read: the client may have it, and the token doesn't"])
        #expect(token.steps[5].verdict == .notReached)
        let client = try Self.explain(snapshot, "/users/42", as: "guest-app")
        #expect(client.remedies == ["allow client guest-app the scope users:read"])
        let both = try Self.explain(snapshot, "/users/42", as: "guest-app", subject: "42")
        #expect(both.remedies == ["allow client guest-app the scope users:read, and add it to the token"])
    }

    @Test func `paths, routes and methods explain themselves`() throws {
        let snapshot = try Policy.guides().compiled()
        let path = try Self.explain(snapshot, "/public/%2e%2e/admin", as: nil)
        #expect(path.steps.first?.notes == ["the path percent-encodes a letter, a digit or one of - . _ ~"])
        #expect(path.steps.dropFirst().allSatisfy { $0.verdict == .notReached })
        let route = try Self.explain(snapshot, "/a/b%20c", as: nil)
        #expect(route.remedies == ["create a route with a path like /a/{part2}"])
        let method = try Self.explain(snapshot, "/admin/reports", .delete, as: "admin-app")
        #expect(method.remedies == ["add DELETE to the methods of route reports"])
        #expect(method.steps[1].notes == ["route reports has this path, for GET, POST"])
        let anonymous = try Self.explain(snapshot, "/public/x", as: nil)
        #expect(anonymous.decision.reason == .credentialsMissing)
        #expect(anonymous.remedies.first == "send the credentials of a client")
        let allowed = try Self.explain(snapshot, "/public/x", as: "guest-app")
        #expect(allowed.remedies == [])
        #expect(allowed.steps.allSatisfy { $0.verdict == .passed })
    }

    @Test func `each remedy that gives a role lets the request pass`() throws {
        let policy = try Policy.guides()
        let snapshot = try policy.compiled()
        for role in ["admin", "user"] {
            var changed = policy
            changed.put(.client(try Client("guest-app", roles: ["guest", role])))
            #expect(try Self.explain(changed.compiled(), "/profile", as: "guest-app").decision.isAllowed)
        }
        #expect(try !Self.explain(snapshot, "/profile", as: "guest-app").decision.isAllowed)
    }
}
