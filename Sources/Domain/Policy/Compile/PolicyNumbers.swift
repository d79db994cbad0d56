/// Where the items that others refer to stand in the lists.
struct PolicyNumbers {
    let scopes: [String: UInt32]
    let roles: [String: UInt32]
    let tiers: Set<String>
    let clients: [String: UInt32]

    init(_ lists: PolicyLists) {
        scopes = Self.numbers(lists.scopes, \.name.text)
        roles = Self.numbers(lists.roles, \.name.text)
        tiers = Set(lists.tiers.map(\.name.text))
        clients = Self.numbers(lists.clients, \.name.text)
    }

    private static func numbers<Thing>(_ things: [Thing], _ name: (Thing) -> String) -> [String: UInt32] {
        var numbers = [String: UInt32](minimumCapacity: things.count)
        for (index, thing) in things.enumerated() { numbers[name(thing)] = UInt32(index) }
        return numbers
    }
}
