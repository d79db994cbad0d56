import ArgumentParser
import Domain
import Store
import Terminal

struct PolicyBreakGlassCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "break-glass",
        abstract: "Put a change in force at once that would wait for a second operator; list and review those.",
        discussion: """
            Such a change ends by itself (after the settings' break_glass, an hour at first), and is an alarm until \
            another operator has reviewed it. It changes neither operators nor which changes take a second one, and \
            meanwhile no other change is taken that it could not be taken back under.

              gatehouse policy break-glass apply policy.yaml --reason "payments are down"
              gatehouse policy break-glass apply --draft 7 --reason "payments are down"
              gatehouse policy break-glass list
              gatehouse policy break-glass review 8 --keep --reason "it was right"
            """,
        subcommands: [BreakGlassApplyCommand.self, BreakGlassListCommand.self, BreakGlassReviewCommand.self],
        defaultSubcommand: BreakGlassApplyCommand.self)
}

struct BreakGlassApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Apply a file, or a draft that waits, by break-glass.")

    @Argument(help: "A policy in YAML; - for standard input.", completion: .file(extensions: ["yaml", "yml"]))
    var file: String?

    @Option(help: ArgumentHelp("A draft, in the place of a file.", valueName: "number")) var draft: Int?
    @OptionGroup var confirm: ConfirmOption
    @OptionGroup var change: ChangeOptions

    func validate() throws {
        guard (file == nil) != (draft == nil) else { throw ValidationError("give a file, or --draft with a number") }
    }

    func run() throws {
        let access = try PolicyAccess.writing(change, duty: .edit, action: "policy.break-glass", target: "policy")
        let outcome: PolicyOutcome
        let ending: EndingSecrets
        if let draft {
            ending = try EndingSecrets(of: access.store.trial(ofDraft: draft).edits, in: access.store)
            try ending.confirm(yes: confirm.yes)
            outcome = try access.apply(
                try access.store.edits(of: draft), basedOn: try access.store.version(draft).parent ?? draft,
                reason: try change.reason.text(), breakGlass: true)
        } else {
            var argument = PolicyFileArgument()
            argument.file = file ?? "-"
            let wanted = try PolicyFileChange(argument, in: access.store)
            ending = try EndingSecrets(of: wanted.trialUnlessOperators()?.edits ?? [], in: access.store)
            try ending.confirm(yes: confirm.yes)
            outcome = try wanted.apply(by: access, reason: try change.reason.text(), breakGlass: true)
        }
        var printer = PolicyPrinter(json: change.policy.json)
        try printer.outcome(outcome, of: access.store, ending: ending)
        try access.store.close()
    }
}

struct BreakGlassListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List changes by break-glass, newest first.")

    @OptionGroup var options: PolicyOptions

    func run() throws {
        let store = try PolicyAccess.reading(options.store).store
        let changes = try store.breakGlassChanges()
        var printer = PolicyPrinter(json: options.json)
        var table = TextTable([
            .init("version", isNumber: true, role: .accent), .init("author"), .init("state"), .init("reviewed by"),
            .init("reason"),
        ])
        for change in changes {
            if options.json {
                try printer.object([
                    ("version", .integer(change.version.number)), ("author", .text(change.version.author.name)),
                    ("created", .text(TimeText.rfc3339(change.version.created))),
                    ("expires", .text(TimeText.rfc3339(change.expires))),
                    ("ending", change.ending.map { .text($0.rawValue) } ?? PolicyTree(.nothing)),
                    ("reverted_by", change.revertedBy.map { .integer($0) } ?? PolicyTree(.nothing)),
                    ("reviewer", change.review.map { .text($0.reviewer.name) } ?? PolicyTree(.nothing)),
                    ("reason", .text(change.version.reason)),
                ])
            } else {
                table.add([
                    "\(change.version.number)", change.version.author.name, change.stateText(printer),
                    change.review?.reviewer.name ?? "nobody yet", change.version.reason,
                ])
            }
        }
        if !options.json {
            if changes.isEmpty {
                try printer.line("no change was made by break-glass", .dim)
            } else {
                try printer.table(table)
            }
            if changes.contains(where: { $0.ending == .failed }) {
                try printer.line(
                    "failed: other changes stand on what it did, so that not all of it could be taken back; what couldn't is",
                    .warning)
                try printer.line(
                    "in the audit trail (policy.expire). That is tried again at each look: take away what stands on it, or",
                    .warning)
                try printer.line("let it stay with 'gatehouse policy break-glass review N --keep'.", .warning)
            }
        }
        try printer.finish()
    }
}

struct BreakGlassReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review", abstract: "End the alarm of another's change by break-glass.")

    @Argument(help: "The version.") var version: Int

    @Flag(help: "Let the change stay; else it ends as it would.")
    var keep = false

    @OptionGroup var change: ChangeOptions

    func run() throws {
        let access = try PolicyAccess.writing(change.policy.store)
        try access.store.review(version, keeping: keep, by: access.actor, reason: try change.reason.text())
        var printer = PolicyPrinter(json: change.policy.json)
        if change.policy.json {
            try printer.object([("version", .integer(version)), ("kept", .flag(keep))])
        } else {
            try printer.line("version \(version) is reviewed" + (keep ? " and stays" : ""))
        }
        try printer.finish()
        try access.store.close()
    }
}
