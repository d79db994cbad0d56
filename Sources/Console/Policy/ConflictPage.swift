import Domain
import Terminal

/// What was changed by two operators in two ways, field by field: before, mine, theirs; and what goes together.
struct ConflictPage: Sendable {
    struct Part: Sendable {
        let conflict: PolicyConflict
        /// Nil where one of the two made or removed it.
        let merge: ItemMerge?

        /// Mine in what both changed, and what only they changed as they have it.
        var mineOnTop: PolicyEdit {
            PolicyEdit(key: conflict.key, before: conflict.theirs, after: merge?.item ?? conflict.mine)
        }

        /// Theirs in what both changed, and what only I changed as I have it; nil where nothing of mine is left then.
        var theirsOnTop: PolicyEdit? {
            guard !conflict.isElsewhere, let base = conflict.base, let mine = conflict.mine,
                let theirs = conflict.theirs,
                let item = ItemMerge(base: base, mine: theirs, theirs: mine)?.item, item != theirs
            else { return nil }
            return PolicyEdit(key: conflict.key, before: theirs, after: item)
        }
    }

    let parts: [Part]
    let active: Int
    /// The whole change that was to be made, of which only some may be in the way of others; nil for none of one's own.
    private let request: ChangeRequest?
    /// Why it was to be made, in the words of whoever wants it.
    let reason: String?
    private(set) var scroll = 0

    init(_ conflicts: [PolicyConflict], active: Int, request: ChangeRequest?, reason: String? = nil) {
        parts = conflicts.map { Part(conflict: $0, merge: $0.merge) }
        self.active = active
        self.request = request
        self.reason = reason
    }

    /// Then what was written can't be put on top as it is.
    var isElsewhere: Bool { parts.contains(where: \.conflict.isElsewhere) }

    private var keys: Set<ItemKey> { Set(parts.map(\.conflict.key)) }

    /// What of the change nobody is in the way of.
    private var rest: [PolicyEdit] { (request?.edits ?? []).filter { !keys.contains($0.key) } }

    /// Mine on top of theirs, with what nobody is in the way of.
    var mine: ChangeRequest {
        ChangeRequest(edits: (parts.map(\.mineOnTop) + rest).sorted { $0.key < $1.key }, basedOn: active)
    }

    /// Whether what was to be done is a change of one's own, of which a part can be dropped.
    var isOwnChange: Bool { request?.isProposal ?? false }

    enum Step {
        case stay
        /// Back to what was being written; nothing of it is lost.
        case back
        /// Mine on top of theirs.
        case mine(ChangeRequest)
        /// What is in conflict stays as others have it, and the rest goes on, with what is left of the same things.
        case theirs(Set<ItemKey>, leftovers: [PolicyEdit], rest: ChangeRequest?)
    }

    mutating func handle(_ key: Key) -> Step {
        switch key {
        case .escape, .enter: return .back
        case "t":
            guard isOwnChange else { return .theirs(keys, leftovers: [], rest: nil) }
            let leftovers = parts.compactMap(\.theirsOnTop)
            let edits = (leftovers + rest).sorted { $0.key < $1.key }
            return .theirs(
                keys, leftovers: leftovers, rest: edits.isEmpty ? nil : ChangeRequest(edits: edits, basedOn: active))
        case "m" where !isElsewhere: return .mine(mine)
        case .down, "j": scroll += 1
        case .up, "k": scroll = max(0, scroll - 1)
        case .pageDown: scroll += 10
        case .pageUp: scroll = max(0, scroll - 10)
        default: break
        }
        return .stay
    }

    /// What to say once theirs is kept.
    func accountOfTheirs(_ keys: Set<ItemKey>, goesOn: Bool) -> String {
        let names = keys.sorted().map(\.description).joined(separator: ", ")
        let isWhole = parts.allSatisfy { $0.theirsOnTop == nil }
        let kept =
            (isWhole || !isOwnChange ? names : "what others changed too of " + names)
            + " \(keys.count == 1 || !isWhole ? "stays" : "stay") as version \(active) has it"
        guard isOwnChange else { return kept + "; nothing was done" }
        return kept + (goesOn ? "; this is the rest of your change" : ", and what you wrote of it is dropped")
    }
}
