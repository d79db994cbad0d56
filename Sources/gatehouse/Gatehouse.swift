import ArgumentParser
import Glibc

@main
struct Gatehouse: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gatehouse",
        abstract: "A security operations console for APIs, in the terminal.",
        discussion: """
            Point it at the access logs of a gateway that already runs:

              gatehouse ingest --follow /var/log/nginx/access.log
              gatehouse
            """,
        version: "0.1.0",
        subcommands: [
            IngestCommand.self,
            FormatsCommand.self,
        ]
    )

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            end(with: error)
        }
    }

    /// Prints what went wrong, or the help that was asked for, and ends with 0 done, 1 failed or 2 usage.
    private static func end(with error: any Error) -> Never {
        let message = fullMessage(for: error)
        let code = exitCode(for: error)
        guard code != .success else {
            print(message)
            Glibc.exit(0)
        }
        if !message.isEmpty { StandardError.write(message + "\n") }
        Glibc.exit(code == .validationFailure ? 2 : 1)
    }
}
