import LogFormats
import Yams

/// A mapping file: YAML that says which JSON field of a log line holds which field of an event.
enum MappingFile {
    /// What is wrong with a mapping, one problem a line.
    struct Invalid: Error, CustomStringConvertible {
        let problems: [FileProblem]

        var description: String { problems.map(\.description).joined(separator: "\n") }
    }

    static func read(_ path: String) throws -> Mapping {
        try read(try YAMLFile(path: path))
    }

    static func read(_ file: YAMLFile) throws -> Mapping {
        var file = file
        var fields: [String: Mapping.Value] = [:]
        for field in file.fields {
            switch field.value {
            case .mapping:
                var options: [String: String] = [:]
                for option in file.fields(below: field) ?? [] { options[option.key] = file.text(option) }
                fields[field.key] = .options(options)
            case .scalar, .sequence, .alias:
                if let path = file.text(field) { fields[field.key] = .path(path) }
            }
        }
        guard file.problems.isEmpty else { throw Invalid(problems: file.problems) }
        do {
            return try Mapping(name: file.name, fields: fields)
        } catch {
            throw Invalid(problems: error.problems.map { located($0, in: file) })
        }
    }

    private static func located(_ problem: Mapping.Invalid.Problem, in file: YAMLFile) -> FileProblem {
        let field = file.fields.first { $0.path == problem.field }
        let hint =
            field != nil && problem.allowed == Mapping.fieldNames
            ? NearestName.hint(for: problem.field, among: problem.allowed)
            : problem.allowed.isEmpty ? "" : "; allowed: " + problem.allowed.joined(separator: ", ")
        return FileProblem(
            file: file.name, line: field?.line, column: field?.column, field: problem.field,
            message: problem.problem + hint)
    }
}
