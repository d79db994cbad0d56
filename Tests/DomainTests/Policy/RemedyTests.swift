import Domain
import Testing

struct RemedyTests {
    private static func request(
        _ snapshot: PolicySnapshot, _ path: String, _ method: Domain.Method = .get, client: String?,
        subject: String = ""
    ) -> AccessRequest {
        snapshot.request(
            of: TrafficFact(
                client: client, subject: subject, method: method.name, path: path, address: IPAddress("192.0.2.7"),
                time: Timestamp(seconds: 1_795_000_000)))
    }

    /// The reason once the first remedy that is about the policy was followed; nil when there is none.
    private static func afterwards(
        _ policy: Policy, _ path: String, _ method: Domain.Method = .get, client: String?, subject: String = ""
    ) throws -> Reason? {
        let snapshot = try policy.compiled()
        let explanation = snapshot.explanation(
            of: request(snapshot, path, method, client: client, subject: subject), revocations: .none)
        guard let remedy = explanation.remedies.first(where: { !$0.edits.isEmpty }) else { return nil }
        let mended = try policy.merging(remedy.edits).compiled()
        return mended.decision(
            for: request(mended, path, method, client: client, subject: subject), revocations: .none
        ).reason
    }

    @Test func `following a remedy lets the request pass`() throws {
        let policy = try Policy.guides()
        #expect(try Self.afterwards(policy, "/profile", client: "guest-app") == .allowed)
        #expect(try Self.afterwards(policy, "/admin/reports", .delete, client: "user-app") == .allowed)
        #expect(try Self.afterwards(policy, "/admin/reports", client: "guest-app") == .allowed)
        #expect(try Self.afterwards(policy, "/nowhere/at all", client: "user-app") == nil)
    }

    @Test func `a suspended client is reactivated, and an expired one no longer expires`() throws {
        var policy = try Policy.guides()
        guard case .client(var client)? = policy[ItemKey(text: "client/user-app") ?? .settings] else {
            Issue.record("there is no such client")
            return
        }
        client.status = .suspended
        policy.put(.client(client))
        #expect(try Self.afterwards(policy, "/profile", client: "user-app") == .allowed)
        client.status = .active
        client.expires = Timestamp(seconds: 1)
        policy.put(.client(client))
        #expect(try Self.afterwards(policy, "/profile", client: "user-app") == .allowed)
    }

    @Test func `a path without a route gets one, with its method`() throws {
        let policy = try Policy.guides()
        let snapshot = try policy.compiled()
        let explanation = snapshot.explanation(
            of: Self.request(snapshot, "/brand/new", .put, client: "user-app"), revocations: .none)
        guard case .route(let route)? = explanation.remedies.first?.edits.first?.after else {
            Issue.record("no route is suggested")
            return
        }
        #expect(route.name.text == "brand-new")
        #expect(route.pattern.text == "/brand/new")
        #expect(route.methods.methods == [.put])
    }

    @Test func `what denies is taken from the client, with all roles that bring it`() throws {
        let policy = Policy([
            .role(
                Role(
                    name: try Name("base"),
                    permissions: [Permission(effect: .deny, methods: .all, pattern: try RoutePattern("*"))])),
            .role(Role(name: try Name("child"), parents: [try Name("base")])),
            .role(
                Role(name: try Name("fine"), permissions: [Permission(methods: .all, pattern: try RoutePattern("*"))])),
            .route(Route(name: try Name("a"), pattern: try RoutePattern("/a"), methods: .init([.get]))),
            .client(Client(name: try Name("c"), roles: [try Name("child"), try Name("fine"), try Name("base")])),
        ])
        #expect(try Self.afterwards(policy, "/a", client: "c") == .allowed)
    }

    @Test func `a recorded request is taken as replays take it`() throws {
        let snapshot = try Policy.guides().compiled()
        guard case .refused(.clientUnknown) = Self.request(snapshot, "/profile", client: "nobody").caller,
            case .anonymous = Self.request(snapshot, "/profile", client: nil).caller,
            case .token(_, let token) = Self.request(snapshot, "/profile", client: "user-app", subject: "42").caller
        else {
            Issue.record("who asks is taken for somebody else")
            return
        }
        #expect(token.subject == "42")
        #expect(token.scopes == snapshot.client(named: "user-app").map { snapshot.client($0).scopes.map(\.text) })
    }

    /// Whether it is the policy alone that it changes, and not what comes with the request.
    private static func isOfPolicy(_ remedy: Remedy) -> Bool {
        remedy.isWhole && !remedy.edits.isEmpty
            && !["token", "credential", "meet what", "wait until"].contains { remedy.text.contains($0) }
    }

    @Test func `whatever the policy and the request, doing all that a remedy says allows it`() throws {
        var followed: [DecisionStep: Int] = [:]
        for seed in 1...120 {
            var random = RandomPolicy(seed: UInt64(seed))
            let (policy, snapshot) = try random.policy()
            for _ in 0..<20 {
                let request = random.request(clients: 5)
                let explanation = snapshot.explanation(of: request, revocations: .none)
                #expect(!explanation.decision.isAllowed || explanation.remedies.isEmpty)
                for remedy in explanation.remedies where Self.isOfPolicy(remedy) {
                    let mended = try policy.merging(remedy.edits).compiled()
                    let reason = mended.decision(for: request, revocations: .none).reason
                    #expect(reason == .allowed, "seed \(seed), \(explanation.decision.reason.code): \(remedy.text)")
                    followed[explanation.decision.reason.step, default: 0] += 1
                }
            }
        }
        for step in [DecisionStep.route, .authentication, .scope, .permission] {
            #expect(followed[step, default: 0] > 5, "\(step.name)")
        }
    }

    @Test func `all scopes that a route asks are allowed at once, with the role`() throws {
        var policy = try Policy.guides()
        policy.put(.scope(Scope(name: try Name("admin"))))
        policy.put(.route(try Route("reports", "/admin/reports", [.get], scopes: ["users:read", "admin"])))
        #expect(try Self.afterwards(policy, "/admin/reports", client: "guest-app") == .allowed)
        let snapshot = try policy.compiled()
        let remedy = snapshot.explanation(
            of: Self.request(snapshot, "/admin/reports", client: "guest-app"), revocations: .none
        ).remedies.first
        #expect(
            remedy?.text
                == "allow client guest-app the scopes users:read, admin, and give client guest-app the role admin")
        #expect(remedy?.edits.map(\.key.description) == ["client/guest-app"])
    }

    @Test func `what is revoked for good has no remedy, and what was revoked has`() throws {
        let snapshot = try Policy.guides().compiled()
        let request = Self.request(snapshot, "/profile", client: "user-app", subject: "42")
        func remedies(before: Timestamp) -> [Remedy] {
            let revoked = RevocationSnapshot(
                epoch: 1, watermarks: [.init(.client("user-app"), before: before)])
            return snapshot.explanation(of: request, revocations: revoked).remedies
        }
        #expect(remedies(before: .distantFuture).isEmpty)
        #expect(remedies(before: request.time.advanced(by: 1)) == [Remedy("get a new token")])
    }
}
