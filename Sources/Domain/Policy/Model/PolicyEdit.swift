/// What a change does to one item. Before and after are never both nil.
package struct PolicyEdit: Hashable, Sendable {
    package let key: ItemKey
    /// What the author saw; nil when there was nothing.
    package let before: PolicyItem?
    /// Nil removes it.
    package let after: PolicyItem?

    package init(key: ItemKey, before: PolicyItem?, after: PolicyItem?) {
        self.key = key
        self.before = before
        self.after = after
    }

    package var inverse: PolicyEdit { PolicyEdit(key: key, before: after, after: before) }
}

extension Policy {
    /// The edits that make `next` of this, in the order of keys.
    package func edits(to next: Policy) -> [PolicyEdit] {
        var edits: [PolicyEdit] = []
        var kept = items.count
        for (key, item) in items where next[key] != item {
            edits.append(PolicyEdit(key: key, before: item, after: next[key]))
            if next[key] == nil { kept -= 1 }
        }
        // Most edits add nothing, and a large policy is long to look through.
        if kept < next.items.count {
            for (key, item) in next.items where items[key] == nil {
                edits.append(PolicyEdit(key: key, before: nil, after: item))
            }
        }
        return edits.sorted { $0.key < $1.key }
    }

    /// The policy with an author's edits, which were made on an earlier state of it.
    ///
    /// An edit of an item that nobody else touched since merges, and so does one of other fields or elements of lists
    /// than those that others changed (`ItemMerge`); all others are conflicts, and then nothing is merged.
    package func merging(_ edits: [PolicyEdit]) throws(PolicyConflicts) -> Policy {
        var merged = self
        var conflicts: [PolicyConflict] = []
        for edit in edits {
            let theirs = self[edit.key]
            if theirs == edit.before || theirs == edit.after {
                merged[edit.key] = edit.after
                continue
            }
            let conflict = PolicyConflict(key: edit.key, base: edit.before, mine: edit.after, theirs: theirs)
            if let item = conflict.merge?.merged { merged[edit.key] = item } else { conflicts.append(conflict) }
        }
        guard conflicts.isEmpty else { throw PolicyConflicts(conflicts: conflicts) }
        return merged
    }
}

/// An item that was changed by two authors in two ways.
package struct PolicyConflict: Hashable, Sendable {
    package let key: ItemKey
    package let base: PolicyItem?
    package let mine: PolicyItem?
    package let theirs: PolicyItem?
    /// What else has to be known, as in `role/a is called b since version 7`.
    package var note: String?
    /// Whether something of the change goes by another name now, so that the change can't be made again as it is.
    package var isElsewhere: Bool

    package init(
        key: ItemKey, base: PolicyItem?, mine: PolicyItem?, theirs: PolicyItem?, note: String? = nil,
        isElsewhere: Bool = false
    ) {
        self.key = key
        self.base = base
        self.mine = mine
        self.theirs = theirs
        self.note = note
        self.isElsewhere = isElsewhere
    }

    /// What of the two goes together; nil where one of them made or removed the item.
    package var merge: ItemMerge? {
        guard let base, let mine, let theirs else { return nil }
        return ItemMerge(base: base, mine: mine, theirs: theirs)
    }

    /// Which items, and what has to be known of them.
    package static func text(of conflicts: [PolicyConflict]) -> String {
        var notes: [String] = []
        for note in conflicts.compactMap(\.note) where !notes.contains(note) { notes.append(note) }
        let items = conflicts.map(\.key.description).joined(separator: ", ")
        return notes.isEmpty ? items : items + " (" + notes.joined(separator: "; ") + ")"
    }
}

package struct PolicyConflicts: Error, Hashable, Sendable {
    package let conflicts: [PolicyConflict]
}
