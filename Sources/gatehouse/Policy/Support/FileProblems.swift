/// Everything that is wrong in a file, a line for each.
struct FileProblems: Error, CustomStringConvertible {
    let problems: [FileProblem]

    var description: String { problems.map(\.description).joined(separator: "\n") }
}
