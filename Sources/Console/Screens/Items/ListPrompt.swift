import Domain
package import Terminal

/// The line in which the filter of a list is typed; the list follows while it is read.
package struct ListPrompt: Sendable {
    enum Step {
        case typing
        case cancelled
        case finished(ListFilter)
    }

    private var input: TextInput
    private let fields: [String]
    /// The last text that could be read.
    private(set) var filter: ListFilter
    private(set) var error: FilterError?

    init(text: String, fields: [String]) {
        input = TextInput(text.isEmpty ? "" : text + " ")
        self.fields = fields
        filter = .everything
        read()
    }

    var text: String { input.text }

    mutating func handle(_ key: Key) -> Step {
        switch key {
        case .escape: return .cancelled
        case .enter: return error == nil ? .finished(filter) : .typing
        case .tab: complete()
        default: _ = input.handle(key)
        }
        read()
        return .typing
    }

    mutating func paste(_ text: String) {
        input.paste(text)
        read()
    }

    private mutating func read() {
        do throws(FilterError) {
            filter = try ListFilter(parsing: input.text, fields: fields)
            error = nil
        } catch {
            self.error = error
        }
    }

    /// The fields that the word before the cursor may become.
    private var candidates: [String] {
        let word = lastWord
        guard !word.isEmpty, !word.contains(":") else { return [] }
        return fields.filter { $0.hasPrefix(word.lowercased()) }
    }

    private var lastWord: String {
        let before = input.text.utf8.prefix(input.cursorOffset)
        let word = before.reversed().prefix {
            $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: "-")
        }
        return String(decoding: word.reversed(), as: UTF8.self)
    }

    private mutating func complete() {
        guard let first = candidates.first else { return }
        let end = input.cursorOffset
        input.replace(utf8: (end - lastWord.utf8.count)..<end, with: first + ":")
    }

    package func draw(into frame: inout Frame, in line: Rect) {
        frame.fill(line, style: Style(.text, on: .input))
        frame.put("/", at: Point(x: line.x + 1, y: line.y), style: Style(.key, on: .input))
        let hint = CleanText(error?.summary ?? (candidates.isEmpty ? "" : candidates.joined(separator: ": ") + ":"))
            .truncated(to: max(0, line.width / 2))
        let (field, right) = line.split(left: 3).rest.split(right: hint.columns + 2)
        frame.put(
            hint, at: Point(x: right.x + 1, y: right.y), style: Style(error == nil ? .dim : .inputError, on: .input),
            width: right.width)
        let text = input.text
        input.draw(
            into: &frame, in: field, error: error.map { $0.utf8Range(in: text) },
            placeholder: "a name, or \(fields.dropFirst().prefix(3).map { $0 + ":…" }.joined(separator: " "))")
    }
}
