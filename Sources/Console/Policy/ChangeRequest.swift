package import Domain

/// A change that wants to be reviewed: what it does, and what it was made on.
package struct ChangeRequest: Hashable, Sendable {
    /// What the review says it is; decides what is asked of the store.
    package enum Kind: Hashable, Sendable {
        case edits
        /// One thing gets another name, and what refers to it follows.
        case rename(ItemKey, to: String)
        case undo(version: Int)
        case restore(version: Int)
        case approve(version: Int, author: String, reason: String)
        /// What break-glass has put in force stays so.
        case keep(version: Int, author: String)
    }

    package var kind: Kind
    package var edits: [PolicyEdit]
    package var basedOn: Int
    /// Whose change it is about, and why that was made; nil for one's own.
    package var about: String?

    package init(_ kind: Kind = .edits, edits: [PolicyEdit], basedOn: Int) {
        self.kind = kind
        self.edits = edits
        self.basedOn = basedOn
    }

    var title: String {
        switch kind {
        case .edits:
            edits.count == 1 ? "\(edits[0].verb) \(edits[0].key)" : "change \(edits.count) things"
        case .rename(let key, let name): "rename \(key) to \(name)"
        case .undo(let version): "undo version \(version)"
        case .restore(let version): "restore version \(version)"
        case .approve(let version, let author, _): "approve version \(version) of \(author)"
        case .keep(let version, let author): "keep the break-glass change \(version) of \(author)"
        }
    }

    func action(reason: String, isDraft: Bool) -> PolicyAction {
        switch kind {
        case .edits, .rename:
            .change(.init(edits: edits, basedOn: basedOn, reason: reason, isDraft: isDraft))
        case .undo(let version): .undo(version: version, reason: reason)
        case .restore(let version): .restore(version: version, reason: reason)
        case .approve(let version, _, _): .approve(version: version, reason: reason)
        case .keep(let version, _): .review(version: version, keeping: true, reason: reason)
        }
    }

    /// What it means beyond the policy, which no replay shows.
    var warnings: [String] {
        guard case .rename(let key, _) = kind else { return [] }
        return [key.kind.renamingWarning].compactMap(\.self)
    }

    /// Whether it may be kept as a draft.
    var isProposal: Bool {
        switch kind {
        case .edits, .rename: true
        case .undo, .restore, .approve, .keep: false
        }
    }

    /// The duty that it takes.
    var duty: Duty {
        switch kind {
        case .edits, .rename, .undo, .restore: .edit
        case .approve, .keep: .approve
        }
    }
}

extension PolicyEdit {
    /// What it does to its item, as an operator would say.
    var verb: String { before == nil ? "create" : after == nil ? "delete" : "change" }
}
