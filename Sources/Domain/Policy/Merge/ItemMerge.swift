/// Two changes of one item, brought together field by field, and lists element by element.
///
/// What only one side changed is so in the result. What both changed in two ways is a clash, in which mine stands.
package struct ItemMerge: Hashable, Sendable {
    /// A field that both changed, as people write it.
    package struct Clash: Hashable, Sendable {
        package let label: String
        /// Whether the lines are elements of a list, and only those that both made something else of.
        package let isList: Bool
        /// Lines; none where there is nothing.
        package let base: [String]
        package let mine: [String]
        package let theirs: [String]
    }

    /// A field that merges.
    package struct Settled: Hashable, Sendable {
        package enum Side: Hashable, Sendable {
            /// Only this side changed it.
            case mine, theirs
            /// Both did, and it goes together.
            case both
        }

        package let label: String
        package let side: Side

        package init(label: String, side: Side) {
            self.label = label
            self.side = side
        }
    }

    /// With mine in the fields that clash; nil where the fields make no item together.
    package private(set) var item: PolicyItem?
    package private(set) var clashes: [Clash] = []
    package private(set) var settled: [Settled] = []

    /// What comes of it where nothing clashes.
    package var merged: PolicyItem? { clashes.isEmpty ? item : nil }

    /// Nil where the three aren't the same thing.
    package init?(base: PolicyItem, mine: PolicyItem, theirs: PolicyItem) {
        guard base.key == mine.key, base.key == theirs.key else { return nil }
        let sides = Sides(base, mine, theirs)
        var members: [PolicyTree.Member] = []
        for names in sides.fields {
            let (old, left, right) = (sides.base.values(names), sides.mine.values(names), sides.theirs.values(names))
            var values = left
            if left == right {
                if left != old { settle(names, .both, sides) }
            } else if right == old {
                settle(names, .mine, sides)
            } else if left == old {
                values = right
                settle(names, .theirs, sides)
            } else if let lists = sides.lists(names) {
                let merge = ListMerge(base: lists[0], mine: lists[1], theirs: lists[2])
                values = [.list(merge.elements)]
                if merge.clashes.isEmpty { settle(names, .both, sides) } else { add(merge.clashes, names, sides) }
            } else {
                clashes += sides.clashes(names)
            }
            for (name, value) in zip(names, values) {
                if let value { members.append(PolicyTree.Member(name, value)) }
            }
        }
        item = try? PolicyItem(base.key.kind, named: base.key.name, tree: .map(members))
    }

    private mutating func settle(_ names: [String], _ side: Settled.Side, _ sides: Sides) {
        settled += sides.labels(names).map { Settled(label: $0, side: side) }
    }

    private mutating func add(_ found: [ListMerge.Clash], _ names: [String], _ sides: Sides) {
        func lines(_ elements: KeyPath<ListMerge.Clash, [PolicyTree]>) -> [String] {
            found.flatMap { $0[keyPath: elements] }.map(\.line)
        }
        clashes.append(
            Clash(
                label: sides.labels(names).joined(separator: ", "), isList: true, base: lines(\.base),
                mine: lines(\.mine), theirs: lines(\.theirs)))
    }
}

/// An item as two changed it, in trees and as people write it.
private struct Sides {
    let base: PolicyTree
    let mine: PolicyTree
    let theirs: PolicyTree
    private let kind: ItemKind
    private let drafts: [[DraftField]]

    init(_ base: PolicyItem, _ mine: PolicyItem, _ theirs: PolicyItem) {
        (self.base, self.mine, self.theirs) = (base.tree(.full), mine.tree(.full), theirs.tree(.full))
        kind = base.key.kind
        drafts = [base, mine, theirs].map { ItemDraft($0.key.kind, item: $0).fields }
    }

    /// The names of fields, those together that are changed together.
    var fields: [[String]] {
        var names: [String] = []
        for case .map(let members) in [base, mine, theirs].map(\.content) {
            for member in members where !names.contains(member.name) { names.append(member.name) }
        }
        var fields: [[String]] = []
        for name in names where !fields.contains(where: { $0.contains(name) }) {
            fields.append(kind.coupledFields.first { $0.contains(name) } ?? [name])
        }
        return fields
    }

    /// The three lists of a field that merges element by element; nil for any other.
    func lists(_ names: [String]) -> [[PolicyTree]]? {
        guard names.count == 1, let name = names.first, !kind.orderedFields.contains(name) else { return nil }
        var lists: [[PolicyTree]] = []
        for tree in [base, mine, theirs] {
            switch tree[name]?.content {
            case nil: lists.append([])
            case .list(let elements)?: lists.append(elements)
            case .map, .text, .integer, .flag, .nothing: return nil
            }
        }
        return lists
    }

    func clashes(_ names: [String]) -> [ItemMerge.Clash] {
        let found = places(names).map { index in
            let lines = drafts.map { $0[index].text.split(separator: "\n").map(String.init) }
            return ItemMerge.Clash(
                label: drafts[0][index].label, isList: false, base: lines[0], mine: lines[1], theirs: lines[2])
        }
        guard found.isEmpty else { return found }
        // What no form shows clashes all the same.
        let lines = [base, mine, theirs].map { tree in tree.values(names).compactMap { $0?.json } }
        return [
            .init(
                label: labels(names).joined(separator: ", "), isList: false, base: lines[0], mine: lines[1],
                theirs: lines[2])
        ]
    }

    func labels(_ names: [String]) -> [String] {
        let labels = places(names).map { drafts[0][$0].label }
        return labels.isEmpty ? names : labels
    }

    /// The fields of the form that the names stand for, as far as the three differ in them.
    private func places(_ names: [String]) -> [Int] {
        let ids = Set(names.map { kind.draftID(of: $0) })
        return drafts[0].indices.filter { ids.contains(drafts[0][$0].id) && isDifferent($0) }
    }

    private func isDifferent(_ index: Int) -> Bool { Set(drafts.map { $0[index].text }).count > 1 }
}

extension PolicyTree {
    fileprivate func values(_ names: [String]) -> [PolicyTree?] { names.map { self[$0] } }

    /// An element of a list as people write it.
    fileprivate var line: String {
        if case .text(let text) = content { return text }
        var reader = TreeReader()
        return Permission(tree: self, reader: &reader).map(PermissionText.text) ?? json
    }
}

extension ItemKind {
    /// Fields that say something only together: half of one side's and half of the other's would be what neither meant.
    fileprivate var coupledFields: [[String]] {
        switch self {
        case .quota: [["tier", "client"], ["key", "window", "limit", "burst", "adaptive"]]
        case .route: [["path", "methods"]]
        case .operator: [["user_id", "duties"]]
        case .settings, .scope, .role, .tier, .client: []
        }
    }

    /// Lists whose order means something.
    fileprivate var orderedFields: [String] {
        switch self {
        case .settings: ["authentication_levels"]
        case .scope, .role, .route, .tier, .quota, .client, .operator: []
        }
    }

    /// The field of a form that a field of files is in.
    fileprivate func draftID(of name: String) -> String {
        switch (self, name) {
        case (.quota, "tier"), (.quota, "client"): "holder"
        case (.quota, "window"), (.quota, "burst"): "limit"
        default: name
        }
    }
}
