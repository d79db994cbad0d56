/// The whole policy as data: what a policy version holds. It may be wrong; `PolicySnapshot` tells.
///
/// Each list is in the order of names, so that equal policies are equal values.
package struct Policy: Equatable, Sendable {
    package private(set) var items: [ItemKey: PolicyItem]

    package init(_ items: some Sequence<PolicyItem> = []) {
        self.items = [:]
        for item in items { self[item.key] = item }
        if self.items[.settings] == nil { self[.settings] = .settings(PolicySettings()) }
    }

    /// Setting nil removes the item; the settings can't be removed, and go back to what they are at first.
    package subscript(key: ItemKey) -> PolicyItem? {
        get { items[key] }
        set {
            precondition(newValue == nil || newValue?.key == key, "an item lies under its own key")
            items[key] = newValue ?? (key == .settings ? .settings(PolicySettings()) : nil)
        }
    }

    package mutating func put(_ item: PolicyItem) { self[item.key] = item }

    package var settings: PolicySettings {
        if case .settings(let settings)? = items[.settings] { settings } else { PolicySettings() }
    }

    package var scopes: [Scope] { PolicyOrder(self, only: .scope).scopes }
    package var roles: [Role] { PolicyOrder(self, only: .role).roles }
    package var routes: [Route] { PolicyOrder(self, only: .route).routes }
    package var tiers: [Tier] { PolicyOrder(self, only: .tier).tiers }
    package var quotas: [Quota] { PolicyOrder(self, only: .quota).quotas }
    package var clients: [Client] { PolicyOrder(self, only: .client).clients }
    package var operators: [Operator] { PolicyOrder(self, only: .operator).operators }
}

/// One thing of a policy: what is edited, merged, told apart and audited as a whole.
package enum PolicyItem: Hashable, Sendable {
    case settings(PolicySettings)
    case scope(Scope)
    case role(Role)
    case route(Route)
    case tier(Tier)
    case quota(Quota)
    case client(Client)
    case `operator`(Operator)

    package var key: ItemKey {
        switch self {
        case .settings: .settings
        case .scope(let scope): ItemKey(scope.name)
        case .role(let role): ItemKey(role.name)
        case .route(let route): ItemKey(route.name)
        case .tier(let tier): ItemKey(tier.name)
        case .quota(let quota): ItemKey(quota.name)
        case .client(let client): ItemKey(client.name)
        case .operator(let person): ItemKey(person.name)
        }
    }
}

/// The raw values are the words of commands, of files and of the audit trail.
package enum ItemKind: String, CaseIterable, Comparable, Sendable {
    case settings
    case scope
    case role
    case route
    case tier
    case quota
    case client
    case `operator`

    package static func < (left: ItemKind, right: ItemKind) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}

/// Which item: `client/partner-acme`.
package struct ItemKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let kind: ItemKind
    package let name: String

    package init<Thing>(_ name: Name<Thing>) {
        kind = Thing.kind
        self.name = name.text
    }

    package static let settings = ItemKey(kind: .settings, name: "policy")

    private init(kind: ItemKind, name: String) {
        self.kind = kind
        self.name = name
    }

    package var description: String { "\(kind.rawValue)/\(name)" }

    package static func < (left: ItemKey, right: ItemKey) -> Bool {
        (left.kind, left.name) < (right.kind, right.name)
    }
}
