extension Role {
    package static let fields: [ItemField<Role>] = [
        ItemField("note", TreeForm.text, "who should have it") { .filled($0.note) },
        ItemField("parents", "a list of roles", "whose permissions it has too") { .filled($0.parents) },
        ItemField("permissions", "a list of permissions", "what it may do, and what it may not") { role in
            .filled(role.permissions.map(\.tree))
        },
    ]

    init(_ name: Name<Role>, reading reader: inout TreeReader) {
        self.init(name: name)
        note = reader.text("note") ?? note
        parents = reader.names("parents") ?? parents
        permissions = reader.elements("permissions", unique: false) { Permission(tree: $0, reader: &$1) } ?? []
    }
}

extension Permission {
    package static let fields: [ItemField<Permission>] =
        Effect.allCases.map { effect in
            ItemField(
                effect.name, TreeForm.methods,
                effect == .allow
                    ? "the methods that it allows" : "the methods that it denies, whatever else allows them"
            ) {
                $0.effect == effect ? .methods($0.methods) : nil
            }
        } + [
            ItemField("path", TreeForm.path, "the paths that it is about", isRequired: true) {
                .text($0.pattern.text)
            },
            ItemField("conditions", "a list of conditions", "what must hold, all of it") {
                .filled($0.conditions.map(\.tree))
            },
        ]

    package var tree: PolicyTree { .fields(of: self, Self.fields, .full) }

    /// Reads a permission; nil with problems noted when it is none.
    package init?(tree: PolicyTree, reader: inout TreeReader) {
        let permission = reader.fields(of: tree, known: Self.fields.map(\.name)) { reader -> Permission? in
            let sets = Effect.allCases.map { ($0, reader.methods($0.name)) }
            let pattern = reader.pattern("path")
            let conditions = reader.elements("conditions", unique: false) { Condition(tree: $0, reader: &$1) } ?? []
            let effects = Effect.allCases.filter { reader.has($0.name) }
            guard effects.count == 1 else {
                reader.reportHere(
                    effects.isEmpty
                        ? "says neither allow nor deny; write “allow: [GET]”, with the methods"
                        : "says both allow and deny; make two permissions of it")
                return nil
            }
            reader.reportMissing("path", TreeForm.path)
            guard let pattern, let (effect, methods) = sets.first(where: { $0.1 != nil }), let methods else {
                return nil
            }
            return Permission(effect: effect, methods: methods, pattern: pattern, conditions: conditions)
        }
        guard let permission else { return nil }
        self = permission
    }
}
