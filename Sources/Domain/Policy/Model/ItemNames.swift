/// Which things go by other names, and what that makes of all that names them.
package struct ItemNames: Hashable, Sendable {
    /// The other name of each; none has its own here.
    package private(set) var places: [ItemKey: ItemKey]

    package init(_ places: [ItemKey: ItemKey] = [:]) {
        self.places = places.filter { $0.key != $0.value }
    }

    package var isEmpty: Bool { places.isEmpty }

    package subscript(key: ItemKey) -> ItemKey {
        get { places[key] ?? key }
        set { places[key] = newValue == key ? nil : newValue }
    }

    /// The way back.
    package var inverse: ItemNames {
        ItemNames(Dictionary(places.map { ($1, $0) }) { first, _ in first })
    }

    /// The item with the other names, its own and those that it refers to, all at once.
    package func applied(to item: PolicyItem) -> PolicyItem {
        isEmpty ? item : item.naming { self[$0] }
    }
}

extension PolicyItem {
    /// What it refers to by name.
    package var references: Set<ItemKey> {
        var found: Set<ItemKey> = []
        _ = naming {
            if $0 != key { found.insert($0) }
            return $0
        }
        return found
    }

    /// The item under another name, and otherwise the same.
    package func named(_ name: ItemKey) -> PolicyItem { naming { $0 == key ? name : $0 } }

    /// The item with what is given for each name in it.
    func naming(_ other: (ItemKey) -> ItemKey) -> PolicyItem {
        func rename<Thing>(_ name: inout Name<Thing>) {
            let key = ItemKey(name)
            let place = other(key)
            if place != key, let next = try? Name<Thing>(place.name) { name = next }
        }
        func rename<Thing>(_ name: inout Name<Thing>?) {
            guard var known = name else { return }
            rename(&known)
            name = known
        }
        func rename<Thing>(_ names: inout [Name<Thing>]) {
            for index in names.indices { rename(&names[index]) }
        }
        switch self {
        case .settings(var settings):
            rename(&settings.anonymousRoles)
            rename(&settings.anonymousTier)
            rename(&settings.defaultTier)
            return .settings(settings)
        case .scope(var scope):
            rename(&scope.name)
            return .scope(scope)
        case .role(var role):
            rename(&role.name)
            rename(&role.parents)
            return .role(role)
        case .route(var route):
            rename(&route.name)
            rename(&route.requiredScopes)
            return .route(route)
        case .tier(var tier):
            rename(&tier.name)
            return .tier(tier)
        case .quota(var quota):
            rename(&quota.name)
            switch quota.holder {
            case .tier(var name):
                rename(&name)
                quota.holder = .tier(name)
            case .client(var name):
                rename(&name)
                quota.holder = .client(name)
            }
            return .quota(quota)
        case .client(var client):
            rename(&client.name)
            rename(&client.tier)
            rename(&client.roles)
            rename(&client.scopes)
            return .client(client)
        case .operator(var person):
            rename(&person.name)
            return .operator(person)
        }
    }
}

extension ItemKey {
    /// The key of a thing of this kind by another name.
    func renamed(to text: String) throws(NameError) -> ItemKey {
        switch kind {
        case .settings: self
        case .scope: ItemKey(try Name<Scope>(text))
        case .role: ItemKey(try Name<Role>(text))
        case .route: ItemKey(try Name<Route>(text))
        case .tier: ItemKey(try Name<Tier>(text))
        case .quota: ItemKey(try Name<Quota>(text))
        case .client: ItemKey(try Name<Client>(text))
        case .operator: ItemKey(try Name<Operator>(text))
        }
    }
}
