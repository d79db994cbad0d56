import ArgumentParser
import Domain
import Store
import Terminal

struct PolicyCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say whether a file could be applied, and all that is wrong with it.",
        discussion: """
            By the rules that apply goes by: those of the policy, those on operators, and what others changed since the \
            version that the file was made of. It tells for which dangers the change would wait for a second operator. \
            The exit codes are those that apply would give to an operator with the duty edit: 0 when it could be \
            applied or kept as a draft, 1 when it can't be read, 3 when it would be refused, 4 for a conflict.

            Sections that the file leaves out are taken from the policy. Without a store the file is checked alone.
            """)

    @OptionGroup var file: PolicyFileArgument
    @OptionGroup var base: BasedOnOption
    @OptionGroup var options: PolicyOptions

    func run() throws {
        var printer = PolicyPrinter(json: options.json)
        guard StoreFolder(options.store.path).hasPolicy else {
            let counts = PolicyCounts(try file.snapshotAlone().policy)
            if options.json {
                try printer.object([("valid", .flag(true)), ("items", counts.tree)])
            } else {
                try printer.line("the policy is in order: \(counts.text)", .good)
                try printer.line("there is no store to hold it against", .dim)
            }
            return try printer.finish()
        }
        let access = try PolicyAccess.reading(options.store)
        let wanted = try PolicyFileChange(file, basedOn: base.basedOn, in: access.store)
        try wanted.tellWhatStays()
        let trial = try wanted.trial(by: access.actor)
        let mayEdit = try access.store.allows(.edit, to: access.actor)
        let ending = try EndingSecrets(of: trial.edits, in: access.store)
        let counts = PolicyCounts(trial.snapshot?.policy ?? trial.active.policy)
        if options.json {
            try printer.object(
                [
                    ("valid", .flag(true)), ("items", counts.tree),
                    ("against", .integer(trial.active.version.number)), ("based_on", .integer(wanted.basedOn)),
                    ("edits", .list(trial.edits.map(\.summary))),
                    ("waits_for", .words(trial.waitsFor.sorted().map(\.name))),
                    ("dangers", .list(trial.findings.map(\.tree))), ("may_edit", .flag(mayEdit)),
                ] + ending.members)
        } else {
            try printer.line("the policy is in order: \(counts.text)", .good)
            let changes = Counted.text(trial.edits.count, "change")
            try printer.line(
                "\(changes) of version \(trial.active.version.number)"
                    + (wanted.basedOn == trial.active.version.number ? "" : ", made on version \(wanted.basedOn)"), .dim
            )
            try printer.dangers(of: trial)
            try printer.warn(of: ending)
            if !mayEdit, !trial.edits.isEmpty {
                try printer.line("you don't have the duty edit: another has to apply it", .caution)
            }
        }
        try printer.finish()
    }
}
