package import Domain
package import Terminal

/// The form of an item: keys and pasted text in, a picture out, and an edit to review when all of it makes sense.
package struct ItemForm: Sendable {
    package enum Outcome: Hashable, Sendable {
        case handled
        /// The key means nothing to a form.
        case ignored
        /// The change is to be looked at before it is applied.
        case review(PolicyEdit)
        /// Escape, with nothing open; whether changes may be lost is the caller's question.
        case leave
    }

    /// A place where one types: a field, and of a list the line, the one after the last being a new one.
    struct Stop: Hashable, Sendable {
        var field: Int
        var line: Int?
    }

    package internal(set) var draft: ItemDraft
    /// What is wrong with the whole policy, if the draft were in it.
    package var remote: [PolicyProblem] = []

    var focus = Stop(field: 0)
    var input = TextInput()
    /// Whether typing replaces the text.
    var isSelected = false
    /// Whether the field is being typed, so that its being wrong is no news yet.
    var isTyping = false
    /// The fields that were left once.
    var visited: Set<String> = []
    /// Whether a review was asked for in vain, so that nothing is passed over any more.
    var isRefused = false
    var notice: String?
    var suggestions = FieldSuggestions.none
    var chosenSuggestion: Int?
    var picker: ItemPicker?
    var names = PolicyNames()
    /// What is wrong with the draft, as of the last key.
    var problems: [TreeProblem] = []
    /// Where the draft names what the policy doesn't have.
    var unknownNames: [TreeProblem] = []
    /// Whether a new item has the name of one that is there.
    var isNameTaken = false
    /// Rows scrolled away from where the focus would have them.
    var scroll = 0

    package init(_ draft: ItemDraft) {
        self.draft = draft
        if draft.kind == .quota, draft.original != nil, let limit = draft.fields.firstIndex(where: { $0.id == "limit" })
        {
            focus = Stop(field: limit)
        } else {
            let changed = stops.first { draft.hasChanges(in: draft.fields[$0.field].id) }
            focus = changed ?? stops.first ?? focus
        }
        problems = draft.problems
        load()
    }

    package var hasChanges: Bool { draft.hasChanges }

    /// The name of the field that has the focus, as in files.
    package var focusedField: String { field?.id ?? "" }

    package mutating func handle(_ key: Key, policy: Policy) -> Outcome {
        defer { check(policy) }
        if picker != nil {
            pick(key, policy)
            return .handled
        }
        let shift = scroll
        (scroll, notice) = (0, nil)
        switch FormCommand.keymap.command(for: key) {
        case .review:
            check(policy)
            return review()
        case .leave:
            guard !suggestions.texts.isEmpty else { return .leave }
            suggestions = .none
        case .complete:
            if !suggestions.texts.isEmpty, chosenSuggestion != nil || !suggestions.isExact {
                accept(suggestions.texts[chosenSuggestion ?? 0], policy)
            } else {
                move(by: 1)
            }
        case .choose: enter(policy)
        case .next where !suggestions.texts.isEmpty:
            chosenSuggestion = min((chosenSuggestion ?? -1) + 1, suggestions.texts.count - 1)
        case .next: move(by: 1)
        case .previous where chosenSuggestion != nil:
            chosenSuggestion = chosenSuggestion == 0 ? nil : chosenSuggestion.map { $0 - 1 }
        case .previous: move(by: -1)
        case .scrollUp: scroll = shift - 5
        case .scrollDown: scroll = shift + 5
        case .lineUp where focus.line != nil: moveLine(by: -1)
        case .lineDown where focus.line != nil: moveLine(by: 1)
        case .deleteLine where focus.line != nil: deleteLine()
        case .lineUp, .lineDown, .deleteLine, nil:
            guard edit(key) else {
                scroll = shift
                return .ignored
            }
            suggest(policy)
        }
        return .handled
    }

    /// Puts pasted text in as text; in a list each of its lines becomes one.
    package mutating func paste(_ text: String) {
        if picker != nil {
            guard let policy = names.policy else { return }
            picker?.paste(text, names: &names, policy: policy)
            return
        }
        guard isEditable else { return }
        if isSelected { input = TextInput() }
        isSelected = false
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        if focus.line != nil, lines.count > 1 {
            for line in lines {
                input.paste(line)
                store()
                focus.line = focus.line.map { $0 + 1 }
                insertLine()
                load()
            }
            tidy()
        } else {
            input.paste(text)
            store()
        }
        isTyping = true
        suggestions = .none
    }

    private mutating func enter(_ policy: Policy) {
        if let chosenSuggestion {
            accept(suggestions.texts[chosenSuggestion], policy)
            return
        }
        guard let field, isEditable else { return move(by: 1) }
        let typed = suggestions.texts.isEmpty || suggestions.isExact ? "" : currentWord
        picker = ItemPicker(
            field.choices, label: field.label, text: input.text, typed: typed, names: &names, policy: policy)
        if picker == nil { move(by: 1) } else { suggestions = .none }
    }

    private var currentWord: String {
        String(decoding: Array(input.text.utf8)[suggestions.replaced], as: UTF8.self)
    }

    private mutating func pick(_ key: Key, _ policy: Policy) {
        guard var picker else { return }
        let outcome = picker.handle(key, names: &names, policy: policy)
        self.picker = picker
        switch outcome {
        case .open: return
        case .cancelled: self.picker = nil
        case .chosen(let chosen):
            self.picker = nil
            let text: String
            if field?.choices == .methods {
                text = PermissionText.text(of: MethodSet(chosen.compactMap { Domain.Method(name: $0) }))
            } else {
                text = chosen.joined(separator: ", ")
            }
            input.replace(with: text)
            isSelected = false
            store()
            move(by: 1)
        }
    }

    private mutating func review() -> Outcome {
        tidy()
        visited.formUnion(draft.fields.map(\.id))
        isTyping = false
        suggestions = .none
        if !isNameTaken, unknownNames.isEmpty, let edit = draft.edit {
            remote = []
            return .review(edit)
        }
        guard let first = ownTroubles.first else {
            notice = "nothing changed yet"
            return .handled
        }
        isRefused = true
        focus = first.stop
        load()
        return .handled
    }
}
