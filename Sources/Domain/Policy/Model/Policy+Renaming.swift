// Names that only the policy uses can change; what logs, tokens and the trail know stays.

/// Why an item doesn't get another name.
package enum RenamingError: Error, Hashable, Sendable, CustomStringConvertible {
    case name(NameError)
    case taken(ItemKey)
    case unchanged
    /// It keeps its name for good; says what to do instead.
    case fixed(String)
    /// It isn't there any more.
    case gone(ItemKey)

    package var description: String {
        switch self {
        case .name(let error): error.description
        case .taken(let key): "there is a \(key) already"
        case .unchanged: "that is its name"
        case .fixed(let reason): reason
        case .gone(let key): "\(key) isn't there any more"
        }
    }
}

extension ItemKind {
    /// Why things of this kind keep their names; nil where they can get others.
    package var reasonAgainstRenaming: String? {
        switch self {
        case .scope, .role, .route, .tier, .quota: nil
        case .client: "logs and tokens know a client by its name: make a new one, and suspend this one"
        case .operator: "the audit trail knows operators by their names: add another, and remove this one"
        case .settings: "there is one policy, and it has one name"
        }
    }

    /// What knows the old name beside the policy, and doesn't follow; nil when nothing does.
    package var renamingWarning: String? {
        switch self {
        case .scope: "tokens that were issued with the old name don't have the scope any more"
        case .role: "tokens that bring roles of their subject by the old name don't have the role any more"
        case .route: "quotas that count for each client and route begin anew on it"
        case .quota: "its counters begin anew"
        case .tier, .client, .operator, .settings: nil
        }
    }
}

extension Policy {
    /// What gives an item another name, and edits all that refers to it, in the order of keys.
    package func edits(renaming key: ItemKey, to text: String) throws(RenamingError) -> [PolicyEdit] {
        if let reason = key.kind.reasonAgainstRenaming { throw .fixed(reason) }
        guard text != key.name else { throw .unchanged }
        guard let item = self[key] else { throw .gone(key) }
        let renaming: Renaming
        do throws(NameError) {
            renaming = try Renaming(item, to: text)
        } catch {
            throw .name(error)
        }
        guard self[renaming.item.key] == nil else { throw .taken(renaming.item.key) }
        var next = self
        next[key] = nil
        next.put(renaming.item)
        for (other, item) in next.items {
            let changed = renaming.applied(to: item)
            if changed != item { next[other] = changed }
        }
        return edits(to: next)
    }
}

/// An item under its new name, and what has to change in all others.
private struct Renaming {
    let item: PolicyItem
    private var scope: (Name<Scope>, Name<Scope>)?
    private var role: (Name<Role>, Name<Role>)?
    private var tier: (Name<Tier>, Name<Tier>)?

    init(_ item: PolicyItem, to text: String) throws(NameError) {
        switch item {
        case .scope(var thing):
            let old = thing.name
            thing.name = try Name(text)
            (self.item, scope) = (.scope(thing), (old, thing.name))
        case .role(var thing):
            let old = thing.name
            thing.name = try Name(text)
            (self.item, role) = (.role(thing), (old, thing.name))
        case .tier(var thing):
            let old = thing.name
            thing.name = try Name(text)
            (self.item, tier) = (.tier(thing), (old, thing.name))
        case .route(var thing):
            thing.name = try Name(text)
            self.item = .route(thing)
        case .quota(var thing):
            thing.name = try Name(text)
            self.item = .quota(thing)
        case .client, .operator, .settings: self.item = item
        }
    }

    func applied(to item: PolicyItem) -> PolicyItem {
        switch item {
        case .settings(var settings):
            replace(role, in: &settings.anonymousRoles)
            replace(tier, in: &settings.anonymousTier)
            replace(tier, in: &settings.defaultTier)
            return .settings(settings)
        case .role(var thing):
            replace(role, in: &thing.parents)
            return .role(thing)
        case .route(var thing):
            replace(scope, in: &thing.requiredScopes)
            return .route(thing)
        case .client(var client):
            replace(scope, in: &client.scopes)
            replace(role, in: &client.roles)
            replace(tier, in: &client.tier)
            return .client(client)
        case .quota(var quota):
            if case .tier(let name) = quota.holder, let tier, name == tier.0 { quota.holder = .tier(tier.1) }
            return .quota(quota)
        case .scope, .tier, .operator: return item
        }
    }

    private func replace<Thing>(_ names: (Name<Thing>, Name<Thing>)?, in list: inout [Name<Thing>]) {
        guard let names, list.contains(names.0) else { return }
        list = list.map { $0 == names.0 ? names.1 : $0 }
    }

    private func replace<Thing>(_ names: (Name<Thing>, Name<Thing>)?, in name: inout Name<Thing>?) {
        if let names, name == names.0 { name = names.1 }
    }
}
