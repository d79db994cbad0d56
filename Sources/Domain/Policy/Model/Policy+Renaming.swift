// Names that only the policy uses can change; what logs, tokens and the trail know stays.

/// Why an item doesn't get another name.
package enum RenamingError: Error, Hashable, Sendable, CustomStringConvertible {
    case name(NameError)
    case taken(ItemKey)
    case unchanged
    /// It keeps its name for good; says what to do instead.
    case fixed(String)
    /// It isn't there any more.
    case gone(ItemKey)

    package var description: String {
        switch self {
        case .name(let error): error.description
        case .taken(let key): "there is a \(key) already"
        case .unchanged: "that is its name"
        case .fixed(let reason): reason
        case .gone(let key): "\(key) isn't there any more"
        }
    }
}

extension ItemKind {
    /// Why things of this kind keep their names; nil where they can get others.
    package var reasonAgainstRenaming: String? {
        switch self {
        case .scope, .role, .route, .tier, .quota: nil
        case .client: "logs and tokens know a client by its name: make a new one, and suspend this one"
        case .operator: "the audit trail knows operators by their names: add another, and remove this one"
        case .settings: "there is one policy, and it has one name"
        }
    }

    /// What knows the old name beside the policy, and doesn't follow; nil when nothing does.
    package var renamingWarning: String? {
        switch self {
        case .scope: "tokens that were issued with the old name don't have the scope any more"
        case .role: "tokens that bring roles of their subject by the old name don't have the role any more"
        case .route: "quotas that count for each client and route begin anew on it"
        case .quota: "its counters begin anew"
        case .tier, .client, .operator, .settings: nil
        }
    }
}

extension Policy {
    /// What gives an item another name, and edits all that refers to it, in the order of keys.
    package func edits(renaming key: ItemKey, to text: String) throws(RenamingError) -> [PolicyEdit] {
        if let reason = key.kind.reasonAgainstRenaming { throw .fixed(reason) }
        guard text != key.name else { throw .unchanged }
        guard let item = self[key] else { throw .gone(key) }
        let place: ItemKey
        do throws(NameError) {
            place = try key.renamed(to: text)
        } catch {
            throw .name(error)
        }
        guard self[place] == nil else { throw .taken(place) }
        let names = ItemNames([key: place])
        var next = self
        next[key] = nil
        next.put(names.applied(to: item))
        for (other, item) in next.items {
            let changed = names.applied(to: item)
            if changed != item { next[other] = changed }
        }
        return edits(to: next)
    }
}
