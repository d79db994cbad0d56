/// What a decision needs to know of each client, in the order of names.
struct ClientTable: Sendable {
    struct Record: Sendable, BitwiseCopyable {
        /// `Timestamp.distantFuture` for never.
        var expires: Timestamp
        var roles: UInt32
        var scopes: UInt32
        var isSuspended: Bool
    }

    /// Stands for the row of requests without credentials.
    static let noScopes = UInt32.max

    let records: [Record]
    let lines: ClientLines
    let numbers: NameTable
    /// The allowed scopes, by `Record.scopes`.
    let scopes: NumberSets
    /// What a request without credentials has.
    let anonymousLine: ClientLine
    let anonymousRoles: UInt32
    let anonymousMayCall: Bool

    init(_ lists: PolicyLists, _ numbers: PolicyNumbers, _ roles: inout RoleTable) {
        self.numbers = numbers.clients
        var scopes = NumberSets(below: lists.scopes.count)
        // Of each row, nil where it has more than a few.
        var fewScopes: [FewNumbers?] = []
        var known = RowTable()
        var records: [Record] = []
        records.reserveCapacity(lists.clients.count)
        var members: [UInt32] = []
        for client in lists.clients.indices {
            numbers.clientScopes.sort(client, into: &members)
            let row: UInt32
            if let found = known.row(of: members) {
                row = found
            } else {
                row = UInt32(scopes.append())
                for member in members { scopes.insert(Int(member), in: Int(row)) }
                fewScopes.append(FewNumbers(members))
                known.insert(row, for: members)
            }
            numbers.clientRoles.sort(client, into: &members)
            records.append(
                Record(
                    expires: lists.clients[client].expires ?? .distantFuture, roles: roles.row(of: members),
                    scopes: row, isSuspended: lists.clients[client].status == .suspended))
        }
        self.scopes = scopes
        anonymousRoles = roles.row(of: lists.settings.anonymousRoles.compactMap { numbers.roles[$0.text] }.sorted())
        anonymousMayCall = !lists.settings.anonymousRoles.isEmpty
        roles.seal()
        var lines: [ClientLine] = []
        lines.reserveCapacity(records.count)
        for record in records {
            lines.append(
                ClientLine(record, roles: roles.roleSet(Int(record.roles)), scopes: fewScopes[Int(record.scopes)]))
        }
        self.records = records
        self.lines = ClientLines(lines)
        anonymousLine = ClientLine(
            Record(expires: .distantFuture, roles: anonymousRoles, scopes: Self.noScopes, isSuspended: false),
            roles: roles.roleSet(Int(anonymousRoles)), scopes: FewNumbers())
    }
}
