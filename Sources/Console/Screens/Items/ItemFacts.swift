import Domain

/// What a list shows of items, and what its filter looks at.
///
/// Direct, and not by way of trees, since a filter goes through a hundred thousand clients while one types.
struct ItemFacts: Sendable {
    /// How many items name another one; by the name of that one.
    private var clientsOfRole: [String: Int] = [:]
    private var clientsOfScope: [String: Int] = [:]
    private var routesOfScope: [String: Int] = [:]

    init() {}

    init(_ items: [ItemKind: [PolicyItem]]) {
        for case .client(let client) in items[.client] ?? [] {
            for role in client.roles { clientsOfRole[role.text, default: 0] += 1 }
            for scope in client.scopes { clientsOfScope[scope.text, default: 0] += 1 }
        }
        for case .route(let route) in items[.route] ?? [] {
            for scope in route.requiredScopes { routesOfScope[scope.text, default: 0] += 1 }
        }
    }

    func clients(ofRole name: String) -> Int { clientsOfRole[name] ?? 0 }

    /// The fields that a filter of these kinds may name.
    static func fields(of kinds: [ItemKind]) -> [String] {
        var fields = ["name"]
        for kind in kinds {
            for field in names(kind) where !fields.contains(field) { fields.append(field) }
        }
        return fields
    }

    private static func names(_ kind: ItemKind) -> [String] {
        switch kind {
        case .client: ["status", "tier", "roles", "role", "scopes", "scope", "owner", "expires", "created", "note"]
        case .role: ["parents", "parent", "allows", "denies", "clients", "path", "note"]
        case .scope: ["routes", "clients", "note"]
        case .route:
            [
                "methods", "method", "path", "classification", "scopes", "scope", "cost", "upstream", "version",
                "sunset", "note",
            ]
        case .quota: ["kind", "holder", "tier", "client", "limit", "key", "path", "note"]
        case .tier: ["kind", "note"]
        case .operator: ["user_id", "duties", "duty", "note"]
        case .settings: []
        }
    }

    /// The values of a field; none when the item doesn't have it.
    func values(of field: String, in item: PolicyItem) -> [String] {
        if field == "name" { return [item.key.name] }
        if field == "kind" { return [item.key.kind.rawValue] }
        switch item {
        case .client(let client): return values(of: field, in: client)
        case .role(let role): return values(of: field, in: role)
        case .scope(let scope):
            switch field {
            case "routes": return ["\(routesOfScope[scope.name.text] ?? 0)"]
            case "clients": return ["\(clientsOfScope[scope.name.text] ?? 0)"]
            case "note": return filled(scope.note)
            default: return []
            }
        case .route(let route): return values(of: field, in: route)
        case .quota(let quota): return values(of: field, in: quota)
        case .tier(let tier): return field == "note" ? filled(tier.note) : []
        case .operator(let person):
            switch field {
            case "user_id": return ["\(person.userID)"]
            case "duties", "duty": return person.duties.sorted().map(\.name)
            case "note": return filled(person.note)
            default: return []
            }
        case .settings: return []
        }
    }

    /// What words are looked for in.
    func texts(of item: PolicyItem) -> [String] {
        switch item {
        case .client(let client): [client.name.text, client.owner, client.note]
        case .role(let role): [role.name.text, role.note]
        case .scope(let scope): [scope.name.text, scope.note]
        case .route(let route): [route.name.text, route.pattern.text, route.note, route.upstream]
        case .quota(let quota): [quota.name.text, quota.note] + values(of: "holder", in: quota)
        case .tier(let tier): [tier.name.text, tier.note]
        case .operator(let person): [person.name.text, person.note]
        case .settings: []
        }
    }

    private func filled(_ text: String) -> [String] { text.isEmpty ? [] : [text] }

    private func values(of field: String, in client: Client) -> [String] {
        switch field {
        case "status": [client.status.name]
        case "tier": client.tier.map { [$0.text] } ?? []
        case "roles", "role": client.roles.map(\.text)
        case "scopes", "scope": client.scopes.map(\.text)
        case "owner": filled(client.owner)
        case "expires": client.expires.map { [String(TimeText.rfc3339($0).prefix(10))] } ?? []
        case "created": client.created.map { [String(TimeText.rfc3339($0).prefix(10))] } ?? []
        case "note": filled(client.note)
        default: []
        }
    }

    private func values(of field: String, in role: Role) -> [String] {
        switch field {
        case "parents", "parent": role.parents.map(\.text)
        case "allows": ["\(role.permissions.count { $0.effect == .allow })"]
        case "denies": ["\(role.permissions.count { $0.effect == .deny })"]
        case "clients": ["\(clients(ofRole: role.name.text))"]
        case "path": role.permissions.map(\.pattern.text)
        case "note": filled(role.note)
        default: []
        }
    }

    private func values(of field: String, in route: Route) -> [String] {
        switch field {
        case "methods", "method": route.methods.methods.map(\.name)
        case "path": [route.pattern.text]
        case "classification": [route.classification.name]
        case "scopes", "scope": route.requiredScopes.map(\.text)
        case "cost": ["\(route.cost)"]
        case "upstream": filled(route.upstream)
        case "version": filled(route.version)
        case "sunset": route.sunset.map { [String(TimeText.rfc3339($0).prefix(10))] } ?? []
        case "note": filled(route.note)
        default: []
        }
    }

    private func values(of field: String, in quota: Quota) -> [String] {
        switch field {
        case "holder":
            switch quota.holder {
            case .tier(let tier): ["tier \(tier)"]
            case .client(let client): ["client \(client)"]
            }
        case "tier": if case .tier(let tier) = quota.holder { [tier.text] } else { [] }
        case "client": if case .client(let client) = quota.holder { [client.text] } else { [] }
        case "limit": [QuotaText.limit(of: quota)]
        case "key": [quota.key.name]
        case "path": quota.pattern.map { [$0.text] } ?? []
        case "note": filled(quota.note)
        default: []
        }
    }
}
