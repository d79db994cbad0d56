/// The items of a policy by kind, each in the order of names; the places are what a snapshot's indices count.
struct PolicyLists: Sendable {
    let settings: PolicySettings
    let scopes: [Scope]
    let roles: [Role]
    let routes: [Route]
    let tiers: [Tier]
    let quotas: [Quota]
    let clients: [Client]
    let operators: [Operator]

    init(_ policy: Policy) {
        var scopes: [Scope] = []
        var roles: [Role] = []
        var routes: [Route] = []
        var tiers: [Tier] = []
        var quotas: [Quota] = []
        var clients: [Client] = []
        var operators: [Operator] = []
        clients.reserveCapacity(policy.items.count)
        for item in policy.items.values {
            switch item {
            case .settings: continue
            case .scope(let scope): scopes.append(scope)
            case .role(let role): roles.append(role)
            case .route(let route): routes.append(route)
            case .tier(let tier): tiers.append(tier)
            case .quota(let quota): quotas.append(quota)
            case .client(let client): clients.append(client)
            case .operator(let person): operators.append(person)
            }
        }
        settings = policy.settings
        self.scopes = Self.sorted(scopes, by: \.name.text)
        self.roles = Self.sorted(roles, by: \.name.text)
        self.routes = Self.sorted(routes, by: \.name.text)
        self.tiers = Self.sorted(tiers, by: \.name.text)
        self.quotas = Self.sorted(quotas, by: \.name.text)
        self.clients = Self.sorted(clients, by: \.name.text)
        self.operators = Self.sorted(operators, by: \.name.text)
    }

    private struct SortKey {
        /// The first sixteen bytes of the name: comparing names themselves takes ten times as long.
        let prefix: UInt128
        let index: Int
    }

    private static func prefix(of name: String) -> UInt128 {
        let utf8 = name.utf8.span
        var (high, low): (UInt64, UInt64) = (0, 0)
        for index in 0..<8 {
            high = high << 8 | (index < utf8.count ? UInt64(utf8[index]) : 0)
            low = low << 8 | (index + 8 < utf8.count ? UInt64(utf8[index + 8]) : 0)
        }
        return UInt128(high) << 64 | UInt128(low)
    }

    private static func sorted<Thing>(_ things: [Thing], by name: (Thing) -> String) -> [Thing] {
        var keys: [SortKey] = []
        keys.reserveCapacity(things.count)
        for index in things.indices { keys.append(SortKey(prefix: prefix(of: name(things[index])), index: index)) }
        keys.sort { left, right in
            left.prefix != right.prefix
                ? left.prefix < right.prefix : name(things[left.index]) < name(things[right.index])
        }
        return keys.map { things[$0.index] }
    }
}
