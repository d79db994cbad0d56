// `gatehouse audit verify|checkpoint|export`: whether all is as it was written, and what shows it elsewhere.

import ArgumentParser
import Domain
import Glibc
import Store
import Terminal

struct AuditVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check the audit trail, the versions, the policy, the traffic and the checkpoints.",
        discussion: """
            Ends with 1 when anything isn't as it was written, and says what and where. Whoever can write the store \
            can write all of it anew; checkpoints that were kept elsewhere show that too.

              gatehouse audit verify
              gatehouse audit verify --checkpoints /mnt/elsewhere/checkpoints.jsonl
            """)

    @Option(
        help: ArgumentHelp("Checkpoints that were kept elsewhere; - for standard input.", valueName: "file"),
        completion: .file())
    var checkpoints: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("A key whose checkpoints count, in hex; others' are findings then.", valueName: "key"))
    var key: [String] = []

    @Flag(help: "Leave the traffic's segments out.") var noTraffic = false
    @OptionGroup var options: PolicyOptions

    func validate() throws { _ = try keys }

    private var keys: Set<[UInt8]>? {
        get throws {
            if key.isEmpty { return nil }
            return Set(
                try key.map { text in
                    guard let bytes = Hex.bytes(text), bytes.count == 32 else {
                        throw ValidationError("--key: \(SafeText.quoted(text)) is no key of 64 hexadecimal digits")
                    }
                    return bytes
                })
        }
    }

    func run() throws {
        do {
            try verify()
        } catch let error as PolicyStoreError {
            guard case .storage(let problem) = error, case .corrupt = problem.problem else { throw error }
            throw CommandFailure("\(error.message). Nothing of it can be verified; restore the file from a copy")
        }
    }

    private func verify() throws {
        let store = try PolicyAccess.verifying(options.store).store
        let exported = try checkpoints.map { try CheckpointFile.read($0) } ?? []
        let report = try store.verify(exported: exported, trusting: try keys, traffic: !noTraffic)
        var printer = PolicyPrinter(json: options.json)
        if options.json {
            try printer.object([
                ("intact", .flag(report.isIntact)), ("records", .integer(Int(report.records))),
                ("head", .text(Hex.text(report.head))), ("versions", .integer(report.versions)),
                ("items", .integer(report.items)), ("segments", .integer(report.segments)),
                ("events", .integer(Int(report.events))), ("checkpoints", .integer(report.checkpoints)),
                ("checkpoints_of_file", .integer(exported.count)),
                ("keys", .words(report.keys.map { Hex.text($0) }.sorted())),
                (
                    "findings",
                    .list(
                        report.findings.map { finding in
                            .map([
                                .init("place", .text(finding.place.description)),
                                .init("problem", .text(finding.problem)),
                            ])
                        })
                ),
            ])
        } else {
            for finding in report.findings { try printer.line(finding.description, .danger) }
            try printer.line(
                "\(report.records) audit records, \(report.versions) versions, \(report.items) items, "
                    + "\(report.segments) segments with \(report.events) events, \(report.checkpoints) checkpoints"
                    + (checkpoints == nil ? "" : ", \(exported.count) in the file"))
            if report.isIntact { try printer.line("all is as it was written", .good) }
        }
        try printer.finish()
        guard report.isIntact else {
            throw CommandFailure(
                "\(report.findings.count) things are not as they were written; keep the store as it is, to find out how, and "
                    + "go on with a copy in which nothing is found")
        }
    }
}

/// A file of checkpoints, one JSON object a line.
enum CheckpointFile {
    private static let sizeLimit = 100_000_000

    /// Fails where there is none: a file that was emptied would seem to bear the store out.
    static func read(_ path: String) throws -> [Checkpoint] {
        let checkpoints = try bytes(path).split(separator: UInt8(ascii: "\n")).enumerated().map { index, line in
            guard let checkpoint = Checkpoint(json: line) else {
                throw FileProblem(file: path, line: index + 1, message: "is no checkpoint")
            }
            return checkpoint
        }
        guard !checkpoints.isEmpty else {
            throw CommandFailure("\(SafeText.cut(path, bytes: 200)) holds no checkpoint, so that it shows nothing")
        }
        return checkpoints
    }

    /// What a file holds already; nothing of one that isn't there yet, or can't be read back, as a pipe.
    static func lines(_ path: String) -> Set<String> {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return [] }
        let bytes = (try? bytes(path)) ?? []
        return Set(bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) })
    }

    private static func bytes(_ path: String) throws -> [UInt8] {
        do {
            return try FileBytes.read(path, limit: sizeLimit)
        } catch {
            throw CommandFailure("\(SafeText.cut(path, bytes: 200)) can't be read: \(error)")
        }
    }
}

struct AuditExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print the audit trail as JSON, one record a line, with all that its hashes are made of.")

    @Option(help: ArgumentHelp("Only those after this number.", valueName: "number")) var after: Int64 = 0
    @Flag(help: "The newest checkpoint of each chain, in the place of the records.") var checkpoints = false
    @OptionGroup var options: PolicyOptions

    func run() throws {
        let store = try PolicyAccess.reading(options.store).store
        var printer = PolicyPrinter(json: true)
        if checkpoints {
            for checkpoint in try store.newestCheckpoints() { try printer.output.writeLine(checkpoint.json) }
            return try printer.finish()
        }
        var last = after
        while true {
            let records = try store.auditRecords(after: last, limit: 1000)
            for record in records { try printer.output.writeLine(record.exported.json) }
            guard let next = records.last?.sequence else { return try printer.finish() }
            last = next
        }
    }
}

extension AuditRecord {
    /// With times in microseconds and texts as they were hashed.
    fileprivate var exported: PolicyTree {
        func text(_ text: String?) -> PolicyTree { text.map { .text($0) } ?? PolicyTree(.nothing) }
        return .map([
            .init("sequence", .integer(Int(sequence))), .init("time", .integer(Int(entry.time.microseconds))),
            .init("version", .integer(Int(entry.version))),
            .init("user_id", entry.actor.userID.map { .integer(Int($0)) } ?? PolicyTree(.nothing)),
            .init("who", .text(entry.actor.name)), .init("action", .text(entry.action)),
            .init("outcome", .text(entry.outcome.rawValue)), .init("target", .text(entry.target)),
            .init("reason", .text(entry.reason)), .init("before", text(entry.before)),
            .init("after", text(entry.after)), .init("previous", .text(Hex.text(previous))),
            .init("hash", .text(Hex.text(hash))),
        ])
    }
}
