/// Roles with all their ancestors, and the sets of roles that clients have, each once.
struct RoleTable: Sendable {
    let names: [Name<Role>]
    let numbers: NameTable
    /// The roles of all rows, one row after the other, each ascending: most callers have few of many roles.
    private(set) var members: [UInt32] = []
    /// Row n lies from `bounds[n]` up to `bounds[n + 1]`. Row n < `names.count` is role n with its ancestors; rows of
    /// several roles follow.
    private(set) var bounds: [UInt32] = [0]
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
                closures[role] = Self.union(parents[role].compactMap { closures[$0] } + [[UInt32(role)]])
                stack.removeLast()
            }
        }
        for closure in closures { append(closure ?? []) }
    }

    /// The row for some roles with all their ancestors.
    mutating func set(of roles: [Name<Role>]) -> UInt32 {
        var given: [UInt32] = []
        for role in roles { if let number = numbers[role.text] { given.append(number) } }
        if given.count == 1 { return given[0] }
        given.sort()
        if let row = known[given] { return row }
        let row = UInt32(bounds.count - 1)
        let start = members.count
        for role in given { for index in range(Int(role)) { members.append(members[index]) } }
        members[start...].sort()
        var end = start
        for index in start..<members.count where end == start || members[index] != members[end - 1] {
            members[end] = members[index]
            end += 1
        }
        members.removeSubrange(end...)
        bounds.append(UInt32(members.count))
        known[given] = row
        return row
    }

    func range(_ row: Int) -> Range<Int> { Int(bounds[row])..<Int(bounds[row + 1]) }

    func roleSet(_ row: Int) -> RoleSet { RoleSet(range(row), of: members.span) }

    func contains(_ role: Int, in row: Int) -> Bool { members[range(row)].contains(UInt32(role)) }

    /// Some roles with all their ancestors, ascending; names that are unknown give nothing.
    func members(of roles: some Sequence<String>) -> [UInt32] {
        Self.union(roles.compactMap { numbers[$0] }.map { Array(members[range(Int($0))]) })
    }

    /// Forgets what only compiling needs.
    mutating func seal() { known = RowTable() }

    private mutating func append(_ row: [UInt32]) {
        members += row
        bounds.append(UInt32(members.count))
    }

    private static func union(_ lists: [[UInt32]]) -> [UInt32] {
        var all = lists.flatMap(\.self)
        all.sort()
        var kept: [UInt32] = []
        for member in all where member != kept.last { kept.append(member) }
        return kept
    }
}
