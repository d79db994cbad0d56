/// Where the items that others refer to stand in the lists.
struct PolicyNumbers {
    let scopes: NameTable
    let roles: NameTable
    let tiers: Set<String>
    let clients: NameTable
    /// What each client names, in its own order: there are many clients, so each name is looked up once.
    let clientRoles: NumberRows
    let clientScopes: NumberRows

    /// Stands for a name of nothing.
    static let unknown = UInt32.max

    init(_ lists: PolicyLists) {
        scopes = NameTable(lists.scopes.map(\.name.text))
        roles = NameTable(lists.roles.map(\.name.text))
        tiers = Set(lists.tiers.map(\.name.text))
        clients = NameTable(lists.clients.map(\.name.text))
        var (clientRoles, clientScopes) = (NumberRows(), NumberRows())
        clientRoles.reserveCapacity(lists.clients.count, each: 2)
        clientScopes.reserveCapacity(lists.clients.count, each: 4)
        for index in lists.clients.indices {
            for role in lists.clients[index].roles { clientRoles.add(roles[role.text] ?? Self.unknown) }
            clientRoles.endRow()
            for scope in lists.clients[index].scopes { clientScopes.add(scopes[scope.text] ?? Self.unknown) }
            clientScopes.endRow()
        }
        self.clientRoles = clientRoles
        self.clientScopes = clientScopes
    }
}
