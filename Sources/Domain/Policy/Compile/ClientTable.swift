/// What a decision needs to know of each client, in the order of names.
struct ClientTable: Sendable {
    struct Record: Sendable, BitwiseCopyable {
        /// `Timestamp.distantFuture` for never.
        var expires: Timestamp
        var roles: UInt32
        var scopes: UInt32
        var isSuspended: Bool
    }

    let records: [Record]
    let numbers: NameTable
    /// The allowed scopes, by `Record.scopes`.
    let scopes: NumberSets
    /// What a request without credentials has.
    let anonymousRoles: UInt32
    let anonymousMayCall: Bool

    init(_ lists: PolicyLists, _ numbers: PolicyNumbers, _ roles: inout RoleTable) {
        self.numbers = numbers.clients
        var scopes = NumberSets(below: lists.scopes.count)
        var known = RowTable()
        var records: [Record] = []
        records.reserveCapacity(lists.clients.count)
        for client in lists.clients {
            var members: [UInt32] = []
            for scope in client.scopes { if let number = numbers.scopes[scope.text] { members.append(number) } }
            members.sort()
            let row: UInt32
            if let found = known[members] {
                row = found
            } else {
                row = UInt32(scopes.append())
                for member in members { scopes.insert(Int(member), in: Int(row)) }
                known[members] = row
            }
            records.append(
                Record(
                    expires: client.expires ?? .distantFuture, roles: roles.set(of: client.roles), scopes: row,
                    isSuspended: client.status == .suspended))
        }
        self.records = records
        self.scopes = scopes
        anonymousRoles = roles.set(of: lists.settings.anonymousRoles)
        anonymousMayCall = !lists.settings.anonymousRoles.isEmpty
        roles.seal()
    }
}
