import Domain
import Terminal

extension ItemForm {
    var field: DraftField? { draft.fields.indices.contains(focus.field) ? draft.fields[focus.field] : nil }

    /// All places where one can type, in order.
    var stops: [Stop] {
        draft.fields.indices.flatMap { index -> [Stop] in
            switch draft.fields[index].content {
            case .line: [Stop(field: index)]
            case .lines(let lines): (0...lines.count).map { Stop(field: index, line: $0) }
            }
        }
    }

    /// The text of a place as it is stored.
    func text(at stop: Stop) -> String {
        guard draft.fields.indices.contains(stop.field) else { return "" }
        switch draft.fields[stop.field].content {
        case .line(let text): return text
        case .lines(let lines): return stop.line.flatMap { lines.indices.contains($0) ? lines[$0] : nil } ?? ""
        }
    }

    /// Whether the text fits an input without losing anything.
    var isEditable: Bool { input.text == text(at: focus) }

    /// Takes the text of the place that has the focus into the input.
    mutating func load() {
        input = TextInput(text(at: focus))
        isTyping = false
        suggestions = .none
        chosenSuggestion = nil
        isSelected = !input.isEmpty && field?.isReplacedWhole == true
    }

    /// Puts the input's text where it belongs.
    mutating func store() {
        guard let field else { return }
        let text = input.text
        switch field.content {
        case .line: draft[field.id] = text
        case .lines(var lines):
            guard let line = focus.line else { return }
            if lines.indices.contains(line) {
                lines[line] = text
            } else if !text.isEmpty {
                lines.append(text)
            }
            draft.replaceLines(of: field.id, with: lines)
        }
        problems = draft.problems
        forgetRemote(of: field.id)
    }

    /// Edits by a key; false when it means nothing to a text.
    mutating func edit(_ key: Key) -> Bool {
        guard isEditable else { return key.typed != nil }
        if isSelected {
            if key.typed != nil {
                input = TextInput()
            } else if key == .backspace || key == .delete {
                input = TextInput()
                finishEdit()
                return true
            }
        }
        let before = input.text
        guard input.handle(key) else { return false }
        isSelected = false
        if input.text != before || key.typed != nil { finishEdit() }
        return true
    }

    private mutating func finishEdit() {
        isSelected = false
        isTyping = true
        store()
    }

    mutating func suggest(_ policy: Policy) {
        chosenSuggestion = nil
        guard let field, isTyping else {
            suggestions = .none
            return
        }
        suggestions = FieldSuggestions(
            field.choices, text: input.text, cursor: input.cursorOffset, names: &names, policy: policy)
    }

    mutating func accept(_ text: String, _ policy: Policy) {
        input.replace(utf8: suggestions.replaced, with: text)
        if field?.choices == .holder, ["tier", "client"].contains(input.text) { input.paste(" ") }
        store()
        suggest(policy)
        suggestions = .none
    }

    // MARK: - Moving

    mutating func move(by step: Int) {
        if let field { visited.insert(field.id) }
        tidy()
        let stops = stops
        guard let index = stops.firstIndex(of: focus), !stops.isEmpty else { return }
        // The end leads back to the beginning, as everywhere where Tab goes round.
        focus = stops[(index + step + stops.count) % stops.count]
        load()
    }

    /// Takes empty lines out of the list that has the focus.
    mutating func tidy() {
        guard let field, let line = focus.line, case .lines(let lines) = field.content else { return }
        let isBlank = { (text: String) in text.unicodeScalars.allSatisfy(\.properties.isWhitespace) }
        guard lines.contains(where: isBlank) else { return }
        focus.line = line - lines.prefix(line).count(where: isBlank)
        draft.replaceLines(of: field.id, with: lines.filter { !isBlank($0) })
        problems = draft.problems
    }

    // MARK: - Lines

    /// Makes room for a line before the one that has the focus.
    mutating func insertLine() {
        guard let field, let line = focus.line, case .lines(var lines) = field.content else { return }
        lines.insert("", at: min(line, lines.count))
        draft.replaceLines(of: field.id, with: lines)
    }

    mutating func deleteLine() {
        guard let field, let line = focus.line, case .lines(var lines) = field.content, lines.indices.contains(line)
        else { return }
        lines.remove(at: line)
        draft.replaceLines(of: field.id, with: lines)
        problems = draft.problems
        load()
    }

    mutating func moveLine(by step: Int) {
        guard let field, let line = focus.line, case .lines(var lines) = field.content, lines.indices.contains(line),
            lines.indices.contains(line + step)
        else { return }
        lines.swapAt(line, line + step)
        draft.replaceLines(of: field.id, with: lines)
        problems = draft.problems
        focus.line = line + step
        load()
    }
}
