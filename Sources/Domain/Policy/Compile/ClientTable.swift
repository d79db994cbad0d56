/// What a decision needs to know of each client, in the order of names.
struct ClientTable: Sendable {
    struct Record: Sendable, BitwiseCopyable {
        /// `Timestamp.distantFuture` for never.
        var expires: Timestamp
        var roles: UInt32
        var scopes: UInt32
        var isSuspended: Bool
    }

    /// The same, and more, for decisions: all in one place, since the next request is by any of many clients.
    struct Line: Sendable, BitwiseCopyable {
        let expires: Timestamp
        let roles: RoleSet
        /// The row of its allowed scopes.
        let scopes: UInt32
        let isSuspended: Bool
    }

    /// Stands for the row of requests without credentials.
    static let noScopes = UInt32.max

    let records: [Record]
    let lines: [Line]
    let numbers: NameTable
    /// The allowed scopes, by `Record.scopes`.
    let scopes: NumberSets
    /// What a request without credentials has.
    let anonymousLine: Line
    let anonymousRoles: UInt32
    let anonymousMayCall: Bool

    init(_ lists: PolicyLists, _ numbers: PolicyNumbers, _ roles: inout RoleTable) {
        self.numbers = numbers.clients
        var scopes = NumberSets(below: lists.scopes.count)
        var known = RowTable()
        var records: [Record] = []
        records.reserveCapacity(lists.clients.count)
        known.reserveCapacity(lists.clients.count)
        var members: [UInt32] = []
        for client in lists.clients {
            members.removeAll(keepingCapacity: true)
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
        self.scopes = scopes
        anonymousRoles = roles.set(of: lists.settings.anonymousRoles)
        anonymousMayCall = !lists.settings.anonymousRoles.isEmpty
        roles.seal()
        var lines: [Line] = []
        lines.reserveCapacity(records.count)
        for record in records {
            lines.append(
                Line(
                    expires: record.expires, roles: roles.roleSet(Int(record.roles)), scopes: record.scopes,
                    isSuspended: record.isSuspended))
        }
        self.records = records
        self.lines = lines
        anonymousLine = Line(
            expires: .distantFuture, roles: roles.roleSet(Int(anonymousRoles)), scopes: Self.noScopes,
            isSuspended: false)
    }
}
