import ArgumentParser
import Domain
import Foundation
import LogFormats
import Pipeline
import Store

struct FormatsExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tell for each line its format, and how each field is read.",
        discussion: """
            Without a file it explains the lines that the store kept because they were not understood.
            Columns count bytes from 1.
            """
    )

    @OptionGroup var store: StoreOption

    @Argument(help: "A log file, or - for standard input.", completion: .file())
    var file: String?

    @Option(help: ArgumentHelp("Read the lines in this format.", valueName: "name"))
    var format = FormatOption.automatic

    @Option(help: ArgumentHelp("Read JSON lines by this mapping file.", valueName: "file"), completion: .file())
    var mapping: String?

    @Option(help: ArgumentHelp("At most this many lines.", valueName: "n"))
    var limit: Int?

    @Flag(help: "One JSON object a line.")
    var json = false

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit must not be negative") }
        if mapping != nil, format != .automatic { throw ValidationError("--format and --mapping exclude each other") }
    }

    func run() throws {
        StandardOutput.ignoreBrokenPipe()
        let now = SystemClock.now()
        let choice = try mapping.map { LogParser.Choice.mapping(try MappingFile.read($0)) } ?? format.choice
        let zone = LocalTimeZone.table()
        let parser = LogParser(choice: choice, node: "", localOffset: zone.offset(at: now), now: now)
        var printer = ExplanationPrinter(parser: parser, isJSON: json)
        if let file {
            try explain(file, &printer)
        } else {
            try explainUnread(&printer)
        }
        try printer.flush()
        if printer.count > 0, printer.understood == 0, file != nil { throw ExitCode(1) }
    }

    private func explain(_ file: String, _ printer: inout ExplanationPrinter) throws {
        let input: LogInput = file == "-" ? .standardInput : .file(path: IngestCommand.absolute(file))
        var number: Int64 = 0
        do {
            try LineSequence(of: input, stop: try StopRequest()).forEach { line in
                number += 1
                try printer.print(line: line, number: number, source: nil)
                return limit.map { number < $0 } ?? true
            }
        } catch let error as CommandFailure {
            throw error
        } catch {
            try printer.flush()
            throw CommandFailure(ExplanationPrinter.clean("\(input.name): \(error)"))
        }
    }

    private func explainUnread(_ printer: inout ExplanationPrinter) throws {
        let reader = try OpenStore.reader(at: store.path)
        let lines = try reader.unreadLines(limit: limit ?? 1000)
        guard !lines.isEmpty else {
            if !json { StandardError.write("the store has no unread lines\n") }
            return
        }
        for line in lines { try printer.print(unread: line) }
        guard !json else { return }
        try printer.printCounts(try reader.unreadReasons())
    }
}
