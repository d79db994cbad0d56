/// Which JSON field of a log line holds which field of an event.
///
/// A mapping file names a path for each field, `path: request.uri`, or a path with options,
/// `latency: {path: duration, unit: s}`. A path's parts are joined by dots; a key that holds dots itself is found too.
/// Where a path leads to an array, its first element counts.
package struct Mapping: Sendable {
    package let name: String
    let table: JSONTable

    /// What a mapping file gives for one field.
    package enum Value: Sendable {
        case path(String)
        case options([String: String])
    }

    /// What is wrong with a mapping, all of it at once.
    package struct Invalid: Error, Equatable, Sendable {
        package struct Problem: Equatable, Sendable {
            /// The field it is about; empty when it is about the whole.
            package var field: String
            /// What is wrong.
            package var problem: String
            /// What would be right.
            package var allowed: [String]
        }

        package var problems: [Problem]
    }

    /// The fields that a mapping may name.
    package static var fieldNames: [String] { MappedField.allCases.map(\.rawValue) }

    package init(name: String, fields: [String: Value]) throws(Invalid) {
        var problems: [Invalid.Problem] = []
        var entries: [JSONTable.Entry] = []
        for (field, value) in fields.sorted(by: { $0.key < $1.key }) {
            guard let mapped = MappedField(rawValue: field) else {
                problems.append(.init(field: field, problem: "no such field", allowed: Self.fieldNames))
                continue
            }
            do throws(Invalid) {
                entries.append(try mapped.entry(value))
            } catch {
                problems += error.problems
            }
        }
        if fields["time"] == nil {
            problems.append(.init(field: "time", problem: "is missing, and an event needs a time", allowed: ["a path"]))
        }
        if fields["status"] == nil, fields["path"] == nil, fields["request"] == nil {
            let problem = "names neither a status nor a path, so that nothing tells a request"
            problems.append(.init(field: "", problem: problem, allowed: ["status", "path", "request"]))
        }
        guard problems.isEmpty else { throw Invalid(problems: problems) }
        self.name = name
        table = JSONTable(entries)
    }
}
