/// A danger that a change brings, with the item that brings it.
package struct FoundDanger: Hashable, Comparable, Sendable {
    package let danger: Danger
    package let item: ItemKey

    package static func < (left: FoundDanger, right: FoundDanger) -> Bool {
        (left.danger, left.item) < (right.danger, right.item)
    }
}

extension Danger {
    /// The dangers on the way from one policy to another, whatever the settings say about approval.
    ///
    /// In doubt it finds one: what costs a second look is cheaper than what nobody looked at.
    package static func found(from old: Policy, to new: Policy) -> [FoundDanger] {
        found(in: old.edits(to: new), from: old, to: new)
    }

    /// The same for edits that are known to be all that differs.
    package static func found(in edits: [PolicyEdit], from old: Policy, to new: Policy) -> [FoundDanger] {
        var search = DangerSearch(old: old, new: new)
        for edit in edits { search.look(at: edit) }
        return search.found.sorted()
    }
}
