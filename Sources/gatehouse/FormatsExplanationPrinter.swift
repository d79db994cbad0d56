import Domain
import LogFormats
import Terminal

/// Prints how lines are read, with nothing in it that a terminal would obey.
struct ExplanationPrinter {
    /// Columns of the line itself that are shown.
    private static let shownOfLine = 400

    private(set) var count = 0
    private(set) var understood = 0
    private let parser: LogParser
    private let isJSON: Bool
    private let style = TextStyle.standardOutput
    private var output = StandardOutput()

    init(parser: LogParser, isJSON: Bool) {
        self.parser = parser
        self.isJSON = isJSON
    }

    static func clean(_ text: String) -> String { CleanText(text).text }

    /// Explains a line of a file; `number` counts from 1.
    mutating func print(line: [UInt8], number: Int64, source: String?) throws {
        let explanation = parser.explain(line: line)
        count += 1
        if explanation.format != nil { understood += 1 }
        guard !isJSON else { return try output.writeLine(json(explanation, line: line, number: number)) }
        try write(head: "line \(number)", line, explanation)
    }

    /// Explains a line that the store kept. It was cut and cleared of secrets, so the reason of that time counts too.
    mutating func print(unread line: UnreadLine) throws {
        let explanation = parser.explain(line: line.bytes)
        count += 1
        guard !isJSON else { return try output.writeLine(json(explanation, unread: line)) }
        let head = "\(line.source) at byte \(line.offset), \(TimeText.shortRFC3339(line.time)), unread: \(line.reason)"
        try write(head: head, line.bytes, explanation)
    }

    mutating func printCounts(_ counts: [(reason: String, count: Int64)]) throws {
        try output.writeLine(style.line([Piece("unread lines since the store was made, by reason", .header)]))
        for (reason, count) in counts {
            let figure = NumberText.grouped(Int(count)).text
            let padding = String(repeating: " ", count: max(0, 12 - figure.count))
            try output.writeLine(
                style.line([Piece(CleanText(padding + figure)), Piece("  "), Piece(CleanText(reason))]))
        }
    }

    mutating func flush() throws {
        try output.flush()
    }

    private mutating func write(head: String, _ line: [UInt8], _ explanation: LineExplanation) throws {
        let verdict = explanation.format?.name ?? "unread: \(explanation.reason?.rawValue ?? "no_format")"
        try output.writeLine(
            style.line([
                Piece(CleanText(head), .header), Piece("  "),
                Piece(CleanText(verdict), explanation.format == nil ? .warning : .accent),
            ]))
        try output.writeLine(
            style.line([Piece("  "), Piece(CleanText(bytes: line, limit: Self.shownOfLine), .dim)]))
        for event in explanation.events {
            for field in event { try output.writeLine(style.line(pieces(field))) }
        }
        try output.writeLine("")
    }

    private func pieces(_ field: LineExplanation.Field) -> [Piece] {
        let columns = field.columns.map { "\($0.lowerBound + 1)–\($0.upperBound)" } ?? ""
        func padded(_ text: String, _ width: Int) -> CleanText {
            CleanText(text + String(repeating: " ", count: max(0, width - text.count)))
        }
        return [
            Piece("  "), Piece(padded(field.name, 11), .accent), Piece(padded(columns, 10), .dim),
            Piece(CleanText(field.value)),
        ]
    }

    // MARK: JSON

    private func json(_ explanation: LineExplanation, line: [UInt8], number: Int64) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("line", number)
            members(explanation, of: line, &writer)
        }
        return writer.text
    }

    private func json(_ explanation: LineExplanation, unread line: UnreadLine) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("source", line.source)
            writer.member("offset", line.offset)
            writer.member("time", TimeText.rfc3339(line.time))
            writer.member("unread", line.reason)
            members(explanation, of: line.bytes, &writer)
        }
        return writer.text
    }

    private func members(_ explanation: LineExplanation, of line: [UInt8], _ writer: inout JSONWriter) {
        writer.member("text", String(decoding: line.prefix(LogParser.longestUnread), as: UTF8.self))
        writer.member("format", explanation.format?.name)
        writer.member("reason", explanation.reason?.rawValue)
        writer.name("events")
        writer.array { writer in
            for event in explanation.events {
                writer.array { writer in
                    for field in event { json(field, &writer) }
                }
            }
        }
    }

    private func json(_ field: LineExplanation.Field, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("field", field.name)
            writer.member("from", field.columns.map { $0.lowerBound + 1 })
            writer.member("to", field.columns?.upperBound)
            writer.member("raw", String(decoding: field.raw, as: UTF8.self))
            writer.member("value", field.value)
        }
    }
}
