/// A dangerous change that an edit makes, and to which item.
package struct DangerFinding: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let danger: Danger
    package let item: ItemKey
    /// What the change does, as in `the quota goes from 100 to 5000`.
    package let what: String

    package init(_ danger: Danger, _ item: ItemKey, _ what: String) {
        self.danger = danger
        self.item = item
        self.what = what
    }

    package var description: String { "\(danger.name) \(item): \(what)" }

    package static func < (left: DangerFinding, right: DangerFinding) -> Bool {
        (left.danger, left.item, left.what) < (right.danger, right.item, right.what)
    }
}

extension Danger {
    /// The dangers of going from one policy to another, whatever the settings say about approvals.
    package static func found(from old: Policy, to new: Policy) -> [DangerFinding] {
        var search = DangerSearch(from: old, to: new)
        search.run()
        return search.findings.sorted()
    }
}
