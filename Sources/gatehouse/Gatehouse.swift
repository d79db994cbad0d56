import ArgumentParser
import Glibc

@main
struct Gatehouse: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gatehouse",
        abstract: "A security operations console for APIs, in the terminal.",
        discussion: """
            See what it does, on simulated traffic that leaves nothing behind:

              gatehouse demo

            Or point it at the access logs of a gateway that already runs:

              gatehouse ingest --follow /var/log/nginx/access.log
              gatehouse

            Completion for your shell (bash, zsh or fish):

              gatehouse --generate-completion-script bash > ~/.local/share/bash-completion/completions/gatehouse
            """,
        version: "0.1.0",
        subcommands: [
            ConsoleCommand.self,
            IngestCommand.self,
            TrafficCommand.self,
            OverviewCommand.self,
            FormatsCommand.self,
            ThemeCommand.self,
            InitCommand.self,
            PolicyCommand.self,
            TokenCommand.self,
            KeyCommand.self,
            AuditCommand.self,
            ClientCommand.self,
            RoleCommand.self,
            ScopeCommand.self,
            RouteCommand.self,
            TierCommand.self,
            QuotaCommand.self,
            OperatorCommand.self,
            DoctorCommand.self,
            DemoCommand.self,
            DemoRemoveCommand.self,
        ],
        defaultSubcommand: ConsoleCommand.self
    )

    static func main() {
        do {
            var command = try parsed()
            try command.run()
        } catch let ended as EndedBySignal {
            // Whoever sent the signal sees it take effect, now that everything is put away.
            signal(ended.signal, SIG_DFL)
            raise(ended.signal)
        } catch {
            end(with: error)
        }
    }

    /// The command that the words ask for; where they begin with one that there is none of, that is what is said.
    private static func parsed() throws -> any ParsableCommand {
        do {
            return try parseAsRoot()
        } catch  where exitCode(for: error) == .validationFailure {
            throw UnknownCommand.found(in: Array(CommandLine.arguments.dropFirst()), of: Gatehouse.self) ?? error
        }
    }

    /// Commands whose JSON is a stream of what was recorded, in which nothing else has a place.
    private static let streams = ["traffic", "overview"]

    /// Prints what went wrong, or the help that was asked for, and ends with the code of `ExitStatus`.
    private static func end(with error: any Error) -> Never {
        guard exitCode(for: error) != .success else {
            print(fullMessage(for: error))
            Glibc.exit(ExitStatus.done.rawValue)
        }
        let report = FailureReport(error)
        let words = CommandLine.arguments.dropFirst().prefix { $0 != "--" }
        report.write(json: words.contains("--json") && !streams.contains(words.first ?? ""))
        Glibc.exit(report.status.rawValue)
    }
}
