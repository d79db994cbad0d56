import Domain

extension Rule {
    /// `role user, permission 2: allow GET, PUT /users/{id} if {id} is sub`
    var text: String { "role \(role), permission \(position + 1): \(permission.text)" }

    var tree: PolicyTree {
        .map([
            .init("role", .text(role.text)), .init("permission", .integer(position + 1)),
            .init("conditions", .list(permission.conditions.map(\.tree))),
        ])
    }
}

extension Permission {
    var text: String {
        let what = "\(effect.name) \(methods.listed) \(pattern)"
        return conditions.isEmpty ? what : what + " if " + conditions.map(\.words).joined(separator: " and ")
    }
}

extension Access {
    func text(_ snapshot: PolicySnapshot) -> String {
        let ways = ways.map { snapshot.rule($0).text }.joined(separator: "; or ")
        guard !exceptions.isEmpty else { return ways }
        return ways + "; unless " + exceptions.map { snapshot.rule($0).text }.joined(separator: "; or ")
    }

    func members(_ snapshot: PolicySnapshot) -> [PolicyTree.Member] {
        [
            .init("ways", .list(ways.map { snapshot.rule($0).tree })),
            .init("unless", .list(exceptions.map { snapshot.rule($0).tree })),
        ]
    }
}
