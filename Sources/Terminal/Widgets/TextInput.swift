// One line of text that is being edited, as a value: keys in, text and cursor out.

/// An editable line with a cursor, history and a place to show what is wrong with it.
package struct TextInput: Hashable, Sendable {
    /// The longest text that is kept, in scalars.
    package static let limit = 1000

    /// The scalars of the text; only what a frame may draw gets in.
    package private(set) var scalars: [Unicode.Scalar]
    /// The place of the cursor, in scalars from the start.
    package private(set) var cursor: Int
    /// Older texts that up and down bring back, the newest last.
    package var history: [String]
    private var historyIndex: Int?
    /// What was typed before history was entered.
    private var draft: [Unicode.Scalar] = []

    package init(_ text: String = "", history: [String] = []) {
        scalars = Array(text.unicodeScalars.filter(TextInput.accepts).prefix(TextInput.limit))
        cursor = scalars.count
        self.history = history
    }

    package var text: String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text
    }

    package var isEmpty: Bool { scalars.isEmpty }

    /// The cursor as an offset in the UTF-8 of `text`.
    package var cursorOffset: Int {
        scalars[..<cursor].reduce(0) { $0 + UTF8.width($1) }
    }

    /// Edits by `key`; false when the key means nothing to an input, such as Enter, Escape or Tab.
    package mutating func handle(_ key: Key) -> Bool {
        if let scalar = key.typed {
            insert(scalar)
            return true
        }
        guard let action = TextInput.actions[key] else { return false }
        perform(action)
        return true
    }

    /// Puts pasted text in as text: line breaks and tabs become spaces, what can't be drawn is left out.
    package mutating func paste(_ text: String) {
        for scalar in text.unicodeScalars.prefix(TextInput.limit) {
            insert(scalar.properties.isWhitespace ? " " : scalar)
        }
    }

    /// Replaces the text, with the cursor at its end.
    package mutating func replace(with text: String) {
        self = TextInput(text, history: history)
    }

    /// Replaces a range of UTF-8 offsets, as a completion does, with the cursor after what came in.
    package mutating func replace(utf8 range: Range<Int>, with replacement: String) {
        let start = index(ofOffset: range.lowerBound)
        let end = max(start, index(ofOffset: range.upperBound))
        let incoming = replacement.unicodeScalars.filter(TextInput.accepts)
        scalars.replaceSubrange(
            start..<end, with: incoming.prefix(max(0, TextInput.limit - scalars.count + end - start)))
        cursor = min(scalars.count, start + incoming.count)
    }

    /// Remembers the text as the newest of history, once.
    package mutating func remember() {
        guard !scalars.isEmpty else { return }
        let newest = text
        history.removeAll { $0 == newest }
        history.append(newest)
        historyIndex = nil
    }

    // MARK: - Editing

    private enum Action {
        case left, right, wordLeft, wordRight, start, end
        case deleteLeft, deleteRight, deleteWordLeft, deleteWordRight, deleteToStart, deleteToEnd
        case older, newer
    }

    private static let actions: [Key: Action] = [
        .left: .left, .control("b"): .left, .right: .right, .control("f"): .right,
        Key(.left, .control): .wordLeft, Key(.left, .alt): .wordLeft, .alt("b"): .wordLeft,
        Key(.right, .control): .wordRight, Key(.right, .alt): .wordRight, .alt("f"): .wordRight,
        .home: .start, .control("a"): .start, .end: .end, .control("e"): .end,
        .backspace: .deleteLeft, .control("h"): .deleteLeft, .delete: .deleteRight, .control("d"): .deleteRight,
        .control("w"): .deleteWordLeft, Key(.backspace, .alt): .deleteWordLeft, .alt("d"): .deleteWordRight,
        .control("u"): .deleteToStart, .control("k"): .deleteToEnd,
        .up: .older, .control("p"): .older, .down: .newer, .control("n"): .newer,
    ]

    private mutating func perform(_ action: Action) {
        switch action {
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(scalars.count, cursor + 1)
        case .wordLeft: cursor = wordStart
        case .wordRight: cursor = wordEnd
        case .start: cursor = 0
        case .end: cursor = scalars.count
        case .deleteLeft: remove(max(0, cursor - 1)..<cursor)
        case .deleteRight: remove(cursor..<min(scalars.count, cursor + 1))
        case .deleteWordLeft: remove(wordStart..<cursor)
        case .deleteWordRight: remove(cursor..<wordEnd)
        case .deleteToStart: remove(0..<cursor)
        case .deleteToEnd: remove(cursor..<scalars.count)
        case .older: showHistory(by: -1)
        case .newer: showHistory(by: 1)
        }
    }

    private mutating func insert(_ scalar: Unicode.Scalar) {
        guard TextInput.accepts(scalar), scalars.count < TextInput.limit else { return }
        scalars.insert(scalar, at: cursor)
        cursor += 1
    }

    private mutating func remove(_ range: Range<Int>) {
        scalars.removeSubrange(range)
        cursor = range.lowerBound
    }

    private var wordStart: Int {
        var index = cursor
        while index > 0, scalars[index - 1] == " " { index -= 1 }
        while index > 0, scalars[index - 1] != " " { index -= 1 }
        return index
    }

    private var wordEnd: Int {
        var index = cursor
        while index < scalars.count, scalars[index] == " " { index += 1 }
        while index < scalars.count, scalars[index] != " " { index += 1 }
        return index
    }

    private mutating func showHistory(by step: Int) {
        let current = historyIndex ?? history.count
        let wanted = current + step
        guard wanted >= 0, wanted <= history.count else { return }
        if historyIndex == nil { draft = scalars }
        historyIndex = wanted < history.count ? wanted : nil
        scalars = wanted < history.count ? Array(history[wanted].unicodeScalars.filter(TextInput.accepts)) : draft
        cursor = scalars.count
    }

    private func index(ofOffset offset: Int) -> Int {
        var bytes = 0
        for (index, scalar) in scalars.enumerated() {
            if bytes >= offset { return index }
            bytes += UTF8.width(scalar)
        }
        return scalars.count
    }

    private static func accepts(_ scalar: Unicode.Scalar) -> Bool {
        scalar.scalarClass != .refused
    }
}
