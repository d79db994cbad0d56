/// Roles with all their ancestors, and the sets of roles that clients have, each once.
struct RoleTable: Sendable {
    let names: [Name<Role>]
    let numbers: NameTable
    /// Ascending roles, because most callers have few of many. Row n < `names.count` is role n with its ancestors; rows
    /// of several roles follow.
    private var rows = NumberRows()
    private var known = RowTable()

    /// For roles without cycles whose parents are known.
    init(_ roles: [Role], numbers: NameTable) {
        names = roles.map(\.name)
        self.numbers = numbers
        let parents = roles.map { role in role.parents.compactMap { numbers[$0.text].map(Int.init) } }
        var closures = [[UInt32]?](repeating: nil, count: roles.count)
        for root in roles.indices where closures[root] == nil {
            var stack = [root]
            while let role = stack.last {
                let open = parents[role].filter { closures[$0] == nil }
                guard open.isEmpty else {
                    stack += open
                    continue
                }
                var all = parents[role].flatMap { closures[$0] ?? [] } + [UInt32(role)]
                closures[role] = Self.distinct(&all)
                stack.removeLast()
            }
        }
        for closure in closures { rows.append(closure ?? []) }
    }

    /// The roles of all rows, one row after the other.
    var members: [UInt32] { rows.members }

    /// The row for some roles, ascending, with all their ancestors.
    mutating func row(of roles: [UInt32]) -> UInt32 {
        if roles.count == 1 { return roles[0] }
        if let row = known.row(of: roles) { return row }
        let row = UInt32(rows.count)
        var all: [UInt32] = []
        for role in roles { for index in range(Int(role)) { all.append(rows.members[index]) } }
        rows.append(Self.distinct(&all))
        known.insert(row, for: roles)
        return row
    }

    func range(_ row: Int) -> Range<Int> { rows.range(row) }

    func roleSet(_ row: Int) -> RoleSet { RoleSet(range(row), of: rows.members.span) }

    /// For each row whether it has any of some roles.
    func rows(with roles: [UInt32]) -> [Bool] {
        var isWanted = [Bool](repeating: false, count: names.count)
        for role in roles { isWanted[Int(role)] = true }
        let members = rows.members.span
        return (0..<rows.count).map { row in
            for index in rows.range(row) where isWanted[Int(members[index])] { return true }
            return false
        }
    }

    func contains(_ role: Int, in row: Int) -> Bool { members[range(row)].contains(UInt32(role)) }

    /// Some roles with all their ancestors, ascending; names that are unknown give nothing.
    func members(of roles: some Sequence<String>) -> [UInt32] {
        var all = roles.compactMap { numbers[$0] }.flatMap { members[range(Int($0))] }
        return Self.distinct(&all)
    }

    /// Forgets what only compiling needs.
    mutating func seal() { known = RowTable() }

    /// Sorts numbers, and leaves each once.
    private static func distinct(_ numbers: inout [UInt32]) -> [UInt32] {
        numbers.sort()
        var kept: [UInt32] = []
        kept.reserveCapacity(numbers.count)
        for number in numbers where number != kept.last { kept.append(number) }
        return kept
    }
}
