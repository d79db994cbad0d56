import Domain
import GRDB

/// Writes items of the active policy into their tables.
struct ItemWriter {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// Removes before it adds, so that a name may pass from one thing to another that is spelled otherwise.
    func apply(_ edits: [PolicyEdit]) throws {
        for edit in edits {
            // A client that goes on keeps its row: others' tables act on its removal.
            let stays = edit.after != nil && edit.key.kind != .operator
            if edit.before != nil, !stays { try remove(edit.key) }
        }
        for case let item? in edits.map(\.after) { try put(item) }
    }

    private func run(_ sql: String, _ arguments: StatementArguments) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    private func remove(_ key: ItemKey) throws {
        let table =
            switch key.kind {
            case .settings: throw PolicyStoreError.invalid([Self.settingsStay])
            case .scope: "scopes"
            case .role: "roles"
            case .route: "routes"
            case .tier: "tiers"
            case .quota: "quotas"
            case .client: "clients"
            case .operator: "operators"
            }
        try run("DELETE FROM \(table) WHERE name = ?", [key.name])
    }

    private static let settingsStay = PolicyProblem(
        .settings, problem: "the settings can't be removed", advice: "change them instead")

    private func put(_ item: PolicyItem) throws {
        switch item {
        case .settings(let settings): try put(settings)
        case .scope(let scope):
            try run("INSERT INTO scopes VALUES (?, ?) \(Self.or(["note"]))", [scope.name.text, scope.note])
        case .tier(let tier):
            try run("INSERT INTO tiers VALUES (?, ?) \(Self.or(["note"]))", [tier.name.text, tier.note])
        case .role(let role): try put(role)
        case .route(let route): try put(route)
        case .quota(let quota): try put(quota)
        case .client(let client): try put(client)
        case .operator(let person): try put(person)
        }
    }

    /// What an INSERT does when the name is there already.
    private static func or(_ columns: [String]) -> String {
        "ON CONFLICT (name) DO UPDATE SET "
            + columns.map { "\"\($0)\" = excluded.\"\($0)\"" }.joined(separator: ", ")
    }

    /// Rewrites a list that belongs to an item.
    private func put(_ list: [String], in table: String, of owner: String, _ name: String) throws {
        try run("DELETE FROM \(table) WHERE \(owner) = ?", [name])
        for (position, element) in list.enumerated() {
            try run("INSERT INTO \(table) VALUES (?, ?, ?)", [name, position, element])
        }
    }

    private func put(_ role: Role) throws {
        let name = role.name.text
        try run("INSERT INTO roles VALUES (?, ?) \(Self.or(["note"]))", [name, role.note])
        try put(role.parents.map(\.text), in: "role_parents", of: "role", name)
        try run("DELETE FROM permissions WHERE role = ?", [name])
        for (position, permission) in role.permissions.enumerated() {
            let conditions = PolicyTree.list(permission.conditions.map(\.tree)).json
            try run(
                "INSERT INTO permissions VALUES (?, ?, ?, ?, ?, ?)",
                [
                    name, position, permission.effect.name, Int(permission.methods.rawValue),
                    permission.pattern.text, conditions,
                ])
        }
    }

    private func put(_ route: Route) throws {
        let columns = [
            "pattern", "methods", "classification", "cost", "upstream", "version", "deprecated", "sunset", "schema",
            "note",
        ]
        try run(
            "INSERT INTO routes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \(Self.or(columns))",
            [
                route.name.text, route.pattern.text, Int(route.methods.rawValue), route.classification.name,
                route.cost, route.upstream, route.version, route.deprecated?.microseconds,
                route.sunset?.microseconds, route.schema, route.note,
            ])
        try put(route.requiredScopes.map(\.text), in: "route_scopes", of: "route", route.name.text)
    }

    private func put(_ client: Client) throws {
        let columns = ["owner", "status", "tier", "created", "expires", "note"]
        try run(
            "INSERT INTO clients VALUES (?, ?, ?, ?, ?, ?, ?) \(Self.or(columns))",
            [
                client.name.text, client.owner, client.status.name, client.tier?.text, client.created?.microseconds,
                client.expires?.microseconds, client.note,
            ])
        try put(client.roles.map(\.text), in: "client_roles", of: "client", client.name.text)
        try put(client.scopes.map(\.text), in: "client_scopes", of: "client", client.name.text)
    }

    private func put(_ quota: Quota) throws {
        var (tier, client): (String?, String?) = (nil, nil)
        switch quota.holder {
        case .tier(let name): tier = name.text
        case .client(let name): client = name.text
        }
        let window: String
        var (seconds, unit, zone): (Int?, String?, String?) = (nil, nil, nil)
        switch quota.window {
        case .rate(let length): (window, seconds) = ("rate", length)
        case .rolling(let length): (window, seconds) = ("rolling", length)
        case .calendar(let length, let place): (window, unit, zone) = ("calendar", length.name, place)
        }
        try run("DELETE FROM quotas WHERE name = ?", [quota.name.text])
        try run(
            "INSERT INTO quotas VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                quota.name.text, tier, client, quota.key.name, window, seconds, unit, zone, quota.limit, quota.burst,
                quota.pattern?.text, quota.adaptive?.percent, quota.adaptive?.floor, quota.adaptive?.ceiling,
                quota.onCounterFailure.name, quota.note,
            ])
    }

    private func put(_ person: Operator) throws {
        let name = person.name.text
        try run("INSERT INTO operators VALUES (?, ?, ?)", [name, Int64(person.userID), person.note])
        for duty in person.duties {
            try run("INSERT INTO operator_duties VALUES (?, ?)", [name, duty.name])
        }
    }

    private func put(_ settings: PolicySettings) throws {
        try run(
            """
            INSERT INTO settings VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (only) DO UPDATE SET
                anonymous_tier = ?1, default_tier = ?2, break_glass_seconds = ?3, issuer = ?4, audience = ?5,
                token_seconds = ?6
            """,
            [
                settings.anonymousTier?.text, settings.defaultTier?.text, settings.breakGlassSeconds,
                settings.issuer, settings.audience, settings.tokenSeconds,
            ])
        for table in ["anonymous_roles", "authentication_levels", "approvals"] {
            try run("DELETE FROM \(table)", [])
        }
        for (position, role) in settings.anonymousRoles.enumerated() {
            try run("INSERT INTO anonymous_roles VALUES (?, ?)", [position, role.text])
        }
        for (position, level) in settings.authenticationLevels.enumerated() {
            try run("INSERT INTO authentication_levels VALUES (?, ?)", [position, level])
        }
        for danger in settings.approvals { try run("INSERT INTO approvals VALUES (?)", [danger.name]) }
    }
}
