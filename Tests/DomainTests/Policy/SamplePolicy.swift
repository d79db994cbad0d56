import Domain

// Policies in few words.

extension Role {
    init(_ name: String, _ permissions: [Permission] = [], parents: [String] = [], note: String = "") throws {
        self.init(name: try Name(name), note: note, parents: try parents.map { try Name($0) }, permissions: permissions)
    }
}

extension Permission {
    init(
        _ effect: Effect = .allow, _ methods: [Domain.Method] = [.get], _ pattern: String,
        if conditions: [Condition] = []
    ) throws {
        self.init(
            effect: effect, methods: MethodSet(methods), pattern: try RoutePattern(pattern), conditions: conditions)
    }
}

extension Route {
    init(
        _ name: String, _ pattern: String, _ methods: [Domain.Method] = [.get], scopes: [String] = [],
        classification: Classification = .internal, cost: Int = 1, note: String = ""
    ) throws {
        self.init(
            name: try Name(name), pattern: try RoutePattern(pattern), methods: MethodSet(methods),
            requiredScopes: try scopes.map { try Name($0) }, classification: classification, cost: cost, note: note)
    }
}

extension Client {
    init(
        _ name: String, roles: [String] = [], scopes: [String] = [], status: Status = .active, expires: Timestamp? = nil
    ) throws {
        self.init(
            name: try Name(name), status: status, roles: try roles.map { try Name($0) },
            scopes: try scopes.map { try Name($0) }, expires: expires)
    }
}

extension Policy {
    static func of(
        settings: PolicySettings = PolicySettings(), scopes: [String] = [], roles: [Role] = [], routes: [Route] = [],
        clients: [Client] = [], others: [PolicyItem] = []
    ) throws -> Policy {
        Policy(
            try scopes.map { .scope(Scope(name: try Name($0))) } + roles.map { .role($0) }
                + routes.map { .route($0) } + clients.map { .client($0) } + others + [.settings(settings)])
    }

    func compiled() throws(PolicyProblems) -> PolicySnapshot {
        try PolicySnapshot(compiling: self, zones: SampleZones.table)
    }

    /// The guides' role table: admins everything, users their own data, guests what is public.
    static func guides() throws -> Policy {
        let user = try Role(
            "user",
            [
                Permission(.allow, [.get, .put], "/users/{id}", if: [.owner(variable: "id", claim: "sub")]),
                Permission(.allow, [.get, .put], "/profile"),
            ], parents: ["guest"])
        return try Policy.of(
            scopes: ["users:read"],
            roles: [
                Role("admin", [Permission(.allow, Domain.Method.allCases, "*")]), user,
                Role("guest", [Permission(.allow, [.get], "/public/*")]),
            ],
            routes: [
                Route("users", "/users/{id}", [.get, .put], scopes: ["users:read"]),
                Route("profile", "/profile", [.get, .put]), Route("public", "/public/*"),
                Route("reports", "/admin/reports", [.get, .post]),
            ],
            clients: [
                Client("admin-app", roles: ["admin"], scopes: ["users:read"]),
                Client("user-app", roles: ["user"], scopes: ["users:read"]), Client("guest-app", roles: ["guest"]),
            ])
    }
}

enum SampleZones {
    static func table(_ name: String) -> TimeZoneTable? {
        switch name {
        case "UTC": .utc
        case "Test/East": TimeZoneTable(offset: 5400, abbreviation: "EAST")
        case "Test/Changing":
            TimeZoneTable(transitions: [
                .init(time: .distantPast, offset: 3600, abbreviation: "W"),
                .init(time: Timestamp(seconds: 1_774_746_000), offset: 7200, abbreviation: "S"),
            ])
        default: nil
        }
    }
}
