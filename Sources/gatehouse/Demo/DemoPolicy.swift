import Domain
import Foundation
import Store

/// The policy of the demo's shop: its routes and clients with roles, scopes, tiers and quotas, and tokens that live.
struct DemoPolicy {
    private let scenario: Scenario

    init(_ scenario: Scenario) {
        self.scenario = scenario
    }

    /// Makes the policy's store, with who runs the demo as its first operator.
    func make(in folder: StoreFolder, clock: @escaping () -> Timestamp = SystemClock.now) throws {
        let actor = Actor.ofProcess(for: folder)
        let store = try PolicyStore.create(in: folder, by: actor, clock: clock)
        defer { try? store.close() }
        let source = MasterKeySource(.file(folder.path + "/master.key"))
        try store.makeKeys(by: actor, source: source)
        let version = try store.active().version.number
        let edits = try items().map { PolicyEdit(key: $0.key, before: nil, after: $0) }
        let settings = PolicyEdit(
            key: .settings, before: .settings(try store.active().policy.settings), after: .settings(try self.settings())
        )
        _ = try store.apply(edits + [settings], by: actor, reason: "first policy of the shop", basedOn: version)
        try issue(store, actor, source)
    }

    private func settings() throws -> PolicySettings {
        var settings = PolicySettings()
        settings.defaultTier = try Name("standard")
        settings.anonymousTier = try Name("anonymous")
        settings.anonymousRoles = [try Name("guest")]
        settings.issuer = "https://id.shop.example"
        settings.audience = "https://api.shop.example"
        return settings
    }

    private func items() throws -> [PolicyItem] {
        try scopes() + routes() + roles() + tiers() + clients()
            + [
                .operator(
                    Operator(
                        name: try Name("maria"), userID: 4711, duties: [.watch, .revoke, .approve],
                        note: "on call this week"))
            ]
    }

    private func scopes() throws -> [PolicyItem] {
        try [
            ("orders", "See and place orders"), ("payments", "Take and see payments"),
            ("profile", "See and change a user's data"), ("telemetry", "Send measurements"),
            ("admin", "Use the reports"),
        ].map { .scope(Scope(name: try Name($0.0), note: $0.1)) }
    }

    /// Routes that share a path are one, with all methods.
    private func routes() throws -> [PolicyItem] {
        var methods: [String: MethodSet] = [:]
        for route in scenario.routes {
            guard let method = Method(name: route.method) else { continue }
            methods[route.template, default: []].formUnion(MethodSet([method]))
        }
        return try methods.sorted { $0.key < $1.key }.map { template, methods in
            let isAdmin = template.hasPrefix("/admin")
            var route = Domain.Route(
                name: try Name(Self.name(of: template)), pattern: try RoutePattern(template), methods: methods,
                requiredScopes: try Self.scope(of: template).map { [try Name($0)] } ?? [],
                classification: isAdmin
                    ? .restricted
                    : template.contains("users") || template.contains("payments") ? .confidential : .internal)
            route.cost = template.contains("exports") || isAdmin ? 10 : 1
            return .route(route)
        }
    }

    private static func name(of template: String) -> String {
        template.split(separator: "/").filter { $0 != "v1" }.map { $0.filter { $0 != "{" && $0 != "}" } }
            .joined(separator: "-")
    }

    private static func scope(of template: String) -> String? {
        if template.hasPrefix("/admin") { return "admin" }
        for (part, scope) in [
            ("orders", "orders"), ("payments", "payments"), ("invoices", "payments"), ("refunds", "payments"),
            ("users", "profile"), ("telemetry", "telemetry"),
        ] where template.contains(part) { return scope }
        return nil
    }

    private func roles() throws -> [PolicyItem] {
        func role(_ name: String, _ note: String, parents: [String] = [], _ lines: [String]) throws -> PolicyItem {
            .role(
                Domain.Role(
                    name: try Name(name), note: note, parents: try parents.map { try Name($0) },
                    permissions: try lines.map { try PermissionText.permission($0) }))
        }
        return [
            try role(
                "guest", "Looks around",
                [
                    "allow GET /v1/products", "allow GET /v1/products/{id}", "allow GET /v1/search",
                    "allow GET /v1/reviews/{id}", "allow POST /oauth/token",
                ]),
            try role(
                "shopper", "Buys things, and sees its own data", parents: ["guest"],
                [
                    "allow GET,POST,DELETE /v1/cart/*", "allow GET /v1/cart", "allow GET,POST /v1/orders",
                    "allow GET /v1/orders/{id}", "allow GET,PUT /v1/users/{id} if owner id = sub",
                    "allow PUT /v1/users/{id}/address if owner id = sub", "allow GET /v1/recommendations/{id}",
                    "allow POST /v1/reviews", "allow POST /v1/devices",
                ]),
            try role(
                "partner", "Handles orders for others", parents: ["guest"],
                [
                    "allow GET /v1/orders", "allow GET /v1/orders/{id}", "allow PUT /v1/orders/{id}/status",
                    "allow GET /v1/exports/{id}",
                ]),
            try role(
                "billing", "Takes payments",
                [
                    "allow GET,POST /v1/payments/*", "allow POST /v1/payments", "allow GET,POST /v1/invoices/*",
                    "allow POST /v1/invoices", "allow GET /v1/orders/{id}",
                ]),
            try role(
                "device", "Things that measure", ["allow POST /v1/telemetry", "allow GET /v1/devices/{id}/config"]),
            try role(
                "staff", "The back office", parents: ["partner"],
                [
                    "allow GET /v1/users/{id}", "allow GET /admin/* if network 10.0.0.0/8", "deny POST /v1/refunds",
                ]),
        ]
    }

    private func tiers() throws -> [PolicyItem] {
        func quota(
            _ name: String, _ holder: Quota.Holder, _ key: Quota.Key, _ window: Quota.Window, _ limit: Int,
            burst: Int = 0
        ) throws -> PolicyItem {
            .quota(Quota(name: try Name(name), holder: holder, key: key, window: window, limit: limit, burst: burst))
        }
        let (anonymous, standard, partner): (Name<Tier>, Name<Tier>, Name<Tier>) = (
            try Name("anonymous"), try Name("standard"), try Name("partner")
        )
        return [
            .tier(Tier(name: anonymous, note: "Requests without credentials")),
            .tier(Tier(name: standard, note: "Our own applications")),
            .tier(Tier(name: partner, note: "Partners, by contract")),
            try quota("anonymous-hourly", .tier(anonymous), .address, .rolling(seconds: 3600), 100),
            try quota("standard-subject", .tier(standard), .subject, .rolling(seconds: 3600), 1000),
            try quota("standard-rate", .tier(standard), .client, .rate(seconds: 1), 500, burst: 1000),
            try quota("partner-rate", .tier(partner), .client, .rate(seconds: 1), 20, burst: 40),
            try quota("acme-rate", .client(try Name("partner-acme")), .client, .rate(seconds: 1), 15),
        ]
    }

    private func clients() throws -> [PolicyItem] {
        try scenario.clients.map { client in
            let role: String
            let scopes: [String]
            switch client.name {
            case "svc-billing": (role, scopes) = ("billing", ["payments", "orders"])
            case "iot-fleet": (role, scopes) = ("device", ["telemetry"])
            case "backoffice": (role, scopes) = ("staff", ["orders", "profile", "admin"])
            case let name where name.hasPrefix("partner"): (role, scopes) = ("partner", ["orders", "profile"])
            case "svc-search": (role, scopes) = ("guest", [])
            default: (role, scopes) = ("shopper", ["orders", "profile"])
            }
            return .client(
                Domain.Client(
                    name: try Name(client.name), owner: client.name.hasPrefix("partner") ? "partners" : "shop team",
                    tier: client.name.hasPrefix("partner") ? try Name("partner") : nil, roles: [try Name(role)],
                    scopes: try scopes.map { try Name($0) }))
        }
    }

    private func issue(_ store: PolicyStore, _ actor: Actor, _ source: MasterKeySource) throws {
        for client in scenario.clients {
            let name = try Name<Domain.Client>(client.name)
            _ = try store.issueCredential(
                client.name.hasPrefix("svc") ? .apiKey : .secret, to: name, by: actor, reason: "sign-up",
                source: source)
            for number in 0..<(client.subjects == 0 ? 2 : 3) {
                var order = TokenOrder(client: name, form: .opaque)
                order.lifetime = 8 * 3600
                order.subject = client.subjects == 0 ? "" : DemoTraffic.subjectName(number)
                _ = try store.issueToken(order, by: actor, reason: "demo", source: source)
            }
        }
    }
}
