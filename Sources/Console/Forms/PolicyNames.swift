import Domain

/// The names of a policy by kind, in order. All that a policy has are put in order before it comes to the console, so that
/// no key waits for that; those of another policy are when they are asked for.
package struct PolicyNames: Sendable {
    /// The policy that the names are of.
    private(set) var policy: Policy?
    private var tables: [ItemKind: NameTable] = [:]
    private var paths: NameTable?

    init() {}

    init(_ policy: Policy) {
        self.policy = policy
        for kind in ItemKind.allCases { tables[kind] = Self.table(kind, of: policy) }
        paths = Self.paths(of: policy)
    }

    /// The same storage is equal at once; another policy is compared item by item, which is rare.
    private mutating func follow(_ policy: Policy) {
        guard self.policy != policy else { return }
        self.policy = policy
        tables = [:]
        paths = nil
    }

    private static func table(_ kind: ItemKind, of policy: Policy) -> NameTable {
        NameTable(policy.items.keys.lazy.filter { $0.kind == kind }.map(\.name))
    }

    private static func paths(of policy: Policy) -> NameTable { NameTable(Set(policy.routes.map(\.pattern.text))) }

    mutating func table(_ kind: ItemKind, in policy: Policy) -> NameTable {
        follow(policy)
        if let table = tables[kind] { return table }
        let table = Self.table(kind, of: policy)
        tables[kind] = table
        return table
    }

    /// The paths of all routes.
    mutating func routePaths(in policy: Policy) -> NameTable {
        follow(policy)
        if let paths { return paths }
        let table = Self.paths(of: policy)
        paths = table
        return table
    }
}
