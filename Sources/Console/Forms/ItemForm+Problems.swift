import Domain
import Terminal

extension ItemForm {
    /// What is wrong at a place of the form.
    struct Trouble: Hashable, Sendable {
        let stop: Stop
        let message: String
        /// In scalars of the text, from 1.
        let column: Int?
        /// Whether it is told aloud: not while it is being typed, or was never looked at.
        let isLoud: Bool
    }

    /// All that is wrong in this item, in the order of the form.
    var troubles: [Trouble] {
        let remote = remoteProblems.map {
            trouble(mapped($0.field), "\($0.problem); \($0.advice)", column: nil)
        }
        return Self.sorted(ownTroubles + remote)
    }

    /// What the form finds by itself.
    var ownTroubles: [Trouble] {
        var found = (problems + unknownNames).map { trouble($0.field, $0.message, column: $0.place?.column) }
        if isNameTaken {
            found.append(
                trouble(ItemDraft.nameID, "there is a \(draft.kind.rawValue) of that name; choose another", column: 1))
        }
        return Self.sorted(found)
    }

    private static func sorted(_ troubles: [Trouble]) -> [Trouble] {
        troubles.sorted { ($0.stop.field, $0.stop.line ?? 0) < ($1.stop.field, $1.stop.line ?? 0) }
    }

    /// Whether a line is spent on it: not while completions would cover it, nor on a field that says itself that it is
    /// required.
    func isWorthTelling(_ trouble: Trouble) -> Bool {
        if trouble.isLoud { return true }
        return trouble.stop == focus ? suggestions.texts.isEmpty : !text(at: trouble.stop).isEmpty
    }

    /// Looks whether the policy has what the item names, and a new item's name is free.
    mutating func check(_ policy: Policy) {
        let unreadable = problems.map { FieldPlace($0.field).field }
        unknownNames = draft.unknownNames(in: policy).filter { !unreadable.contains($0.field) }
        guard draft.original == nil, draft.kind != .settings else { return }
        isNameTaken = ItemKey(text: "\(draft.kind.rawValue)/\(draft.name)").flatMap { policy[$0] } != nil
    }

    /// What the whole policy has against this item, where the form itself finds nothing.
    private var remoteProblems: [PolicyProblem] {
        remote.filter { problem in
            guard problem.item.kind == draft.kind, problem.item.name == draft.name else { return false }
            let id = FieldPlace(mapped(problem.field)).field
            return !(problems + unknownNames).contains { FieldPlace($0.field).field == id }
        }
    }

    /// What the policy had against a field was about its former text.
    mutating func forgetRemote(of id: String) {
        guard !remote.isEmpty else { return }
        remote = remote.filter { problem in
            problem.item.kind != draft.kind || problem.item.name != draft.name
                || FieldPlace(mapped(problem.field)).field != id
        }
    }

    /// What is wrong with other items because of this one.
    var problemsElsewhere: [PolicyProblem] {
        remote.filter { $0.item.kind != draft.kind || $0.item.name != draft.name }
    }

    private func trouble(_ path: String, _ message: String, column: Int?) -> Trouble {
        let place = FieldPlace(path)
        let index = draft.fields.firstIndex { $0.id == place.field } ?? 0
        var line: Int?
        if draft.fields.indices.contains(index), case .lines = draft.fields[index].content { line = place.index ?? 0 }
        let stop = Stop(field: index, line: line)
        let isBeingTyped = stop == focus && isTyping
        let isKnown = isRefused || visited.contains(place.field) || draft.original != nil
        return Trouble(stop: stop, message: message, column: column, isLoud: isKnown && !isBeingTyped)
    }

    /// `permissions[2].allow` with the line in the place of the element's number, and the form's own field.
    private func mapped(_ path: String) -> String {
        let place = FieldPlace(path)
        let id = ItemDraft.formField(of: place.field, draft.kind)
        guard let index = place.index, let field = draft.fields.first(where: { $0.id == id }),
            case .lines(let lines) = field.content
        else { return id }
        let filled = lines.indices.filter { !lines[$0].unicodeScalars.allSatisfy(\.properties.isWhitespace) }
        return filled.indices.contains(index) ? "\(id)[\(filled[index])]" : id
    }

    /// What the line at the bottom says of the form as a whole.
    var summary: Piece {
        if let notice { return Piece(CleanText(notice), .caution) }
        let troubles = troubles
        let loud = troubles.count { $0.isLoud }
        if loud > 0 { return Piece(loud == 1 ? "1 error" : "\(loud) errors", .danger) }
        if !troubles.isEmpty { return Piece("not complete yet", .dim) }
        if let other = problemsElsewhere.first {
            let more = problemsElsewhere.count > 1 ? " (and \(problemsElsewhere.count - 1) more)" : ""
            return Piece(CleanText(other.description + more), .danger)
        }
        return Piece(hasChanges ? "ctrl-s shows what changes" : "nothing changed yet", .dim)
    }
}
