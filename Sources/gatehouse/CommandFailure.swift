/// A command that could not do its work: what is wrong, where, and what to do; ends with exit code 1.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
