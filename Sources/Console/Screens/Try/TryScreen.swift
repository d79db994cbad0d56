import Domain
package import Terminal

/// The page for made-up requests: fields above, and what the policy in force says of them below, as one types.
package struct TryScreen: Screen {
    package static let name = ScreenName.tryOut
    package static var keymap: Keymap<TryCommand> { TryCommand.keymap }
    package static var needsTraffic: Bool { false }

    private(set) var request: TryRequest
    private(set) var focus = TryField.client
    private(set) var input: TextInput
    /// Whether keys are text.
    private(set) var isInFields = true
    private(set) var suggestions = FieldSuggestions.none
    private(set) var chosenSuggestion: Int?
    private(set) var scroll = 0
    /// What the policy says of the request as it stands; nil while there is nothing to ask.
    private(set) var explanation: Explanation?
    var area = Rect(x: 0, y: 0, width: 80, height: 20)

    init(_ request: TryRequest = TryRequest()) {
        self.request = request
        input = TextInput(request.texts[.client] ?? "")
    }

    private mutating func decide(_ context: ScreenContext) {
        explanation = context.policy.state.flatMap { state in
            request.request(for: state.snapshot, now: context.shownNow, zone: context.zone).map {
                state.snapshot.explanation(of: $0, revocations: state.revocations)
            }
        }
    }

    // MARK: - Commands

    package mutating func perform(_ command: TryCommand, in context: ScreenContext) -> [Effect] {
        switch command {
        case .edit: isInFields = true
        case .reset:
            let size = area
            self = TryScreen()
            area = size
        case .copy: return [.copy(text(context))]
        case .up: scroll = max(0, scroll - 1)
        case .down: scroll += 1
        case .pageUp: scroll = max(0, scroll - 8)
        case .pageDown: scroll += 8
        case .first: scroll = 0
        }
        scroll = min(scroll, longestScroll(context))
        return []
    }

    package func disabledReason(for command: TryCommand, in context: ScreenContext) -> String? {
        switch command {
        case .copy: explanation == nil ? "there is no path yet" : nil
        case .edit, .reset, .up, .down, .pageUp, .pageDown, .first: nil
        }
    }

    // MARK: - What is typed

    package var isTyping: Bool { isInFields }

    package func typingHints(_ glyphs: Glyphs) -> [(key: CleanText, name: CleanText)] {
        [("tab", "complete, next"), ("up down", "move"), ("pgdn", "scroll"), ("esc", "leave the fields")]
    }

    package mutating func type(_ key: Key, in context: ScreenContext) -> [Effect] {
        switch key {
        case .escape:
            if suggestions.texts.isEmpty { isInFields = false } else { suggestions = .none }
        case .tab where !suggestions.texts.isEmpty && (chosenSuggestion != nil || !suggestions.isExact),
            .enter where chosenSuggestion != nil:
            accept(suggestions.texts[chosenSuggestion ?? 0], context)
        case .down where !suggestions.texts.isEmpty:
            chosenSuggestion = min((chosenSuggestion ?? -1) + 1, suggestions.texts.count - 1)
        case .up where chosenSuggestion != nil:
            chosenSuggestion = chosenSuggestion == 0 ? nil : chosenSuggestion.map { $0 - 1 }
        case .tab, .enter, .down: move(by: 1)
        case .backTab, .up: move(by: -1)
        case .pageDown: scroll = min(longestScroll(context), scroll + 5)
        case .pageUp: scroll = max(0, scroll - 5)
        default:
            guard input.handle(key) else { break }
            store(context)
            suggest(context)
        }
        return []
    }

    package mutating func paste(_ text: String, in context: ScreenContext) -> [Effect] {
        input.paste(text)
        store(context)
        suggestions = .none
        return []
    }

    private mutating func accept(_ text: String, _ context: ScreenContext) {
        input.replace(utf8: suggestions.replaced, with: text)
        store(context)
        (suggestions, chosenSuggestion) = (.none, nil)
    }

    private mutating func store(_ context: ScreenContext) {
        request.texts[focus] = input.text
        decide(context)
        scroll = 0
    }

    private mutating func suggest(_ context: ScreenContext) {
        chosenSuggestion = nil
        guard let state = context.policy.state else { return suggestions = .none }
        var names = state.names
        suggestions = FieldSuggestions(
            focus.choices(state.policy), text: input.text, cursor: input.cursorOffset, names: &names,
            policy: state.policy)
    }

    private mutating func move(by step: Int) {
        let all = TryField.allCases
        focus = all[(focus.rawValue + step + all.count) % all.count]
        input = TextInput(request.texts[focus] ?? "")
        (suggestions, chosenSuggestion) = (.none, nil)
    }

    // MARK: - Data

    package mutating func refresh(in context: ScreenContext) -> [Effect] {
        decide(context)
        return []
    }

    package mutating func receive(_ message: Message, in context: ScreenContext) -> [Effect] {
        if case .policy = message { decide(context) }
        return []
    }

    /// What is decided may hang on the time.
    package mutating func tick(in context: ScreenContext) -> [Effect] { refresh(in: context) }

    package mutating func goBack(in context: ScreenContext) -> [Effect]? { nil }

    package mutating func resize(to area: Rect) { self.area = area }

    package func exportView(in context: ScreenContext) -> Export.View? { nil }

    package func filterNote(in context: ScreenContext) -> CleanText { .empty }
}
