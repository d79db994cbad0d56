import Domain
import Terminal

/// Asks for the file that the view is written to; its ending chooses the format.
struct ExportPrompt: Sendable {
    var input: TextInput
    var problem: String?
    /// Whether the name is still the suggested one, which typing replaces.
    private var isSuggestion = true

    init(suggestion: String) {
        input = TextInput(suggestion)
    }

    mutating func handle(_ key: Key) -> Bool {
        if isSuggestion, key.typed != nil { input = TextInput() }
        guard input.handle(key) else { return false }
        isSuggestion = false
        problem = nil
        return true
    }

    /// The format that the name's ending stands for; nil for other endings.
    var format: Export.Format? {
        Export.Format.allCases.first { input.text.hasSuffix("." + $0.rawValue) }
    }

    func draw(into frame: inout Frame) {
        let width = min(70, max(20, frame.size.width - 8))
        let content = Dialog("export the view", note: "csv or json by the ending")
            .draw(into: &frame, contentSize: Size(width: width, height: 3))
        frame.put(
            problem.map { CleanText($0) } ?? "enter writes, esc cancels; an existing file is never overwritten",
            at: Point(x: content.x, y: content.y + 2), style: Style(problem == nil ? .dim : .danger, on: .overlay),
            width: content.width)
        input.draw(into: &frame, in: content.row(0))
    }
}
