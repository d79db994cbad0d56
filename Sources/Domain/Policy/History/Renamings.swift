// A rename stands in the history as what it does: one thing goes and another comes, and what referred to the one refers
// to the other.

/// What a version's edits gave other names.
package struct Renamings: Hashable, Sendable {
    /// From the names before the version to those after it.
    package private(set) var names = ItemNames()
    /// Things that went while others of their kind came, and of which it can't be told whether they are one of them.
    package private(set) var replaced: [ItemKey: [ItemKey]] = [:]

    /// Something is renamed where what comes is the same but for its name, nothing else that comes or goes is like it,
    /// and all that goes on and referred to it refers to what comes.
    package init(in edits: [PolicyEdit]) {
        let going = edits.filter { $0.after == nil && $0.key.kind.reasonAgainstRenaming == nil }
        let coming = edits.filter { $0.before == nil && $0.key.kind.reasonAgainstRenaming == nil }
        guard !going.isEmpty, !coming.isEmpty else { return }
        var wrong: Set<ItemKey> = []
        repeat {
            names = Self.pairs(going.filter { !wrong.contains($0.key) }, coming)
            let failed = left(by: edits)
            wrong.formUnion(failed)
            if failed.isEmpty { break }
        } while true
        let named = Set(names.places.values)
        for edit in going where names.places[edit.key] == nil {
            let others = coming.map(\.key).filter { $0.kind == edit.key.kind && !named.contains($0) }
            if !others.isEmpty { replaced[edit.key] = others.sorted() }
        }
    }

    /// Those that are the same but for their names; what they refer to may be renamed as well, so it takes rounds.
    private static func pairs(_ going: [PolicyEdit], _ coming: [PolicyEdit]) -> ItemNames {
        var names = ItemNames()
        var (going, coming) = (going.compactMap(\.before), coming.compactMap(\.after))
        while true {
            let before = Dictionary(grouping: going) { names.applied(to: $0).nameless }
            let after = Dictionary(grouping: coming, by: \.nameless)
            var found = names
            for (body, old) in before where old.count == 1 {
                if let new = after[body], new.count == 1 { found[old[0].key] = new[0].key }
            }
            guard found != names else { return names }
            names = found
            let places = Set(names.places.values)
            going.removeAll { names.places[$0.key] != nil }
            coming.removeAll { places.contains($0.key) }
        }
    }

    /// Those to which something referred that doesn't refer to what they would be now.
    private func left(by edits: [PolicyEdit]) -> Set<ItemKey> {
        var left: Set<ItemKey> = []
        guard !names.isEmpty else { return left }
        for edit in edits {
            guard let before = edit.before, let after = edit.after else { continue }
            let renamed = before.references.filter { names[$0] != $0 }
            guard !renamed.isEmpty else { continue }
            let references = after.references
            for old in renamed where !references.contains(names[old]) { left.insert(old) }
        }
        return left
    }
}

extension PolicyItem {
    /// What it says beside its name.
    fileprivate var nameless: PolicyItem { (try? key.renamed(to: "_")).map(named) ?? self }
}
