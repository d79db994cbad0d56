/// Why a line that a person wrote can't be read, where, and what to write instead.
package struct LineProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// In scalars, from 1.
    package let column: Int
    package let description: String

    init(column: Int, _ description: String) {
        self.column = column
        self.description = description
    }

    /// With the column in front of the text.
    static func at(_ column: Int, _ text: String) -> LineProblem {
        LineProblem(column: column, "column \(column): \(text)")
    }

    /// What a reader of trees found, whose places are columns.
    init(_ problem: TreeProblem) {
        let column = problem.place?.column ?? 1
        self.init(column: column, problem.place == nil ? problem.message : "column \(column): \(problem.message)")
    }
}
