/// Why a policy can't be put in force, and where.
package struct PolicyProblem: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let item: ItemKey
    /// As in `permissions[2].conditions[0].networks`; empty for the item as a whole.
    package let field: String
    package let problem: String
    /// What to do about it.
    package let advice: String
    /// The same from the side of the other item, where it is about two and either could be the one to change.
    package let other: OtherSide?

    package struct OtherSide: Hashable, Sendable {
        package let item: ItemKey
        package let problem: String

        package init(_ item: ItemKey, problem: String) {
            self.item = item
            self.problem = problem
        }
    }

    package init(_ item: ItemKey, field: String = "", problem: String, advice: String, other: OtherSide? = nil) {
        self.item = item
        self.field = field
        self.problem = problem
        self.advice = advice
        self.other = other
    }

    /// As whoever changed some items wants to hear it: of the item that they changed, not of one that was there before.
    package func told(of changed: Set<ItemKey>) -> PolicyProblem {
        guard !changed.contains(item), let other, changed.contains(other.item) else { return self }
        return PolicyProblem(other.item, field: field, problem: other.problem, advice: advice)
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
