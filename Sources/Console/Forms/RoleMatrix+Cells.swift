import Domain

extension RoleMatrix {
    /// What a cell says.
    struct Cell: Hashable, Sendable {
        let verdict: Entitlement.Verdict
        /// Whether the role has it from its ancestors.
        let isInherited: Bool
        let isChanged: Bool
    }

    /// The cells of some roles and routes, by row and column; each role's own say is worked out once.
    func cells(rows: Range<Int>, columns: Range<Int>) -> [[Cell]] {
        var cells: [[Cell]] = Array(repeating: [], count: rows.count)
        let lineages = rows.map { lineage(of: $0) }
        for column in columns {
            let route = routes[column]
            var known: [Entitlement?] = Array(repeating: nil, count: roles.count)
            for (line, row) in rows.enumerated() {
                var whole = Entitlement()
                for role in lineages[line] {
                    let say = known[role] ?? Entitlement(roles[role].permissions, on: route)
                    known[role] = say
                    whole.formUnion(say)
                }
                let verdict = whole.verdict(for: route.methods)
                let own = known[row]?.verdict(for: route.methods) ?? .none
                cells[line].append(
                    Cell(
                        verdict: verdict, isInherited: verdict != .none && own != verdict,
                        isChanged: isChanged(row: row, column: column)))
            }
        }
        return cells
    }

    /// A role and its ancestors, nearest first.
    func lineage(of row: Int) -> [Int] {
        var lineage = [row]
        var seen: Set = [row]
        var next = 0
        while next < lineage.count {
            for parent in roles[lineage[next]].parents {
                guard let index = roleIndices[parent.text], seen.insert(index).inserted else { continue }
                lineage.append(index)
            }
            next += 1
        }
        return lineage
    }

    /// Why a cell is what it is, permission by permission, the role's own first.
    func reasons(row: Int, column: Int) -> [EffectivePermission] {
        let route = routes[column]
        var found: [EffectivePermission] = []
        for role in lineage(of: row) {
            for permission in roles[role].permissions where Entitlement([permission], on: route) != Entitlement() {
                let source = role == row ? nil : roles[role].name.text
                found.append(EffectivePermission(permission: permission, source: source))
                if found.count == 20 { return found }
            }
        }
        return found
    }
}
