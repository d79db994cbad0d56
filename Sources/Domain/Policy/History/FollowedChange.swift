// An item keeps its identity when it is renamed: a change that was made before concerns it under its new name, and a
// change that renames it takes along what others did to it. So nothing of a change gets lost for a name.

/// Edits of an earlier version in the names of the policy that they are to be merged onto.
struct FollowedChange {
    /// One thing that is changed, by its name at the version that the change was made on; of a new one the name that it
    /// gets. Before and after are in the names of now.
    private struct Part {
        var before: PolicyItem?
        var after: PolicyItem?
    }

    private let active: Policy
    private let history: NameHistory
    private var parts: [ItemKey: Part] = [:]
    /// What the change itself renames, by the names at its version.
    private let own: ItemNames
    private let isElsewhere: Bool

    init(_ edits: [PolicyEdit], on active: Policy, since history: NameHistory) {
        self.active = active
        self.history = history
        own = Renamings(in: edits).names
        let back = own.inverse
        let items = edits.flatMap { [$0.before, $0.after].compactMap(\.self) }
        isElsewhere = !own.isEmpty || items.contains { history.names.applied(to: $0) != $0 }
        for edit in edits {
            if let before = edit.before { parts[edit.key, default: Part()].before = history.names.applied(to: before) }
            if let after = edit.after {
                let then = edit.before == nil ? back[edit.key] : edit.key
                parts[then, default: Part()].after = history.names.applied(to: back.applied(to: after))
            }
        }
    }

    /// What comes of it, and what can't be merged and is left out.
    ///
    /// - Parameter touched: What others changed since the version, by the names of now.
    func merged(touched: Set<ItemKey>) -> (policy: Policy, conflicts: [PolicyConflict]) {
        var merged = active
        var conflicts: [PolicyConflict] = []
        for (then, part) in parts where part.before != part.after {
            let theirs = now(then)
            let isDone = theirs == part.after && !isReplaced(then)
            if theirs == part.before || isDone {
                merged[history.names[then]] = part.after
                continue
            }
            let conflict = conflict(over: then, part.before, part.after)
            if let item = conflict.merge?.merged { merged[item.key] = item } else { conflicts.append(conflict) }
        }
        let names = names(in: merged, &conflicts)
        if !names.isEmpty {
            // Only what the change itself says, and what others said meanwhile, follows: all else that still uses the
            // old name was meant to be wrong, and is told.
            let keys = Set(parts.keys.map { history.names[$0] }).union(touched)
            let items = keys.compactMap { merged[$0] }.map { ($0.key, names.applied(to: $0)) }
            for (key, item) in items where key != item.key { merged[key] = nil }
            for (_, item) in items { merged.put(item) }
        }
        return (merged, noting(conflicts.sorted { $0.key < $1.key }))
    }

    /// What the change renames, by the names of now: what others have neither renamed nor removed, to names that are
    /// free.
    private func names(in merged: Policy, _ conflicts: inout [PolicyConflict]) -> ItemNames {
        let leaving = Set(own.places.keys.map { history.names[$0] })
        var names = ItemNames()
        for (then, wanted) in own.places {
            let place = history.names[then]
            guard now(then) == nil || place != wanted else { continue }
            if now(then) != nil, place == then, merged[wanted] == nil || leaving.contains(wanted) {
                names[place] = wanted
            } else {
                let base = parts[then]?.before
                conflicts.append(conflict(over: then, base, parts[then]?.after?.named(wanted)))
            }
        }
        return names
    }

    /// What has become of something; nil when it is gone, whatever has its name now.
    private func now(_ then: ItemKey) -> PolicyItem? {
        history.departure(of: then) == nil ? active[history.names[then]] : nil
    }

    /// Whether it is gone, but may be there under another name.
    private func isReplaced(_ then: ItemKey) -> Bool {
        history.departure(of: then).map { !$0.successors.isEmpty } ?? false
    }

    private func conflict(over then: ItemKey, _ base: PolicyItem?, _ mine: PolicyItem?) -> PolicyConflict {
        PolicyConflict(
            key: now(then)?.key ?? then, base: base, mine: mine, theirs: now(then), note: history.note(on: then),
            isElsewhere: isElsewhere || isReplaced(then))
    }

    /// Where a name that the change goes by isn't that of now, each conflict tells of it.
    private func noting(_ conflicts: [PolicyConflict]) -> [PolicyConflict] {
        let notes = Set(parts.keys.compactMap { history.note(on: $0) }).sorted().joined(separator: "; ")
        return conflicts.map { conflict in
            var conflict = conflict
            if conflict.note == nil, !notes.isEmpty { conflict.note = notes }
            return conflict
        }
    }
}

extension Policy {
    /// The policy with edits that were made on an earlier version, following what was renamed since; and what can't be
    /// merged, which is left out.
    ///
    /// - Parameter touched: What others changed since, by the names of now; it counts where the edits rename something.
    package func following(
        _ edits: [PolicyEdit], since history: NameHistory, touched: Set<ItemKey>
    ) -> (policy: Policy, conflicts: [PolicyConflict]) {
        FollowedChange(edits, on: self, since: history).merged(touched: touched)
    }
}
