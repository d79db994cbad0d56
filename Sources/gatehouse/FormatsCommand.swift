import ArgumentParser
import Domain
import LogFormats
import Terminal

struct FormatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formats",
        abstract: "List the log formats, or explain how lines are read.",
        discussion: """
            The format of a log is found by itself; `gatehouse ingest --format NAME` settles it.

              gatehouse formats
              gatehouse formats explain access.log
              tail -1 access.log | gatehouse formats explain -
            """,
        subcommands: [FormatsListCommand.self, FormatsExplainCommand.self],
        defaultSubcommand: FormatsListCommand.self
    )
}

struct FormatsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the log formats; what `gatehouse formats` alone does.")

    @Flag(help: "One JSON object a line.")
    var json = false

    func run() throws {
        StandardOutput.ignoreBrokenPipe()
        var output = StandardOutput()
        let style = TextStyle.standardOutput
        let width = LogFormat.allCases.map(\.name.count).max() ?? 0
        for format in LogFormat.allCases {
            let description = format.description
            guard !json else {
                try output.writeLine(Self.json(format, description))
                continue
            }
            let name = format.name + String(repeating: " ", count: width - format.name.count)
            try output.writeLine(
                style.line([Piece(CleanText(name), .accent), Piece("  "), Piece(CleanText(description.summary))]))
            let indent = CleanText(String(repeating: " ", count: width + 2))
            try output.writeLine(style.line([Piece(indent), Piece(CleanText(description.layout), .dim)]))
        }
        try output.flush()
    }

    private static func json(_ format: LogFormat, _ description: LogFormat.Description) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("name", format.name)
            writer.member("summary", description.summary)
            writer.member("layout", description.layout)
            writer.name("samples")
            writer.array { writer in
                for sample in description.samples { writer.string(sample.line) }
            }
        }
        return writer.text
    }
}
