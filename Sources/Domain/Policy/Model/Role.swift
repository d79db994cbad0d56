/// A named set of permissions, with parents whose permissions it has too.
package struct Role: Hashable, Sendable, NamedThing {
    package static var kind: ItemKind { .role }

    package var name: Name<Role>
    package var note: String
    package var parents: [Name<Role>]
    package var permissions: [Permission]

    package init(
        name: Name<Role>, note: String = "", parents: [Name<Role>] = [], permissions: [Permission] = []
    ) {
        self.name = name
        self.note = note
        self.parents = parents
        self.permissions = permissions
    }
}

/// That some methods on some paths are allowed, or denied, while all conditions hold.
package struct Permission: Hashable, Sendable {
    package enum Effect: UInt8, CaseIterable, Sendable, BitwiseCopyable {
        case allow
        case deny

        package var name: String {
            switch self {
            case .allow: "allow"
            case .deny: "deny"
            }
        }
    }

    package var effect: Effect
    package var methods: MethodSet
    package var pattern: RoutePattern
    /// All must hold.
    package var conditions: [Condition]

    package init(
        effect: Effect = .allow, methods: MethodSet, pattern: RoutePattern, conditions: [Condition] = []
    ) {
        self.effect = effect
        self.methods = methods
        self.pattern = pattern
        self.conditions = conditions
    }
}
