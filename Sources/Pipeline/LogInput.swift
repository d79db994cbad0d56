import Glibc

/// A log as it is named on the command line.
package enum LogInput: Hashable, Sendable {
    case file(path: String)
    case standardInput

    /// The name it is remembered under: an absolute path, or `-`.
    package var name: String {
        switch self {
        case .file(let path): path
        case .standardInput: "-"
        }
    }

    func open() throws -> Descriptor {
        let descriptor =
            switch self {
            case .file(let path): try Descriptor.open(path)
            case .standardInput: try Descriptor.duplicate(STDIN_FILENO)
            }
        guard try descriptor.status().kind != .directory else { throw SystemError(code: EISDIR) }
        return descriptor
    }

    /// Bytes on disk; nil for a stream. A file that can't be opened has none: opening it tells.
    func size() -> Int64? {
        var status = stat()
        let result =
            switch self {
            case .file(let path): stat(path, &status)
            case .standardInput: fstat(STDIN_FILENO, &status)
            }
        guard result == 0 else { return 0 }
        let known = FileStatus(status)
        return known.kind == .regular ? known.size : nil
    }
}
