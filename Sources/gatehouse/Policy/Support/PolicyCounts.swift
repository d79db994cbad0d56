import Domain

/// How many items of each kind a policy has.
struct PolicyCounts {
    private let counts: [(name: String, count: Int)]

    init(_ policy: Policy) {
        var found: [ItemKind: Int] = [:]
        for key in policy.items.keys { found[key.kind, default: 0] += 1 }
        counts = PolicyDocument.sections.filter { $0.kind != .settings }.map { ($0.name, found[$0.kind] ?? 0) }
    }

    var tree: PolicyTree { .map(counts.map { .init($0.name, .integer($0.count)) }) }

    /// `3 scopes, 2 tiers, …`, without those that there are none of.
    var text: String {
        let parts = counts.filter { $0.count > 0 }.map {
            "\($0.count) \($0.count == 1 ? String($0.name.dropLast()) : $0.name)"
        }
        return parts.isEmpty ? "nothing in it" : parts.joined(separator: ", ")
    }
}
