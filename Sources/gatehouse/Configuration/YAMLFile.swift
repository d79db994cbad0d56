// A YAML file as nodes that remember their place, read field by field so that each error can name line and field.

import Yams

/// One mapping-rooted YAML file, and what was found wrong while reading it.
struct YAMLFile {
    /// Nobody writes a larger one by hand, and what others hand out isn't trusted.
    static let sizeLimit = 262_144

    let name: String
    let fields: [Field]
    private(set) var problems: [FileProblem] = []

    /// A key with its value, and where it stands.
    struct Field {
        /// Keys from the root to here, joined by dots.
        let path: String
        let key: String
        let value: Node
        let line: Int?
        let column: Int?
    }

    /// Reads the file at a path; throws a `FileProblem` when it can't be read or is no YAML.
    init(path: String) throws(FileProblem) {
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.read(path, limit: Self.sizeLimit + 1)
        } catch {
            throw FileProblem(file: path, message: "can't be read: \(error)")
        }
        guard bytes.count <= Self.sizeLimit else {
            throw FileProblem(file: path, message: "is larger than \(Self.sizeLimit / 1024) kB")
        }
        try self.init(name: path, bytes: bytes)
    }

    /// Reads YAML from memory; `name` stands in messages for the file.
    init(name: String, bytes: [UInt8]) throws(FileProblem) {
        self.name = name
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FileProblem(file: name, message: "is not UTF-8 text")
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw Self.problem(of: error, file: name)
        }
        switch root {
        case nil:
            fields = []
        case .mapping(let mapping):
            fields = Self.fields(of: mapping, under: "")
        case .scalar(let scalar) where scalar.string.isEmpty:
            fields = []
        case .scalar, .sequence, .alias:
            throw FileProblem(file: name, line: 1, message: "holds no “field: value” lines")
        }
    }

    /// Notes a problem with a field.
    mutating func report(_ field: Field, _ message: String) {
        problems.append(
            FileProblem(file: name, line: field.line, column: field.column, field: field.path, message: message))
    }

    /// Notes a problem at a place known from before.
    mutating func report(_ place: FileProblem, _ message: String) {
        var problem = place
        problem.message = message
        problems.append(problem)
    }

    /// Notes a problem that has no line of its own.
    mutating func report(_ message: String, field: String = "") {
        problems.append(FileProblem(file: name, field: field, message: message))
    }

    // MARK: Values

    /// The field's value as one text; nil and a problem when it has none or holds more than one value.
    mutating func text(_ field: Field) -> String? {
        guard case .scalar(let scalar) = field.value else {
            report(field, "must be one value")
            return nil
        }
        guard !scalar.string.isEmpty else {
            let isQuoted = scalar.style == .doubleQuoted || scalar.style == .singleQuoted
            report(field, isQuoted ? "is empty" : "has no value; one that starts with # needs quotes")
            return nil
        }
        return scalar.string
    }

    /// The field's value as true or false, also written yes, no, on or off.
    mutating func flag(_ field: Field) -> Bool? {
        guard let text = text(field) else { return nil }
        switch text.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default:
            report(field, "“\(text)” is neither true nor false")
            return nil
        }
    }

    /// The field's values: a list, or one value that stands for a list of one.
    mutating func texts(_ field: Field) -> [String]? {
        guard case .sequence(let sequence) = field.value else { return text(field).map { [$0] } }
        var texts: [String] = []
        for (index, node) in sequence.enumerated() {
            let item = Field(
                path: "\(field.path)[\(index)]", key: field.key, value: node, line: node.mark?.line ?? field.line,
                column: node.mark?.column)
            guard let text = text(item) else { return nil }
            texts.append(text)
        }
        return texts
    }

    /// The fields below a field; nil and a problem when it holds a plain value.
    mutating func fields(below field: Field) -> [Field]? {
        switch field.value {
        case .mapping(let mapping):
            return Self.fields(of: mapping, under: field.path + ".")
        case .scalar(let scalar) where scalar.string.isEmpty:
            return []
        case .scalar, .sequence, .alias:
            report(field, "must hold “name: value” lines")
            return nil
        }
    }

    private static func fields(of mapping: Node.Mapping, under prefix: String) -> [Field] {
        mapping.map { key, value in
            let name = key.scalar?.string ?? "?"
            return Field(
                path: prefix + name, key: name, value: value, line: key.mark?.line, column: key.mark?.column)
        }
    }

    static func problem(of error: any Error, file: String) -> FileProblem {
        guard let error = error as? YamlError else {
            return FileProblem(file: file, message: "is no YAML: \(error)")
        }
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let text = [context?.text, problem].compactMap(\.self).joined(separator: " ")
            return FileProblem(file: file, line: mark.line, column: mark.column, message: "is no YAML: \(text)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            return FileProblem(
                file: file, line: context.mark.line, column: context.mark.column, field: duplicates.first ?? "",
                message: "is given twice")
        case .reader(let problem, _, _, _):
            return FileProblem(file: file, message: "is no YAML: \(problem)")
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return FileProblem(file: file, message: "is no YAML: \(error)")
        }
    }
}
