import Domain
import Testing

struct ExplanationTests {
    private static let time = Timestamp(seconds: 1_795_000_000)

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
            time: Self.time, caller: caller)
        return snapshot.explanation(of: request, revocations: .none)
    }

    @Test func `a missing role is named, the smallest first`() throws {
        let snapshot = try Policy.guides().compiled()
        let explanation = try Self.explain(snapshot, "/profile", as: "guest-app")
        #expect(explanation.decision.reason == .noPermission)
        #expect(
            explanation.remedies.map(\.text) == [
                "give client guest-app the role user", "give client guest-app the role admin",
            ])
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
            explanation.remedies.map(\.text) == [
                "call with a token of subject “42”", "give client user-app the role admin",
            ])
    }

    @Test func `a missing scope is asked of the client, the token or both`() throws {
        let snapshot = try Policy.guides().compiled()
        let token = try Self.explain(snapshot, "/users/42", as: "user-app", subject: "42")
        #expect(token.remedies.map(\.text) == ["add scope users:read to the token"])
        #expect(token.steps[4].notes == ["scope users:read: the client may have it, and the token doesn't"])
        #expect(token.steps[5].verdict == .notReached)
        let client = try Self.explain(snapshot, "/users/42", as: "guest-app")
        let scope = "allow client guest-app the scope users:read"
        #expect(
            client.remedies.map(\.text) == [
                "\(scope), and give client guest-app the role user, and call with a token of subject “42”, "
                    + "with the scope users:read", "\(scope), and give client guest-app the role admin",
            ])
        let both = try Self.explain(snapshot, "/users/42", as: "guest-app", subject: "42")
        #expect(
            both.remedies.map(\.text) == [
                "\(scope), and add it to the token, and give client guest-app the role user",
                "\(scope), and add it to the token, and give client guest-app the role admin",
            ])
        for remedy in token.remedies + client.remedies + both.remedies { #expect(remedy.isWhole) }
    }

    @Test func `paths, routes and methods explain themselves`() throws {
        let snapshot = try Policy.guides().compiled()
        let path = try Self.explain(snapshot, "/public/%2e%2e/admin", as: nil)
        #expect(path.steps.first?.notes == ["the path percent-encodes a letter, a digit or one of - . _ ~"])
        #expect(path.steps.dropFirst().allSatisfy { $0.verdict == .notReached })
        let route = try Self.explain(snapshot, "/a/b%20c", as: nil)
        #expect(route.remedies.map(\.text) == ["create a route with a path like /a/{part2}"])
        let method = try Self.explain(snapshot, "/admin/reports", .delete, as: "admin-app")
        #expect(method.remedies.map(\.text) == ["add DELETE to the methods of route reports"])
        #expect(method.steps[1].notes == ["route reports has this path, for GET, POST"])
        let anonymous = try Self.explain(snapshot, "/public/x", as: nil)
        #expect(anonymous.decision.reason == .credentialsMissing)
        #expect(anonymous.remedies.map(\.text).first == "send the credentials of a client")
        #expect(anonymous.remedies.first?.next == "a role that permits GET on /public/*")
        #expect(route.remedies.first?.next == "a role that permits GET on /a/{part2}")
        let scoped = try Self.explain(snapshot, "/users/42", as: nil)
        #expect(scoped.remedies.map(\.next) == ["the scope users:read, and a role that permits GET on /users/{id}"])
        let allowed = try Self.explain(snapshot, "/public/x", as: "guest-app")
        #expect(allowed.remedies.map(\.text) == [])
        #expect(allowed.steps.allSatisfy { $0.verdict == .passed })
    }

    @Test func `a role that only opens what its token's subject owns comes before one that opens everything`() throws {
        var policy = try Policy.guides()
        policy.put(.client(try Client("guest-app", roles: ["guest"], scopes: ["users:read"])))
        let wanted =
            "give client guest-app the role user, and call with a token of subject “42”, with the scope users:read"
        let credential = try Self.explain(policy.compiled(), "/users/42", as: "guest-app")
        #expect(credential.remedies.map(\.text) == [wanted, "give client guest-app the role admin"])
        let token = try Self.explain(
            policy.compiled(), "/users/42", as: "guest-app", subject: "43", scopes: ["users:read"])
        #expect(
            token.remedies.map(\.text).first
                == "give client guest-app the role user, and call with a token of subject “42”")
        // Doing so is enough, and nothing less is.
        policy.put(.client(try Client("guest-app", roles: ["guest", "user"], scopes: ["users:read"])))
        for (subject, isAllowed) in [("42", true), ("43", false)] {
            let done = try Self.explain(
                policy.compiled(), "/users/42", as: "guest-app", subject: subject, scopes: ["users:read"])
            #expect(done.decision.isAllowed == isAllowed)
        }
        let roleAlone = try Self.explain(policy.compiled(), "/users/42", as: "guest-app")
        #expect(roleAlone.remedies.map(\.text).first == "call with a token of subject “42”, with the scope users:read")
    }

    @Test func `a token is asked for its claims, level and age, and never for what no token can say`() throws {
        func remedy(_ conditions: Condition..., token: TokenFacts) throws -> String? {
            var policy = try Policy.guides()
            policy.put(.role(try Role("user", [Permission(.allow, [.get], "/users/{id}", if: conditions)])))
            var settings = policy.settings
            settings.authenticationLevels = ["low", "high"]
            policy.put(.settings(settings))
            let snapshot = try policy.compiled()
            let request = AccessRequest(
                method: .get, target: Array("/users/42".utf8), address: IPAddress("192.0.2.7"), time: Self.time,
                caller: .token(try #require(snapshot.client(named: "user-app")), token))
            return snapshot.explanation(of: request, revocations: .none).remedies.map(\.text).first
        }
        let owner = Condition.owner(variable: "id", claim: "account")
        let token = TokenFacts(
            scopes: ["users:read"], authenticationLevel: "low", issued: Self.time.advanced(by: -120_000_000),
            expires: .distantFuture)
        #expect(try remedy(owner, token: token) == "call with a token whose claim account is “42”")
        #expect(
            try remedy(.authenticationLevel("high"), .tokenAge(atMostSeconds: 60), token: token)
                == "call with a new token of acr high")
        #expect(
            try remedy(.authenticationLevel("low"), .tokenAge(atMostSeconds: 60), token: token)
                == "call with a new token")
        #expect(
            try remedy(owner, .mutualTLS, token: token)
                == "meet what permission 1 of role user asks: {id} is account and client certificate")
        #expect(
            try remedy(.owner(variable: "id", claim: "client_id"), token: token)
                == "meet what permission 1 of role user asks: {id} is client_id")
    }

    @Test func `a role goes to the client, to the token's subject, or to both, as it takes`() throws {
        let snapshot = try Policy.guides().compiled()
        func remedy(_ client: String, _ roles: [String]) throws -> String? {
            let token = TokenFacts(subject: "7", scopes: ["users:read"], roles: roles, expires: .distantFuture)
            let request = AccessRequest(
                method: .get, target: Array("/profile".utf8), address: nil, time: Self.time,
                caller: .token(try #require(snapshot.client(named: client)), token))
            return snapshot.explanation(of: request, revocations: .none).remedies.map(\.text).first
        }
        #expect(try remedy("guest-app", ["user"]) == "give client guest-app the role user")
        #expect(try remedy("user-app", ["guest"]) == "give the token's subject the role user")
        #expect(try remedy("guest-app", ["guest"]) == "give client guest-app and the token's subject the role user")
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
