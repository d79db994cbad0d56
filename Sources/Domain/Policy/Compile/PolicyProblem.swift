/// Why a policy can't be put in force, and where.
package struct PolicyProblem: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let item: ItemKey
    /// As in `permissions[2].conditions[0].networks`; empty for the item as a whole.
    package let field: String
    package let problem: String
    /// What to do about it.
    package let advice: String

    package init(_ item: ItemKey, field: String = "", problem: String, advice: String) {
        self.item = item
        self.field = field
        self.problem = problem
        self.advice = advice
    }

    package var description: String {
        "\(item)\(field.isEmpty ? "" : " \(field)"): \(problem); \(advice)"
    }

    package static func < (left: PolicyProblem, right: PolicyProblem) -> Bool {
        (left.item, left.field, left.problem) < (right.item, right.field, right.problem)
    }
}

/// All problems of a policy, in the order of items.
package struct PolicyProblems: Error, Hashable, Sendable, CustomStringConvertible {
    package let problems: [PolicyProblem]

    package init(_ problems: [PolicyProblem]) {
        self.problems = problems.sorted()
    }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
