import Domain
import Store

/// A policy that reads well and can't be in force: refused by its own rules, or by those on operators.
struct PolicyFileRefusal: Error, CustomStringConvertible {
    let file: PolicyFile
    let document: PolicyDocument
    let problems: [PolicyProblem]
    /// What the rules on operators say of it.
    var refusals: [PolicyStoreError] = []

    var description: String { (refusals.map(\.description) + located.map(\.description)).joined(separator: "\n") }

    var located: [FileProblem] {
        problems.map { problem in
            let section = PolicyDocument.sections.first { $0.kind == problem.item.kind }?.name ?? ""
            let item = problem.item.kind == .settings ? section : "\(section).\(problem.item.name)"
            let place = file.tree.place(ofSection: section, item: problem.item, field: problem.field)
            return FileProblem(
                file: file.name, line: place?.line, column: place?.column,
                field: item + (problem.field.isEmpty ? "" : "." + problem.field),
                message: "\(problem.problem); \(problem.advice)")
        }
    }
}
