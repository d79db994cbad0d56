import ArgumentParser
import Domain
import Foundation
import LogFormats
import Pipeline
import Store

struct IngestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Read access logs into the store.",
        discussion: """
            Reads plain and gzip files, or - for standard input, finds out their format by itself, and stores nothing \
            twice: a file is known by its content, so that a renamed, copied or compressed log goes on where it was left.

              gatehouse ingest /var/log/nginx/access.log*
              gatehouse ingest --follow /var/log/nginx/access.log
              zcat old.gz | gatehouse ingest --format combined -
              gatehouse ingest --mapping fields.yaml app.jsonl

            With --follow it goes on with what is written later, through rotation and truncation, until it is \
            interrupted; started again, it goes on where it was. Exit code 1 says that a file could not be read or \
            that nothing in it was understood.
            """
    )

    /// How long another writer may take to end.
    private static let patience = Duration.seconds(5)

    @OptionGroup var store: StoreOption

    @Argument(help: "Log files, or - for standard input.", completion: .file())
    var files: [String] = []

    @Option(help: ArgumentHelp("The format: auto, or a name that `gatehouse formats` lists.", valueName: "name"))
    var format = FormatOption.automatic

    @Option(
        help: ArgumentHelp("A YAML file that says which JSON field holds what.", valueName: "file"), completion: .file()
    )
    var mapping: String?

    @Flag(name: .shortAndLong, help: "Go on with what is written later.")
    var follow = false

    @Flag(help: "Store again what was stored before.")
    var again = false

    @Option(help: ArgumentHelp("The gateway's name, stored with each event; else this host's.", valueName: "name"))
    var node: String?

    @Option(help: ArgumentHelp("Drop days older than this, as in 30d; else as configured.", valueName: "days"))
    var keep: String?

    @Flag(help: "Print the figures as JSON.")
    var json = false

    func validate() throws {
        if files.isEmpty { throw ValidationError("name a log file, or - for standard input") }
        if files.filter({ $0 == "-" }).count > 1 { throw ValidationError("- can be named only once") }
        if mapping != nil, format != .automatic { throw ValidationError("--format and --mapping exclude each other") }
        if keep != nil { _ = try keepDays() }
    }

    func run() throws {
        StandardOutput.ignoreBrokenPipe()
        let stop = try StopRequest()
        StopSignals.watch(stop)
        let settings = try settings()
        let sink = try TrafficStore(
            folder: StoreFolder(store.path), writer: "ingest", waitForLock: Self.patience, keep: try keepDays())
        var ingest = Ingest(inputs: inputs, settings: settings)
        ingest.follows = follow
        ingest.isTransient = IngestCommand.isTransient
        let display = IngestDisplay(follows: follow)
        ingest.tick = display.tick
        defer { display.end() }
        let report = try ingest.run(into: sink, stop: stop, observe: display.show)
        try sink.close()
        display.end()
        try finish(report)
    }

    /// Every file once, under its absolute path, however often it is named.
    private var inputs: [LogInput] {
        var seen: Set<LogInput> = []
        return files.map { file in
            file == "-" ? .standardInput : .file(path: Self.absolute(file))
        }.filter { !follow || seen.insert($0).inserted }
    }

    /// The path from the root, without `.` and `..`; symbolic links stay, since rotation changes what they lead to.
    static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }

    private func settings() throws -> Ingest.Settings {
        var settings = Ingest.Settings(node: node ?? ProcessInfo.processInfo.hostName) { SystemClock.now() }
        settings.choice = try mapping.map { .mapping(try MappingFile.read($0)) } ?? format.choice
        settings.localOffset = LocalTimeZone.table().offset(at: SystemClock.now())
        settings.again = again
        return settings
    }

    /// Days to keep; nil for ever.
    private func keepDays() throws -> Int? {
        guard let keep else {
            return Configuration.load(ConfigurationFolder.current.file).configuration.keepDays
        }
        guard let duration = DurationText.parse(keep), duration >= Day.microseconds, duration % Day.microseconds == 0
        else { throw ValidationError("--keep takes whole days, as in 30d") }
        return Int(duration / Day.microseconds)
    }

    /// What passes by itself, or by someone's hand, while a log is followed.
    private static func isTransient(_ error: any Error) -> Bool {
        guard let error = error as? StoreError else { return false }
        switch error.problem {
        case .full, .locked, .inputOutput: return true
        case .missing, .corrupt, .newerSchema, .permission, .readOnly, .other: return false
        }
    }

    private func finish(_ report: IngestReport) throws {
        StandardError.write(IngestSummary.text(report) + "\n")
        if json {
            var output = StandardOutput()
            try output.writeLine(IngestSummary.json(report))
            try output.flush()
        }
        let isCutShort = report.wasStopped && !follow
        if isCutShort { StandardError.write("stopped before the end; the same command again reads the rest\n") }
        guard report.failures.isEmpty, !isCutShort else { throw ExitCode(1) }
    }
}
