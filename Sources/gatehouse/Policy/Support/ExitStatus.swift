import ArgumentParser
import Store

/// What a program is told by the exit code of a command.
enum ExitStatus: Int32 {
    case done = 0
    case failed = 1
    case usage = 2
    /// By the duties of operators, or by the rules of the policy.
    case refused = 3
    /// Others changed the same meanwhile.
    case conflict = 4

    init(_ error: any Error) {
        self =
            switch error {
            // A reason is what somebody typed.
            case PolicyStoreError.badReason: .usage
            case let error as PolicyStoreError: Self(error.category)
            case SecretsError.badOrder, SecretsError.badTarget: .usage
            case let error as SecretsError: Self(error.category)
            case is PolicyFileRefusal, is ItemRefusal: .refused
            case is ChangeConflict: .conflict
            case is UnknownCommand: .usage
            default: Gatehouse.exitCode(for: error) == .validationFailure ? .usage : .failed
            }
    }

    private init(_ category: PolicyStoreError.Category) {
        self =
            switch category {
            case .failed: .failed
            case .refused: .refused
            case .conflict: .conflict
            }
    }
}
