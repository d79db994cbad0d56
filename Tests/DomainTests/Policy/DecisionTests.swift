import Domain
import Testing

struct DecisionTests {
    static let now = Timestamp(seconds: 1_795_000_000)

    private static func decide(
        _ snapshot: PolicySnapshot, _ target: String, _ method: Domain.Method? = .get, as caller: Caller = .anonymous,
        revocations: RevocationSnapshot = .none
    ) -> Decision {
        let request = AccessRequest(
            method: method, target: Array(target.utf8), address: IPAddress("192.0.2.7"), time: now, caller: caller)
        return snapshot.decision(for: request, revocations: revocations)
    }

    private static func token(
        _ snapshot: PolicySnapshot, _ client: String, subject: String = "", scopes: [String] = ["users:read"],
        roles: [String]? = nil, issued: Int64 = -60, expires: Int64 = 60
    ) throws -> Caller {
        let facts = TokenFacts(
            hash: TokenHash(bytes: [UInt8](repeating: 7, count: 32)), family: 3, credential: 4, subject: subject,
            issuer: "https://issuer", scopes: scopes, roles: roles, issued: Timestamp(seconds: now.second + issued),
            expires: Timestamp(seconds: now.second + expires))
        return .token(try #require(snapshot.client(named: client)), facts)
    }

    @Test func `guests read what is public, users their own, admins everything`() throws {
        let snapshot = try Policy.guides().compiled()
        let guest = try Self.token(snapshot, "guest-app", scopes: [])
        let user = try Self.token(snapshot, "user-app", subject: "42")
        let admin = try Self.token(snapshot, "admin-app")
        #expect(Self.decide(snapshot, "/public/a/b?x=1", as: guest).isAllowed)
        #expect(Self.decide(snapshot, "/users/42", as: guest).reason == .scopeMissing)
        #expect(Self.decide(snapshot, "/profile", as: guest).reason == .noPermission)
        #expect(Self.decide(snapshot, "/users/42", as: user).isAllowed)
        #expect(Self.decide(snapshot, "/users/4%32", as: user).reason == .pathAmbiguous)
        #expect(Self.decide(snapshot, "/users/43", as: user).reason == .ownerCondition)
        #expect(Self.decide(snapshot, "/public/a", as: user).isAllowed)
        #expect(Self.decide(snapshot, "/users/43", .put, as: admin).isAllowed)
        #expect(Self.decide(snapshot, "/admin/reports", .post, as: admin).isAllowed)
        #expect(Self.decide(snapshot, "/admin/reports", .delete, as: admin).reason == .methodNotAllowed)
        #expect(Self.decide(snapshot, "/nowhere", as: admin).reason == .routeUnknown)
        #expect(Self.decide(snapshot, "/public/a", nil, as: admin).reason == .methodUnknown)
        #expect(Self.decide(snapshot, "/public/a").reason == .credentialsMissing)
        #expect(Self.decide(snapshot, "/public/a", as: .refused(.tokenInvalid)).reason == .tokenInvalid)
        #expect(!Self.decide(snapshot, "/public/a", as: .refused(.allowed)).isAllowed)
    }

    @Test func `a decision names the route, the client and the rule`() throws {
        let snapshot = try Policy.guides().compiled()
        let decision = Self.decide(snapshot, "/users/42", as: try Self.token(snapshot, "user-app", subject: "42"))
        #expect(decision.route.map { snapshot.route($0).name.text } == "users")
        #expect(decision.client.map { snapshot.client($0).name.text } == "user-app")
        let rule = snapshot.rule(try #require(decision.rule))
        #expect(rule.role.text == "user")
        #expect(rule.position == 0)
        #expect(rule.permission.pattern.text == "/users/{id}")
        #expect(decision.cost == 1)
    }

    @Test func `a deny beats every allow, wherever it comes from`() throws {
        let snapshot = try Policy.of(
            roles: [
                Role("all", [Permission(.allow, [.get], "*")]),
                Role("not-admin", [Permission(.deny, [.get], "/{area}/secret")], parents: ["all"]),
                Role("odd", [Permission(.deny, [.get], "/{x}/page", if: [.owner(variable: "x", claim: "team")])]),
            ],
            routes: [Route("any", "/*")],
            clients: [
                Client("a", roles: ["all"]), Client("b", roles: ["not-admin"]), Client("c", roles: ["all", "odd"]),
            ]
        ).compiled()
        func decide(_ client: String, _ path: String) throws -> Reason {
            Self.decide(snapshot, path, as: try Self.token(snapshot, client)).reason
        }
        #expect(try decide("a", "/x/secret") == .allowed)
        #expect(try decide("b", "/x/secret") == .permissionDenied)
        #expect(try decide("b", "/x/secret/y") == .allowed)
        #expect(try decide("c", "/x/page") == .permissionDenied)
        #expect(try decide("c", "/x/other") == .allowed)
    }

    @Test func `a token's roles bound what its client's roles permit`() throws {
        let snapshot = try Policy.guides().compiled()
        func decide(_ path: String, roles: [String]?) throws -> Reason {
            Self.decide(snapshot, path, as: try Self.token(snapshot, "admin-app", subject: "1", roles: roles)).reason
        }
        #expect(try decide("/profile", roles: nil) == .allowed)
        #expect(try decide("/profile", roles: ["user"]) == .allowed)
        #expect(try decide("/profile", roles: ["guest"]) == .noPermission)
        #expect(try decide("/profile", roles: ["nobody"]) == .noPermission)
        #expect(try decide("/profile", roles: []) == .noPermission)
        #expect(try decide("/users/2", roles: ["user"]) == .ownerCondition)
        #expect(try decide("/public/x", roles: ["user"]) == .allowed)
    }

    @Test func `clients and tokens that ended are refused`() throws {
        var policy = try Policy.guides()
        policy.put(.client(try Client("gone", roles: ["admin"], expires: Self.now)))
        policy.put(.client(try Client("held", roles: ["admin"], status: .suspended)))
        let snapshot = try policy.compiled()
        func decide(_ caller: Caller) -> Reason { Self.decide(snapshot, "/profile", as: caller).reason }
        #expect(try decide(Self.token(snapshot, "gone")) == .clientExpired)
        #expect(try decide(Self.token(snapshot, "held")) == .clientSuspended)
        #expect(try Self.decide(snapshot, "/profile", as: Self.token(snapshot, "held")).outcome == .forbidden)
        #expect(try decide(Self.token(snapshot, "admin-app", expires: 0)) == .tokenExpired)
        #expect(try decide(Self.token(snapshot, "admin-app", expires: 1)) == .allowed)
        let key = try #require(snapshot.client(named: "admin-app"))
        #expect(decide(.client(key, CredentialFacts(id: 9, issued: nil))) == .allowed)
    }

    @Test func `everything that is revoked is refused, and says by what`() throws {
        let snapshot = try Policy.guides().compiled()
        let caller = try Self.token(snapshot, "admin-app", subject: "maria")
        func reason(_ revocations: RevocationSnapshot) -> Reason {
            Self.decide(snapshot, "/profile", as: caller, revocations: revocations).reason
        }
        func mark(_ target: RevocationSnapshot.Watermark.Target, _ seconds: Int64 = 0) -> RevocationSnapshot {
            RevocationSnapshot(
                epoch: 1, watermarks: [.init(target, before: Timestamp(seconds: Self.now.second + seconds))])
        }
        let hash = try #require(TokenHash(bytes: [UInt8](repeating: 7, count: 32)))
        #expect(reason(RevocationSnapshot(epoch: 1, tokens: [hash])) == .tokenRevoked)
        #expect(reason(RevocationSnapshot(epoch: 1, families: [3])) == .familyRevoked)
        #expect(reason(RevocationSnapshot(epoch: 1, credentials: [4])) == .credentialRevoked)
        #expect(reason(RevocationSnapshot(epoch: 1, credentials: [5])) == .allowed)
        #expect(reason(mark(.client("admin-app"))) == .clientRevoked)
        #expect(reason(mark(.client("admin-app"), -60)) == .allowed)
        #expect(reason(mark(.client("admin-app"), -59)) == .clientRevoked)
        #expect(reason(mark(.client("user-app"))) == .allowed)
        #expect(reason(mark(.subject("maria"))) == .subjectRevoked)
        #expect(reason(mark(.issuer("https://issuer"))) == .issuerRevoked)
        let client = try #require(snapshot.client(named: "admin-app"))
        let (here, elsewhere) = (try #require(Network("192.0.2.0/24")), try #require(Network("198.51.100.0/24")))
        #expect(reason(mark(.network(here))) == .addressRevoked)
        #expect(reason(mark(.network(elsewhere))) == .allowed)
        #expect(reason(mark(.everything)) == .everythingRevoked)

        // A network is about what was issued to it, wherever that comes from, and about what comes from it.
        func reason(issuedTo address: String?, from caller: String?, age: Int64 = 60) -> Reason {
            let token = TokenFacts(
                issued: Timestamp(seconds: Self.now.second - age), expires: .distantFuture,
                issuedFrom: address.flatMap { IPAddress($0) })
            let request = AccessRequest(
                method: .get, target: Array("/profile".utf8), address: caller.flatMap { IPAddress($0) }, time: Self.now,
                caller: .token(client, token))
            return snapshot.decision(for: request, revocations: mark(.network(here), -30)).reason
        }
        let (inside, outside) = ("192.0.2.7", "198.51.100.3")
        #expect(reason(issuedTo: inside, from: outside) == .addressRevoked)
        #expect(reason(issuedTo: outside, from: inside) == .addressRevoked)
        #expect(reason(issuedTo: nil, from: inside) == .addressRevoked)
        #expect(reason(issuedTo: outside, from: nil) == .addressRevoked)
        #expect(reason(issuedTo: outside, from: outside) == .allowed)
        #expect(reason(issuedTo: nil, from: outside) == .allowed)
        #expect(reason(issuedTo: inside, from: inside, age: 20) == .allowed)
        let key = Caller.client(try #require(snapshot.client(named: "admin-app")), CredentialFacts(id: 9, issued: nil))
        let decision = Self.decide(snapshot, "/profile", as: key, revocations: mark(.everything))
        #expect(decision.reason == .everythingRevoked)
    }

    @Test func `the most specific route counts, and only then its methods`() throws {
        let snapshot = try Policy.of(
            roles: [Role("all", [Permission(.allow, Domain.Method.allCases, "*")])],
            routes: [
                Route("every", "*", [.get, .delete]), Route("user", "/users/{id}"), Route("me", "/users/me", [.put]),
                Route("below", "/users/{id}/*", [.get]), Route("post-user", "/users/{name}", [.post]),
                Route("root", "/", [.get]),
            ], clients: [Client("a", roles: ["all"])]
        ).compiled()
        let caller = Caller.client(try #require(snapshot.client(named: "a")), CredentialFacts())
        func route(_ method: Domain.Method, _ path: String) -> String {
            let decision = Self.decide(snapshot, path, method, as: caller)
            return decision.route.map { snapshot.route($0).name.text } ?? decision.reason.code
        }
        #expect(route(.get, "/users/7") == "user")
        #expect(route(.post, "/users/7") == "post-user")
        #expect(route(.get, "/users/me") == "method_not_allowed")
        #expect(route(.put, "/users/me") == "me")
        #expect(route(.get, "/users/me/x") == "below")
        #expect(route(.get, "/users") == "every")
        #expect(route(.get, "/") == "root")
        #expect(route(.delete, "/") == "method_not_allowed")
        #expect(route(.head, "/users/7") == "method_not_allowed")
        #expect(route(.options, "/users/7") == "method_not_allowed")
    }
}
