import ArgumentParser
import Domain
import Store
import Terminal

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "The audit trail: who changed what, when and why, in a chain that shows tampering.",
        subcommands: [
            AuditListCommand.self, AuditShowCommand.self, AuditVerifyCommand.self, AuditCheckpointCommand.self,
            AuditExportCommand.self,
        ],
        defaultSubcommand: AuditListCommand.self)
}

struct AuditListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List audit records, newest last.")

    @Option(help: ArgumentHelp("At most so many, the newest.", valueName: "n")) var limit = 50

    @Option(help: ArgumentHelp("Only those after this number, the oldest first.", valueName: "number"))
    var after: Int64?

    @OptionGroup var options: PolicyOptions

    func run() throws {
        guard limit > 0 else { throw ValidationError("--limit must be positive") }
        let store = try PolicyAccess.reading(options.store).store
        let records =
            try after.map { try store.auditRecords(after: $0, limit: limit) }
            ?? store.newestAuditRecords(limit: limit).reversed()
        var printer = PolicyPrinter(json: options.json)
        var table = TextTable([
            .init("number", isNumber: true, role: .accent),
            .init("time \(printer.zone.abbreviation(at: SystemClock.now()))", role: .dim), .init("who"),
            .init("action"), .init("target"), .init("outcome"), .init("reason"),
        ])
        for record in records {
            if options.json {
                try printer.output.writeLine(record.tree.json)
            } else {
                let entry = record.entry
                table.add([
                    "\(record.sequence)", printer.time(entry.time), entry.actor.name, entry.action, entry.target,
                    entry.outcome.rawValue, entry.reason,
                ])
            }
        }
        if !options.json { try printer.table(table) }
        try printer.finish()
    }
}

struct AuditShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one audit record, with what was before and after.")

    @Argument(help: "The record's number.") var number: Int64
    @OptionGroup var options: PolicyOptions

    func run() throws {
        let store = try PolicyAccess.reading(options.store).store
        guard let record = try store.auditRecord(number) else {
            throw CommandFailure("there is no audit record \(number); see `gatehouse audit list`")
        }
        var printer = PolicyPrinter(json: options.json)
        if options.json {
            try printer.output.writeLine(record.tree.json)
        } else {
            let entry = record.entry
            let zone = printer.zone.abbreviation(at: entry.time)
            let lines = [
                ("when", "\(printer.time(entry.time)) \(zone)"),
                ("who", entry.actor.name + (entry.actor.userID.map { " (user \($0))" } ?? "")),
                ("action", entry.action), ("target", entry.target), ("outcome", entry.outcome.rawValue),
                ("reason", entry.reason), ("version", "\(entry.version)"), ("before", entry.before ?? "-"),
                ("after", entry.after ?? "-"), ("previous", Hex.text(record.previous)), ("hash", Hex.text(record.hash)),
            ]
            try printer.line("audit record \(record.sequence)", .title)
            for (name, text) in lines {
                let space = String(repeating: " ", count: 10 - name.count)
                try printer.line([Piece(CleanText("  " + name + space), .dim), Piece(CleanText(text, limit: 100_000))])
            }
        }
        try printer.finish()
    }
}

extension AuditRecord {
    var tree: PolicyTree {
        func json(_ text: String?) -> PolicyTree {
            guard let text else { return PolicyTree(.nothing) }
            // What isn't the canonical JSON that Gatehouse writes is shown as the text that it is.
            return (try? PolicyTree(parsingJSON: text.utf8)) ?? .text(text)
        }
        return .map([
            .init("number", .integer(Int(sequence))), .init("time", .text(TimeText.rfc3339(entry.time))),
            .init("who", .text(entry.actor.name)),
            .init("user_id", entry.actor.userID.map { .integer(Int($0)) } ?? PolicyTree(.nothing)),
            .init("action", .text(entry.action)), .init("target", .text(entry.target)),
            .init("outcome", .text(entry.outcome.rawValue)), .init("reason", .text(entry.reason)),
            .init("version", .integer(Int(entry.version))), .init("before", json(entry.before)),
            .init("after", json(entry.after)), .init("previous", .text(Hex.text(previous))),
            .init("hash", .text(Hex.text(hash))),
        ])
    }
}
