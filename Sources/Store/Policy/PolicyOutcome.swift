package import Domain

/// What became of a change.
package enum PolicyOutcome: Hashable, Sendable {
    /// It is in force.
    case active(PolicyVersion)
    /// It waits for a second operator; the version's dangers say why.
    case draft(PolicyVersion)

    package var version: PolicyVersion {
        switch self {
        case .active(let version), .draft(let version): version
        }
    }
}
