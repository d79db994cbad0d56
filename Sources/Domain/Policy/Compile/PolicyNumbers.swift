/// Where the items that others refer to stand in the lists.
struct PolicyNumbers {
    let scopes: NameTable
    let roles: NameTable
    let tiers: Set<String>
    let clients: NameTable

    init(_ lists: PolicyLists) {
        scopes = NameTable(lists.scopes.map(\.name.text))
        roles = NameTable(lists.roles.map(\.name.text))
        tiers = Set(lists.tiers.map(\.name.text))
        clients = NameTable(lists.clients.map(\.name.text))
    }
}
