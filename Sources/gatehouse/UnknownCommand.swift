import ArgumentParser
import Domain

/// A word where a command's name was expected, which is none of them.
struct UnknownCommand: Error, CustomStringConvertible {
    let description: String

    /// Nil where the words name a command, whatever else is wrong with them.
    static func found(in words: [String], of root: any ParsableCommand.Type) -> UnknownCommand? {
        var command = root
        var path: [String] = []
        for word in words {
            let subcommands = command.configuration.subcommands
            guard !subcommands.isEmpty, !word.hasPrefix("-"), word != "help" else { return nil }
            if let next = subcommands.first(where: { $0._commandName == word }) {
                command = next
                path.append(word)
                continue
            }
            let names = subcommands.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
            let asked = (path + [word]).joined(separator: " ")
            let help = (["gatehouse"] + path + ["--help"]).joined(separator: " ")
            return UnknownCommand(
                description: "there is no command \(SafeText.quoted(asked))"
                    + NearestName.nearestHint(for: word, among: names) + "; see `\(help)`")
        }
        return nil
    }
}
