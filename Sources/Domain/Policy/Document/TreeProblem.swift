/// What is wrong in a part of a policy that somebody wrote, and where.
package struct TreeProblem: Hashable, Sendable, CustomStringConvertible {
    /// From the root to the field, as in `roles.user.permissions[2].allow`; empty for the whole.
    package let field: String
    /// Nil when what was read has no lines.
    package let place: PolicyTree.Place?
    /// What is wrong, and what to do.
    package let message: String

    package init(field: String, place: PolicyTree.Place?, message: String) {
        self.field = field
        self.place = place
        self.message = message
    }

    package var description: String { field.isEmpty ? message : "\(field): \(message)" }
}

/// All that is wrong in what was read, in the order in which it was found.
package struct TreeProblems: Error, Hashable, Sendable, CustomStringConvertible {
    package let problems: [TreeProblem]

    package init(_ problems: [TreeProblem]) {
        self.problems = problems
    }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
