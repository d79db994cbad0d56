import ArgumentParser
import Domain
import Store
import Terminal

struct PolicyApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Make the policy what a file says, as a new version.",
        discussion: """
            Each section of the file takes the place of all items of that kind; sections that are left out stay as \
            they are. Changes that the policy's settings list as dangerous wait for a second operator.

            A file that was exported says in based_on which version it was made of, and --based-on says it of any: what \
            others changed since then stays, unless they changed the same; then nothing is changed, and the exit code \
            is 4. A file that doesn't say is taken as it stands, and what others added since goes.

            Where credentials or tokens of clients end for good you are asked first; --yes does it without asking.
            """)

    @OptionGroup var file: PolicyFileArgument

    @Flag(help: "Only show what would change.")
    var dryRun = false

    @OptionGroup var base: BasedOnOption
    @OptionGroup var confirm: ConfirmOption
    @OptionGroup var change: ChangeOptions

    func run() throws {
        let reading = dryRun ? try PolicyAccess.reading(change.policy.store) : nil
        let access =
            try reading ?? PolicyAccess.writing(change, duty: .edit, action: "policy.apply", target: "policy")
        let wanted = try PolicyFileChange(file, basedOn: base.basedOn, in: access.store)
        try wanted.tellWhatStays()
        if dryRun {
            return try PolicyPreview(of: try wanted.trial(by: access.actor), in: access.store).print(
                json: change.policy.json)
        }
        let trial = try wanted.trialUnlessOperators()
        if let trial, trial.edits.isEmpty { return try printNothing(trial.active.version.number) }
        // A draft ends nothing yet.
        let ending = try EndingSecrets(of: trial?.waitsFor.isEmpty == true ? trial?.edits ?? [] : [], in: access.store)
        try ending.confirm(yes: confirm.yes)
        let outcome = try wanted.apply(by: access, reason: try change.reason.text())
        var printer = PolicyPrinter(json: change.policy.json)
        try printer.outcome(outcome, of: access.store, ending: ending)
        try access.store.close()
    }

    private func printNothing(_ version: Int) throws {
        var printer = PolicyPrinter(json: change.policy.json)
        if printer.isJSON {
            try printer.object([
                ("version", .integer(version)), ("state", .text("active")), ("edits", .list([])),
            ])
        } else {
            try printer.line("nothing to change: version \(version) is so already")
        }
        try printer.finish()
    }
}
