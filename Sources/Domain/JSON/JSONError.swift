/// Why bytes are no JSON that is accepted, and where.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Problem: Hashable, Sendable {
        case tooLong
        case tooDeep
        case notUTF8
        /// What JSON would have here, in words.
        case missing(String)
        case escape
        case control
        case surrogate
        case number
        case duplicate(String)
        case trailing
    }

    /// In bytes, from 0.
    package let offset: Int
    package let problem: Problem

    package init(offset: Int, problem: Problem) {
        self.offset = offset
        self.problem = problem
    }

    package var description: String {
        switch problem {
        case .tooLong: "JSON is too long"
        case .tooDeep: "JSON is nested too deeply"
        case .notUTF8: "JSON is not UTF-8"
        case .missing(let what): "byte \(offset): \(what) is missing in JSON"
        case .escape: "byte \(offset): no escape of a JSON string"
        case .control: "byte \(offset): a control character in a JSON string"
        case .surrogate: "byte \(offset): half a character in a JSON string"
        case .number: "byte \(offset): a number that isn't JSON's, or not allowed here"
        case .duplicate: "byte \(offset): a name that stands twice in an object"
        case .trailing: "byte \(offset): more after the JSON value"
        }
    }
}
