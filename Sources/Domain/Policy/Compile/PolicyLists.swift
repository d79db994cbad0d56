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

    private static func sorted<Thing>(_ things: [Thing], by name: (Thing) -> String) -> [Thing] {
        var keys: [SortKey] = []
        keys.reserveCapacity(things.count)
        for (index, thing) in things.enumerated() {
            var prefix: UInt128 = 0
            var count = 0
            for byte in name(thing).utf8.prefix(16) {
                prefix = prefix << 8 | UInt128(byte)
                count += 1
            }
            keys.append(SortKey(prefix: prefix << UInt128(8 * (16 - count)), index: index))
        }
        keys.sort { left, right in
            left.prefix != right.prefix
                ? left.prefix < right.prefix : name(things[left.index]) < name(things[right.index])
        }
        return keys.map { things[$0.index] }
    }
}
