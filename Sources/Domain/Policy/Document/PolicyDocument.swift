/// A policy as a file has it: sections of items by name, some of them maybe left out.
package struct PolicyDocument: Equatable, Sendable {
    /// A section holds all items of a kind; the settings are a section of one.
    package struct Section: Sendable {
        package let name: String
        package let kind: ItemKind
    }

    /// In the order in which they are written: what is named comes before what names it.
    package static let sections: [Section] = [
        Section(name: "settings", kind: .settings), Section(name: "scopes", kind: .scope),
        Section(name: "tiers", kind: .tier), Section(name: "quotas", kind: .quota),
        Section(name: "roles", kind: .role), Section(name: "routes", kind: .route),
        Section(name: "clients", kind: .client), Section(name: "operators", kind: .operator),
    ]

    /// The version that the file was made of; nil when it doesn't say.
    package let base: DocumentBase?
    /// The kinds that the file speaks of. It leaves all others as they are.
    package let kinds: Set<ItemKind>
    package let items: [PolicyItem]
    /// Where each item's name stands.
    package let places: [ItemKey: PolicyTree.Place]

    /// Reads a file's tree; throws everything that is wrong in it, in the order of its lines.
    package init(_ tree: PolicyTree) throws(TreeProblems) {
        var reader = TreeReader()
        var base: DocumentBase?
        var kinds: Set<ItemKind> = []
        var items: [PolicyItem] = []
        var places: [ItemKey: PolicyTree.Place] = [:]
        _ = reader.fields(of: tree, known: [DocumentBase.field] + Self.sections.map(\.name)) { reader -> Void? in
            base = DocumentBase(reading: &reader)
            for section in Self.sections {
                reader.section(section) { tree, reader in
                    kinds.insert(section.kind)
                    if section.kind == .settings {
                        let item = PolicyItem(.settings, named: "policy", tree: tree, place: nil, reader: &reader)
                        if let item { items.append(item) }
                        return
                    }
                    reader.items(of: section.kind, in: tree) { item, place in
                        items.append(item)
                        places[item.key] = place
                    }
                }
            }
            return ()
        }
        guard reader.problems.isEmpty else {
            reader.sortProblems()
            throw TreeProblems(reader.problems)
        }
        self.base = base
        self.kinds = kinds
        self.items = items
        self.places = places
    }

    /// The policy after the file: each of its sections in the place of all items of that kind.
    ///
    /// When a client was made isn't a thing that people write; a file that doesn't say leaves it as it is.
    package func applied(to policy: Policy) -> Policy {
        var next = policy
        for key in policy.items.keys where kinds.contains(key.kind) { next[key] = nil }
        for item in items {
            guard case .client(var client) = item, client.created == nil, case .client(let old)? = policy[item.key]
            else {
                next.put(item)
                continue
            }
            client.created = old.created
            next.put(.client(client))
        }
        return next
    }

    /// The whole of a policy, every section, in the order of names; first what it was made of, if that is given.
    package static func tree(of policy: Policy, base: DocumentBase? = nil) -> PolicyTree {
        let head = base.map { [PolicyTree.Member(DocumentBase.field, $0.tree)] } ?? []
        return .map(
            head
                + sections.map { section in
                    guard section.kind != .settings else {
                        return .init(section.name, PolicyItem.settings(policy.settings).tree(.brief))
                    }
                    let items = policy.items.filter { $0.key.kind == section.kind }.sorted { $0.key.name < $1.key.name }
                    return .init(section.name, .map(items.map { .init($0.key.name, $0.value.tree(.brief)) }))
                })
    }
}

extension TreeReader {
    /// Reads a section if it is there. One without a value is a problem: whether it was meant to be empty is a guess
    /// that could remove everything.
    fileprivate mutating func section(
        _ section: PolicyDocument.Section, _ body: (PolicyTree, inout TreeReader) -> Void
    ) {
        if let empty = member(section.name), case .nothing = empty.value.content {
            report(
                on: section.name,
                "is empty; write {} to "
                    + (section.kind == .settings ? "go back to what holds at first" : "remove all \(section.name)")
                    + ", or leave it out to keep what there is")
            return
        }
        _ = field(section.name) { tree, reader -> Void? in body(tree, &reader) }
    }

    fileprivate mutating func items(
        of kind: ItemKind, in tree: PolicyTree, _ take: (PolicyItem, PolicyTree.Place?) -> Void
    ) {
        guard case .map(let members) = tree.content else {
            report("must hold “name:” lines, each with the fields of a \(kind.rawValue) below it", at: tree.place)
            return
        }
        var names: Set<String> = []
        for member in members {
            inside(member.name) { reader in
                guard names.insert(member.name).inserted else {
                    return reader.report("stands here twice; take one out", at: member.place)
                }
                let value = PolicyTree(member.value.content, place: member.value.place ?? member.place)
                let item = PolicyItem(kind, named: member.name, tree: value, place: member.place, reader: &reader)
                if let item { take(item, member.place) }
            }
        }
    }
}
