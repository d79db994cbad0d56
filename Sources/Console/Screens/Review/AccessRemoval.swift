import Domain

/// What takes permissions from roles, and scopes from clients, in one change.
enum AccessRemoval {
    /// Made on the policy as it is now: what isn't there any more is left out.
    static func edits(of things: [UsageReport.Row.Thing], in policy: Policy) -> [PolicyEdit] {
        var items: [ItemKey: PolicyItem] = [:]
        for case .permission(let name, let index, let text) in things.sorted(by: lastFirst) {
            guard let key = ItemKey(text: "role/\(name)"), case .role(var role)? = items[key] ?? policy[key] else {
                continue
            }
            guard let place = place(of: text, near: index, in: role.permissions) else { continue }
            role.permissions.remove(at: place)
            items[key] = .role(role)
        }
        for case .scope(let name, let scope) in things {
            guard let key = ItemKey(text: "client/\(name)"), case .client(var client)? = items[key] ?? policy[key]
            else {
                continue
            }
            guard client.scopes.contains(where: { $0.text == scope }) else { continue }
            client.scopes.removeAll { $0.text == scope }
            items[key] = .client(client)
        }
        return items.map { PolicyEdit(key: $0, before: policy[$0], after: $1) }.sorted { $0.key < $1.key }
    }

    /// Within a role the last is removed first, so that the places of the others stay.
    private static func lastFirst(_ left: UsageReport.Row.Thing, _ right: UsageReport.Row.Thing) -> Bool {
        guard case .permission(_, let first, _) = left, case .permission(_, let second, _) = right else { return false }
        return first > second
    }

    /// Where it stood, or where others moved it.
    static func place(of text: String, near index: Int, in permissions: [Permission]) -> Int? {
        if permissions.indices.contains(index), PermissionText.text(of: permissions[index]) == text { return index }
        return permissions.firstIndex { PermissionText.text(of: $0) == text }
    }
}
