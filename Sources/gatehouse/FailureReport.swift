import ArgumentParser
import Domain
import Store

/// What is said of an error that ends the program: words for people on standard error, and with `--json` the same as an
/// object on standard output.
struct FailureReport {
    let error: any Error
    let status: ExitStatus

    init(_ error: any Error) {
        switch error {
        case PolicyStoreError.conflict(let conflicts, let active):
            self.error = ChangeConflict(conflicts, active: active)
        default: self.error = error
        }
        status = ExitStatus(error)
    }

    func write(json: Bool) {
        let text = text
        // What a command has said already, it needn't say again.
        guard !text.isEmpty else { return }
        StandardError.write(text + "\n")
        guard json else { return }
        var output = StandardOutput()
        StandardOutput.ignoreBrokenPipe()
        // Nobody is left to tell that this couldn't be written.
        try? output.writeLine(PolicyTree.map([.init("error", tree)]).json)
        try? output.flush()
    }

    private var text: String {
        switch error {
        // A value that doesn't read says so itself; how to call the command isn't what was wrong.
        case let error as ValidationError: "Error: \(error.message)"
        default: Gatehouse.fullMessage(for: error)
        }
    }

    // MARK: - For programs

    private var tree: PolicyTree {
        var members: [PolicyTree.Member] = [
            .init("kind", .text(status.name)), .init("exit", .integer(Int(status.rawValue))),
        ]
        switch error {
        case let error as ChangeConflict:
            members += [
                .init("message", .text(error.message)), .init("advice", .text(error.advice)),
                .init("active", .integer(error.active)),
                .init("based_on", error.basedOn.map { .integer($0) } ?? PolicyTree(.nothing)),
                .init("conflicts", .list(error.trees)),
            ]
        case let error as PolicyStoreError:
            members += [.init("message", .text(error.message)), .init("advice", .text(error.advice))]
        case let error as SecretsError:
            members += [.init("message", .text(error.message)), .init("advice", .text(error.advice))]
        default:
            members.append(.init("message", .text(Gatehouse.message(for: error))))
            if let problems { members.append(.init("problems", .list(problems))) }
        }
        return .map(members)
    }

    /// Each thing that is wrong, where there may be several.
    private var problems: [PolicyTree]? {
        switch error {
        case let error as FileProblem: [error.tree]
        case let error as FileProblems: error.problems.map(\.tree)
        case let error as PolicyFileRefusal:
            error.refusals.map { .map([.init("message", .text($0.description))]) } + error.located.map(\.tree)
        case let error as ItemRefusal:
            error.problems.map { problem in
                .map([
                    .init("item", .text(problem.item.description)), .init("field", .text(problem.field)),
                    .init("message", .text("\(problem.problem); \(problem.advice)")),
                ])
            }
        default: nil
        }
    }
}

extension FileProblem {
    fileprivate var tree: PolicyTree {
        .map([
            .init("file", .text(file)), .init("line", line.map { .integer($0) } ?? PolicyTree(.nothing)),
            .init("column", column.map { .integer($0) } ?? PolicyTree(.nothing)), .init("field", .text(field)),
            .init("message", .text(message)),
        ])
    }
}

extension ExitStatus {
    /// What `--json` calls it.
    fileprivate var name: String {
        switch self {
        case .done: "done"
        case .failed: "failed"
        case .usage: "usage"
        case .refused: "refused"
        case .conflict: "conflict"
        }
    }
}
