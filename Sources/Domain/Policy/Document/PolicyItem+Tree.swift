extension PolicyItem {
    /// The item's fields, without its name.
    package func tree(_ length: PolicyTree.Length = .full) -> PolicyTree {
        switch self {
        case .settings(let settings): .fields(of: settings, PolicySettings.fields, length)
        case .scope(let scope): .fields(of: scope, Scope.fields, length)
        case .role(let role): .fields(of: role, Role.fields, length)
        case .route(let route): .fields(of: route, Route.fields, length)
        case .tier(let tier): .fields(of: tier, Tier.fields, length)
        case .quota(let quota): .fields(of: quota, Quota.fields, length)
        case .client(let client): .fields(of: client, Client.fields, length)
        case .operator(let person): .fields(of: person, Operator.fields, length)
        }
    }

    /// The canonical JSON that is stored, hashed and audited: all fields in a fixed order.
    package var json: String { tree(.full).json }

    /// Reads an item's fields; throws everything that is wrong in them.
    package init(_ kind: ItemKind, named name: String, tree: PolicyTree) throws(TreeProblems) {
        var reader = TreeReader()
        let item = PolicyItem(kind, named: name, tree: tree, place: nil, reader: &reader)
        guard let item, reader.problems.isEmpty else { throw TreeProblems(reader.problems) }
        self = item
    }

    /// Reads an item from its canonical JSON.
    package init(_ kind: ItemKind, named name: String, json: some Sequence<UInt8>) throws {
        try self.init(kind, named: name, tree: PolicyTree(parsingJSON: json))
    }

    /// The same as part of something larger; `place` is where the name stands.
    init?(
        _ kind: ItemKind, named name: String, tree: PolicyTree, place: PolicyTree.Place?, reader: inout TreeReader
    ) {
        let before = reader.problems.count
        func named<Thing: NamedThing>(_: Thing.Type, _ reader: inout TreeReader) -> Name<Thing>? {
            do {
                return try Name(name)
            } catch {
                reader.report("\(error)", at: place ?? tree.place)
                return nil
            }
        }
        func read<Thing: NamedThing>(
            _ fields: [ItemField<Thing>], _ make: (Name<Thing>, inout TreeReader) -> Thing?
        ) -> Thing? {
            let name = named(Thing.self, &reader)
            return reader.fields(of: tree, known: fields.map(\.name)) { reader in
                for field in fields where field.isRequired { reader.reportMissing(field.name, field.form) }
                guard let name else { return nil }
                return make(name, &reader)
            }
        }
        let item: PolicyItem?
        switch kind {
        case .settings:
            item = reader.fields(of: tree, known: PolicySettings.fields.map(\.name)) {
                .settings(PolicySettings(reading: &$0))
            }
        case .scope: item = read(Scope.fields) { Scope($0, reading: &$1) }.map { .scope($0) }
        case .role: item = read(Role.fields) { Role($0, reading: &$1) }.map { .role($0) }
        case .route: item = read(Route.fields) { Route($0, reading: &$1) }.map { .route($0) }
        case .tier: item = read(Tier.fields) { Tier($0, reading: &$1) }.map { .tier($0) }
        case .quota: item = read(Quota.fields) { Quota($0, reading: &$1) }.map { .quota($0) }
        case .client: item = read(Client.fields) { Client($0, reading: &$1) }.map { .client($0) }
        case .operator: item = read(Operator.fields) { Operator($0, reading: &$1) }.map { .operator($0) }
        }
        // An item with a wrong field in it is no item: its default would stand for what was meant.
        guard let item, reader.problems.count == before else { return nil }
        self = item
    }
}
