import ArgumentParser
import Domain

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "The policy as a whole: its file, its versions, and questions about it.",
        discussion: """
            A policy is a YAML file to whoever wants one: export it, edit it, look at the difference, apply it.

              gatehouse policy export > policy.yaml
              gatehouse policy diff policy.yaml
              gatehouse policy apply policy.yaml --reason "partners may read reports"
              gatehouse policy try --client acme --method GET --path /reports/7
            """,
        subcommands: [
            PolicyShowCommand.self, PolicyHistoryCommand.self, PolicyDiffCommand.self, PolicyExportCommand.self,
            PolicyCheckCommand.self, PolicyApplyCommand.self, PolicyUndoCommand.self, PolicyRestoreCommand.self,
            PolicyApproveCommand.self, PolicyRejectCommand.self, PolicyBreakGlassCommand.self, PolicyTryCommand.self,
            PolicyWhoCanCommand.self, PolicyCanCommand.self, PolicyReviewCommand.self, PolicyReplayCommand.self,
            PolicyExampleCommand.self,
        ],
        defaultSubcommand: PolicyShowCommand.self)
}

struct PolicyExampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "example",
        abstract: "Print a policy to begin with: guest, user and admin, with tiers, scopes and clients.")

    @Flag(help: "JSON, one object a line.")
    var json = false

    func run() throws {
        var printer = PolicyPrinter(json: json)
        if json {
            let file = try PolicyFile(name: "example", bytes: Array(PolicyExample.text.utf8))
            try printer.output.writeLine(file.tree.json)
        } else {
            try printer.output.write(PolicyExample.text)
        }
        try printer.finish()
    }
}
