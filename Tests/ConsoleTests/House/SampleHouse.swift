import Console
import Domain
import Terminal

/// A whole store at one moment of the clock: a policy of all kinds of things, and an answer to whatever screens ask.
///
/// Each text that people or attackers could have written goes through `text`, so that it can be made hostile, and those
/// of the policy in force through `note`: what can't be seen, or is too long, never comes into force.
struct SampleHouse: Sendable {
    static let now = SampleTraffic.now
    var text: @Sendable (String) -> String = { $0 }
    var note: @Sendable (String) -> String = { $0 }

    var ann: Actor { Actor(name: text("ann"), userID: 1000) }
    var ben: Actor { Actor(name: text("ben"), userID: 1001) }

    static func ago(minutes: Int64) -> Timestamp { now.advanced(by: -minutes * 60_000_000) }

    // MARK: - The policy

    func policy() throws -> Policy {
        Policy(try roles() + routes() + clients() + limits() + rest())
    }

    private func roles() throws -> [PolicyItem] {
        var reader = Role(
            name: try Name("reader"), note: note("Sees its own data"),
            permissions: [
                try PermissionText.permission("allow GET /v1/users/{id} if owner id = sub"),
                try PermissionText.permission("allow GET /v1/orders"),
            ])
        reader.permissions.append(
            Permission(
                methods: MethodSet([.get]), pattern: try RoutePattern("/v1/orders/{id}"),
                conditions: [.header(name: "x-region", value: note("eu-west"))]))
        let support = Role(
            name: try Name("support"), note: note("Helps people"), parents: [reader.name],
            permissions: [
                try PermissionText.permission("allow GET,PUT /v1/users/{id} if network 10.0.0.0/8"),
                try PermissionText.permission("deny DELETE *"),
            ])
        let billing = Role(
            name: try Name("billing"), note: note("Takes payments"),
            permissions: [try PermissionText.permission("allow POST /v1/invoices")])
        return [.role(reader), .role(support), .role(billing)]
    }

    private func routes() throws -> [PolicyItem] {
        func route(
            _ name: String, _ pattern: String, _ methods: [Domain.Method], _ scopes: [String],
            _ classification: Classification, _ about: String
        ) throws -> PolicyItem {
            .route(
                Route(
                    name: try Name(name), pattern: try RoutePattern(pattern), methods: MethodSet(methods),
                    requiredScopes: try scopes.map { try Name($0) }, classification: classification,
                    upstream: "http://10.1.2.3:8080", version: note("2"), note: note(about)))
        }
        return [
            try route("users", "/v1/users/{id}", [.get, .put], ["profile"], .confidential, "One person"),
            try route("orders", "/v1/orders", [.get, .post], ["orders"], .internal, "All orders of one"),
            try route("order", "/v1/orders/{id}", [.get], ["orders"], .internal, "One order"),
            try route("invoices", "/v1/invoices", [.post], [], .restricted, "To pay"),
        ]
    }

    private func clients() throws -> [PolicyItem] {
        func client(
            _ name: String, _ owner: String, _ roles: [String], _ scopes: [String], tier: String? = nil,
            status: Client.Status = .active
        ) throws -> PolicyItem {
            .client(
                Client(
                    name: try Name(name), owner: note(owner), status: status, tier: try tier.map { try Name($0) },
                    roles: try roles.map { try Name($0) }, scopes: try scopes.map { try Name($0) },
                    created: Self.ago(minutes: 90_000), note: note("since the spring")))
        }
        return [
            try client("web-spa", "shop team", ["reader"], ["orders", "profile"]),
            try client("mobile-app", "shop team", ["reader"], ["orders", "profile"]),
            try client("partner-acme", "partners", ["reader"], ["orders"], tier: "gold"),
            try client("partner-globex", "partners", ["reader"], ["orders"], tier: "gold", status: .suspended),
            try client("svc-billing", "billing", ["billing", "support"], ["orders"]),
        ]
    }

    private func limits() throws -> [PolicyItem] {
        let gold = Tier(name: try Name("gold"), note: note("By contract"))
        let standard = Tier(name: try Name("standard"), note: note("Our own"))
        return [
            .tier(gold), .tier(standard),
            .quota(
                Quota(
                    name: try Name("gold-rate"), holder: .tier(gold.name), key: .client, window: .rate(seconds: 1),
                    limit: 20, burst: 40, note: note("Talk to sales"))),
            .quota(
                Quota(
                    name: try Name("standard-subject"), holder: .tier(standard.name), key: .subject,
                    window: .rolling(seconds: 3600), limit: 1000)),
            .quota(
                Quota(
                    name: try Name("acme-rate"), holder: .client(try Name("partner-acme")), key: .client,
                    window: .rate(seconds: 1), limit: 15, pattern: try RoutePattern("/v1/orders"))),
        ]
    }

    private func rest() throws -> [PolicyItem] {
        var settings = PolicySettings(defaultTier: try Name("standard"))
        // These no policy holds unless they are what they should be.
        settings.issuer = "https://id.shop.example"
        settings.audience = "https://api.shop.example"
        settings.authenticationLevels = ["pwd", "mfa"]
        return [
            .settings(settings),
            .scope(Scope(name: try Name("orders"), note: note("See and place orders"))),
            .scope(Scope(name: try Name("profile"), note: note("See and change one's data"))),
            .operator(
                Operator(name: try Name("ann"), userID: 1000, duties: Set(Duty.allCases), note: note("keeps it"))),
            .operator(
                Operator(name: try Name("ben"), userID: 1001, duties: [.watch, .approve], note: note("on call"))),
        ]
    }

    // MARK: - As it stands

    func version(
        _ number: Int, _ origin: PolicyVersion.Origin = .change, _ state: PolicyVersion.State = .retired,
        by author: Actor? = nil, reason: String = "tidy up", dangers: Set<Danger> = []
    ) -> PolicyVersion {
        PolicyVersion(
            number: number, parent: number > 1 ? number - 1 : nil, origin: origin, state: state, content: [1],
            edits: [2], author: author ?? ann, approver: nil, reason: text(reason),
            created: Self.ago(minutes: Int64(200 - 10 * number)), dangers: dangers)
    }

    func state(duties: Set<Duty> = Set(Duty.allCases), isBusy: Bool = false) throws -> PolicyState {
        let alarm = BreakGlass(
            version: version(7, .breakGlass, .active, by: ben, reason: "payments are down"),
            expires: Self.now.advanced(by: 1_834_000_000), ending: nil, revertedBy: nil, review: nil)
        let draft = version(8, .draft, .draft, by: ben, reason: "more for acme", dangers: [.quotaRaised])
        return PolicyState(
            version: version(7, isBusy ? .breakGlass : .change, .active, by: ben, reason: "less for partners"),
            snapshot: try PolicySnapshot(compiling: policy()) { _ in .utc }, actor: ann, duties: duties,
            drafts: isBusy ? [draft] : [], emergencies: isBusy ? [alarm] : [])
    }

    /// A limit is raised, and a client suspended.
    func changed() throws -> Policy {
        var next = try policy()
        if case .quota(var quota)? = next[ItemKey(try Name<Quota>("acme-rate"))] {
            quota.limit = 25
            next.put(.quota(quota))
        }
        if case .client(var client)? = next[ItemKey(try Name<Client>("web-spa"))] {
            client.status = .suspended
            next.put(.client(client))
        }
        return next
    }

    /// That, with notes as drafts may hold them.
    func edits() throws -> [PolicyEdit] {
        try policy().edits(to: changed()).map { edit in
            guard case .client(var before)? = edit.before, case .client(var after)? = edit.after else { return edit }
            (before.note, after.note) = (text("since the spring"), text("moves in December"))
            return PolicyEdit(key: edit.key, before: .client(before), after: .client(after))
        }
    }
}
