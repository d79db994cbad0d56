/// Where the items of each kind lie in a policy, in the order of names: a large policy is sorted without copying an item.
struct PolicyOrder {
    private struct Place {
        /// The first sixteen bytes of the name: comparing names themselves takes ten times as long.
        let prefix: UInt128
        let index: Dictionary<ItemKey, PolicyItem>.Index
    }

    private let policy: Policy
    private var places: [ItemKind: [Place]] = [:]

    /// - Parameter only: The kind that is asked for; nil for all.
    init(_ policy: Policy, only kind: ItemKind? = nil) {
        self.policy = policy
        let items = policy.items
        var lists = [[Place]](repeating: [], count: ItemKind.allCases.count)
        let numbers = Dictionary(uniqueKeysWithValues: zip(ItemKind.allCases, lists.indices))
        var index = items.startIndex
        while index != items.endIndex {
            let key = items.keys[index]
            if kind == nil || key.kind == kind, let number = numbers[key.kind] {
                lists[number].append(Place(prefix: Self.prefix(of: key.name), index: index))
            }
            items.formIndex(after: &index)
        }
        for (kind, number) in numbers {
            lists[number].sort { left, right in
                left.prefix != right.prefix
                    ? left.prefix < right.prefix : items.keys[left.index].name < items.keys[right.index].name
            }
            places[kind] = lists[number]
        }
    }

    var scopes: [Scope] { things(.scope) { if case .scope(let scope) = $0 { scope } else { nil } } }
    var roles: [Role] { things(.role) { if case .role(let role) = $0 { role } else { nil } } }
    var routes: [Route] { things(.route) { if case .route(let route) = $0 { route } else { nil } } }
    var tiers: [Tier] { things(.tier) { if case .tier(let tier) = $0 { tier } else { nil } } }
    var quotas: [Quota] { things(.quota) { if case .quota(let quota) = $0 { quota } else { nil } } }
    var clients: [Client] { things(.client) { if case .client(let client) = $0 { client } else { nil } } }
    var operators: [Operator] { things(.operator) { if case .operator(let person) = $0 { person } else { nil } } }

    private func things<Thing>(_ kind: ItemKind, _ thing: (PolicyItem) -> Thing?) -> [Thing] {
        let places = places[kind] ?? []
        var things: [Thing] = []
        things.reserveCapacity(places.count)
        for place in places { if let thing = thing(policy.items.values[place.index]) { things.append(thing) } }
        return things
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
}
