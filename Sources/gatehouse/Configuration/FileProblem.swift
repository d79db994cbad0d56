/// What is wrong in a file that a person wrote, and where.
package struct FileProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// From 1; nil when the file as a whole is at fault.
    package var line: Int?
    /// From 1, in Unicode scalars.
    package var column: Int?
    /// The field's path, such as `keys.pause`; empty when no field is at fault.
    package var field: String
    package var message: String

    package init(file: String, line: Int? = nil, column: Int? = nil, field: String = "", message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.field = field
        self.message = message
    }

    /// `file:line:column: field: message`, as compilers write it, so that editors can jump there.
    package var description: String {
        var text = file
        if let line { text += ":\(line)" }
        if let column { text += ":\(column)" }
        if !field.isEmpty { text += ": \(field)" }
        return text + ": " + message
    }
}
