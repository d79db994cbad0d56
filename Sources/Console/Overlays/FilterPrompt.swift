import Domain
import Terminal

/// The line in which a filter is typed: read as one types, completed, counted, and told where it goes wrong.
struct FilterPrompt: Sendable {
    struct ValueRequest: Hashable, Sendable {
        var field: TextField
        var prefix: String
    }

    struct Suggestion: Hashable, Sendable {
        var text: String
        var note: String
    }

    var input: TextInput
    private(set) var filter: Filter?
    private(set) var error: FilterError?
    /// Whether the error's text is shown even while one is still typing.
    var showsError = false
    private(set) var suggestions: [Suggestion] = []
    /// The UTF-8 range that a suggestion replaces.
    private var replaced = 0..<0
    private(set) var chosen: Int?
    var countedQuery: Question.CountQuery?
    var count: TrafficCount?

    init(text: String, history: [String]) {
        input = TextInput(text.isEmpty ? "" : text + " ", history: history)
    }

    /// Edits or completes by `key`; false when the key means nothing here.
    mutating func handle(_ key: Key) -> Bool {
        switch key {
        case .tab:
            guard !suggestions.isEmpty else { return true }
            accept(suggestions[chosen ?? 0])
            return true
        case .down where !suggestions.isEmpty:
            chosen = min((chosen ?? -1) + 1, suggestions.count - 1)
            return true
        case .up where chosen != nil:
            chosen = chosen == 0 ? nil : chosen.map { $0 - 1 }
            return true
        default:
            guard input.handle(key) else { return false }
            chosen = nil
            showsError = false
            return true
        }
    }

    private mutating func accept(_ suggestion: Suggestion) {
        input.replace(utf8: replaced, with: suggestion.text)
        chosen = nil
    }

    /// Reads the text; returns the values that completion would like to know and doesn't.
    mutating func read(context: ScreenContext, known: [ValueRequest: [String]]) -> [ValueRequest] {
        let text = input.text
        do throws(FilterError) {
            filter = try Filter(parsing: text, now: context.shownNow, zone: context.zone)
            error = nil
        } catch {
            filter = nil
            self.error = error
        }
        let keptChoice = chosen.flatMap { suggestions.indices.contains($0) ? suggestions[$0] : nil }
        var missing: [ValueRequest] = []
        let completions = Filter.completions(for: text, cursor: input.cursor) { field, prefix in
            let request = ValueRequest(field: field, prefix: prefix)
            if known[request] == nil { missing.append(request) }
            return known[request] ?? []
        }
        replaced = completions.utf8Range(in: text)
        suggestions = completions.candidates.prefix(30).map { Suggestion(text: $0.text, note: $0.help) }
        chosen = keptChoice.flatMap { suggestions.firstIndex(of: $0) }
        return missing
    }

    /// What to count for the filter as it stands; nil when it can't be read or matches everything.
    func countQuery(_ context: ScreenContext) -> Question.CountQuery? {
        guard let filter, filter != .everything else { return nil }
        // The moment is cut to the second so that typing the same again asks nothing anew.
        return Question.CountQuery(
            filter: filter, selection: context.chosen?.selection, snapshot: context.pause?.snapshot,
            now: context.shownNow.rounded(downToSeconds: 10))
    }

    mutating func take(_ count: TrafficCount, for query: Question.CountQuery) {
        if query == countedQuery { self.count = count }
    }

    func draw(into frame: inout Frame, in line: Rect, below: Rect, context: ScreenContext) {
        frame.fill(line, style: Style(.text, on: .input))
        frame.put("/", at: Point(x: line.x + 1, y: line.y), style: Style(.key, on: .input))
        let note = noteText
        let noteWidth = note.isEmpty ? 0 : note.columns + 2
        let (field, right) = line.split(left: 3).rest.split(right: noteWidth)
        frame.put(
            note, at: Point(x: right.x + 1, y: right.y), style: Style(error == nil ? .dim : .inputError, on: .input),
            width: right.width)
        let text = input.text
        let wrong = error.map { $0.utf8Range(in: text) }
        input.draw(
            into: &frame, in: field, error: showsError || !suggestionsCoverError ? wrong : nil,
            placeholder: "outcome:limited client:acme route:/v1/* status>=400 latency>200ms \"text\"")
        var anchor = Point(x: field.x + input.columns(toOffset: replaced.lowerBound), y: line.y)
        if showsError, let error {
            let row = below.row(0)
            frame.fill(row, style: Style(.text, on: .overlay))
            frame.put(
                CleanText(error.summary),
                at: Point(x: row.x + 3, y: row.y), style: Style(.danger, on: .overlay), width: row.width - 4)
            anchor.y += 1
        }
        Terminal.Completions(
            suggestions.map { .init(CleanText($0.text), note: CleanText($0.note)) }, selected: chosen
        ).draw(
            into: &frame, at: anchor, within: Rect(x: below.x, y: line.y, width: below.width, height: below.height + 1))
    }

    /// While one types a word that can still become something, its being wrong is no news.
    private var suggestionsCoverError: Bool { !suggestions.isEmpty }

    private var noteText: CleanText {
        if let error {
            return !showsError && suggestions.isEmpty ? CleanText(error.message).truncated(to: 40) : .empty
        }
        guard let count else { return countedQuery == nil ? .empty : "counting…" }
        let matching = NumberText.grouped(Int(count.matching))
        return count.isComplete ? matching + " match" : matching + " so far"
    }
}
