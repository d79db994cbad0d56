/// An item as a form edits it: its fields as people write them, whether they make sense yet or not.
package struct ItemDraft: Hashable, Sendable {
    package private(set) var kind: ItemKind
    /// What is there already; nil for a new item.
    package let original: PolicyItem?
    package private(set) var fields: [DraftField]
    private let initialFields: [DraftField]
    private(set) var permissionLines = PermissionLines()

    /// A draft of what is there, or of a new item, which has a field for its name; of a new client it says when it was
    /// made, where `now` is given.
    package init(_ kind: ItemKind, item: PolicyItem? = nil, now: Timestamp? = nil) {
        self.kind = kind
        let original = item?.key.kind == kind ? item : nil
        self.original = original
        var members = Self.members(of: original ?? (kind == .settings ? .settings(PolicySettings()) : nil))
        if original == nil {
            for (id, text) in Self.standards(of: kind) { members[id] = .text(text) }
            if kind == .client, let now { members["created"] = .filled(now.rounded(downToSeconds: 1)) }
        }
        var fields = Self.emptyFields(of: kind)
        for index in fields.indices {
            fields[index].content = fields[index].shape.content(of: members[fields[index].id], in: original)
        }
        if original == nil, kind != .settings { fields.insert(Self.nameField(of: kind), at: 0) }
        self.fields = fields
        initialFields = fields
        if case .role(let role)? = original { permissionLines = PermissionLines(role.permissions) }
    }

    /// Writes another item's fields over those of the draft, as a suggestion to change or to apply.
    package mutating func fill(from item: PolicyItem) {
        guard item.key.kind == kind else { return }
        let members = Self.members(of: item)
        for index in fields.indices where fields[index].shape != .name {
            fields[index].content = fields[index].shape.content(of: members[fields[index].id], in: item)
        }
        if case .role(let role) = item { permissionLines = PermissionLines(role.permissions) }
        if original == nil, kind != .settings { self[Self.nameID] = item.key.name }
    }

    private static func members(of item: PolicyItem?) -> [String: PolicyTree] {
        guard case .map(let given) = item?.tree(.full).content else { return [:] }
        return Dictionary(given.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// What a new item says where nobody wrote anything: the defaults, for those to see who fill in the form.
    private static func standards(of kind: ItemKind) -> [(id: String, text: String)] {
        switch kind {
        case .client: [("status", Client.Status.active.name)]
        case .route: [("classification", Classification.internal.name), ("cost", "1")]
        case .quota: [("key", Quota.Key.client.name), ("on_counter_failure", Quota.CounterFailure.refuse.name)]
        case .settings, .scope, .role, .tier, .operator: []
        }
    }

    /// What the item is called, as far as it is typed.
    package var name: String {
        switch original {
        case .some(let item): item.key.name
        case nil: kind == .settings ? ItemKey.settings.name : self[Self.nameID]
        }
    }

    /// A field's text, lines with line feeds between them; empty where there is no such field.
    package subscript(id: String) -> String {
        get { fields.first { $0.id == id }?.text ?? "" }
        set {
            guard let index = fields.firstIndex(where: { $0.id == id }) else { return }
            switch fields[index].content {
            case .line: fields[index].content = .line(newValue)
            case .lines:
                let lines = newValue.split(separator: "\n", omittingEmptySubsequences: false)
                replaceLines(of: id, with: newValue.isEmpty ? [] : lines.map(String.init))
            }
        }
    }

    /// Puts lines into a field that has lines.
    package mutating func replaceLines(of id: String, with lines: [String]) {
        guard let index = fields.firstIndex(where: { $0.id == id }), case .lines = fields[index].content else { return }
        fields[index].content = .lines(lines)
        if fields[index].shape == .permissions { permissionLines.replace(with: lines) }
    }

    /// A role's permissions as far as they can be read.
    package var permissions: [Permission] { permissionLines.permissions }

    package var hasChanges: Bool { fields != initialFields }

    package func hasChanges(in id: String) -> Bool {
        fields.first { $0.id == id } != initialFields.first { $0.id == id }
    }

    /// The item that the fields stand for; throws all that is wrong in them.
    package func item() throws(TreeProblems) -> PolicyItem {
        let (item, problems) = reading()
        guard let item, problems.isEmpty else { throw TreeProblems(problems) }
        return item
    }

    /// What is wrong, each with its field: `limit`, or `permissions[2]`, lines counted from 0, with the column as the
    /// place where it is known.
    package var problems: [TreeProblem] { reading().problems }

    /// What the draft does to the policy; nil while something is wrong, and when nothing changes.
    package var edit: PolicyEdit? {
        guard let item = reading().item, item != original else { return nil }
        return PolicyEdit(key: item.key, before: original, after: item)
    }
}
