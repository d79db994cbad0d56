import ArgumentParser
import Glibc

/// Why a change is made; the same option on every command that makes one.
struct ReasonOption: ParsableArguments {
    @Option(
        name: .customLong("reason"),
        help: ArgumentHelp(
            "Why, in a line for the audit trail.", discussion: "Asked for when you are at a terminal and leave it out.",
            valueName: "text"))
    var given: String?

    /// The reason; asks for it at a terminal, and is a usage error where there is none.
    func text() throws -> String {
        if let given {
            guard !given.isEmpty else { throw ValidationError("--reason is empty; say in a line why you do this") }
            return given
        }
        guard Inquiry.canBeAsked else {
            throw ValidationError("--reason is missing; say in a line why you do this")
        }
        guard let answer = Inquiry.ask("reason: "), !answer.isEmpty else {
            throw ValidationError("no change without a reason")
        }
        return answer
    }
}

/// Asks a person at a terminal.
enum Inquiry {
    /// Whether there is somebody to ask: standard input may as well be the policy.
    static var canBeAsked: Bool { isatty(STDIN_FILENO) == 1 && StandardError.isTerminal }

    /// One line, without spaces around it; nil at the end of input.
    static func ask(_ prompt: String) -> String? {
        StandardError.write(prompt)
        guard let line = readLine() else { return nil }
        return String(line.trimmed)
    }
}

extension String {
    fileprivate var trimmed: Substring {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
