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
    ///
    /// `edits` are all that leads from one to the other; finding them in large policies takes longer than the rest.
    package static func found(from old: Policy, to new: Policy, by edits: [PolicyEdit]? = nil) -> [DangerFinding] {
        var search = DangerSearch(from: old, to: new, by: edits ?? old.edits(to: new))
        search.run()
        return search.findings.sorted()
    }
}
