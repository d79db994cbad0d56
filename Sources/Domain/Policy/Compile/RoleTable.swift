/// Roles with all their ancestors, and the sets of roles that clients have, each once.
struct RoleTable: Sendable {
    let names: [Name<Role>]
    let numbers: NameTable
    /// Row n < `names.count` is role n with its ancestors; rows of several roles follow.
    private(set) var sets: NumberSets
    private var known = RowTable()

    /// For roles without cycles whose parents are known.
    init(_ roles: [Role], numbers: NameTable) {
        names = roles.map(\.name)
        self.numbers = numbers
        sets = NumberSets(below: roles.count)
        let parents = roles.map { role in role.parents.compactMap { numbers[$0.text].map(Int.init) } }
        for role in roles.indices {
            _ = sets.append()
            sets.insert(role, in: role)
        }
        var isDone = [Bool](repeating: false, count: roles.count)
        for root in roles.indices where !isDone[root] {
            var stack = [root]
            while let role = stack.last {
                let open = parents[role].filter { !isDone[$0] }
                if open.isEmpty {
                    for parent in parents[role] { sets.formUnion(parent, in: role) }
                    isDone[role] = true
                    stack.removeLast()
                } else {
                    stack += open
                }
            }
        }
    }

    /// The row for some roles with all their ancestors.
    mutating func set(of roles: [Name<Role>]) -> UInt32 {
        var members: [UInt32] = []
        for role in roles { if let number = numbers[role.text] { members.append(number) } }
        if members.count == 1 { return members[0] }
        members.sort()
        if let row = known[members] { return row }
        let row = sets.append()
        for member in members { sets.formUnion(Int(member), in: row) }
        known[members] = UInt32(row)
        return UInt32(row)
    }

    /// Some roles with all their ancestors as a row of bits; names that are unknown give nothing.
    func bits(of roles: [Name<Role>]) -> [UInt64] {
        var bits = [UInt64](repeating: 0, count: sets.width)
        for role in roles {
            guard let number = numbers[role.text] else { continue }
            for word in bits.indices { bits[word] |= sets.words[Int(number) * sets.width + word] }
        }
        return bits
    }

    /// Forgets what only compiling needs.
    mutating func seal() { known = RowTable() }
}
