import ArgumentParser
import Domain

/// What a command says of the parts of a store that it couldn't read, after it has printed the rest.
enum StoreProblems {
    /// Names each part on standard error and ends the command with exit code 1; does nothing when all was read.
    static func check(_ status: StoreStatus) throws {
        guard !status.problems.isEmpty else { return }
        report(status)
        throw ExitCode.failure
    }

    static func report(_ status: StoreStatus) {
        for problem in status.problems { StandardError.write("gatehouse: not all could be read: \(problem)\n") }
    }
}
