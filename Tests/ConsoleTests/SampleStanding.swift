import Console
import Domain
import Terminal

/// A policy that knows most of `SampleTraffic`, as it stands in a store.
enum SampleStanding {
    static func policy() throws -> Policy {
        let reader = Role(
            name: try Name("reader"),
            permissions: [
                try PermissionText.permission("allow GET /v1/users/{id} if owner id = sub"),
                try PermissionText.permission("allow GET /v1/orders"),
            ])
        let support = Role(
            name: try Name("support"), permissions: [try PermissionText.permission("allow GET /v1/users/{id}")])
        let billing = Role(
            name: try Name("billing"), permissions: [try PermissionText.permission("allow POST /v1/invoices")])
        func client(_ name: String, _ roles: [String], _ scopes: [String] = []) throws -> PolicyItem {
            .client(
                Client(
                    name: try Name(name), roles: try roles.map { try Name($0) }, scopes: try scopes.map { try Name($0) }
                ))
        }
        func route(_ name: String, _ pattern: String, _ methods: MethodSet, _ scopes: [String] = []) throws
            -> PolicyItem
        {
            .route(
                Route(
                    name: try Name(name), pattern: try RoutePattern(pattern), methods: methods,
                    requiredScopes: try scopes.map { try Name($0) }))
        }
        return Policy([
            .role(reader), .role(support), .role(billing),
            try client("web-spa", ["reader"]), try client("mobile-app", ["reader"], ["orders:read"]),
            try client("partner-acme", ["reader"]), try client("svc-billing", ["billing"], ["orders:read"]),
            try route("users", "/v1/users/{id}", .init([.get])),
            try route("orders", "/v1/orders", .init([.get]), ["orders:read"]),
            try route("invoices", "/v1/invoices", .init([.post])),
            .scope(Scope(name: try Name("orders:read"))), .scope(Scope(name: try Name("orders:write"))),
            .operator(Operator(name: try Name("ann"), userID: 1000, duties: [.watch, .edit])),
        ])
    }

    /// As version 7, with ann at the console.
    static func state(
        _ policy: Policy, version: Int = 7, duties: Set<Duty> = [.watch, .edit, .revoke]
    ) throws -> PolicyState {
        let actor = Actor(name: "ann", userID: 1000)
        return PolicyState(
            version: PolicyVersion(
                number: version, parent: version - 1, origin: .change, state: .active, content: [], edits: [],
                author: actor, approver: nil, reason: "as it was", created: SampleTraffic.now, dangers: []),
            snapshot: try PolicySnapshot(compiling: policy) { _ in .utc }, actor: actor, duties: duties)
    }
}

extension ConsoleTester {
    /// A console that has a policy.
    static func withPolicy(
        _ width: Int = 120, _ height: Int = 36, screen: ScreenName = .overview, glyphs: Glyphs = .unicode,
        duties: Set<Duty> = [.watch, .edit, .revoke], policy: Policy? = nil, isReadOnly: Bool = false
    ) throws -> ConsoleTester {
        var tester = ConsoleTester(width, height, screen: screen, glyphs: glyphs) { $0.isReadOnly = isReadOnly }
        tester.receive(.policy(.ready(try SampleStanding.state(policy ?? SampleStanding.policy(), duties: duties))))
        return tester
    }
}
