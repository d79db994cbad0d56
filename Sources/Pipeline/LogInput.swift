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
            case .file(let path): try Self.open(path)
            case .standardInput: try Descriptor.duplicate(STDIN_FILENO)
            }
        guard try descriptor.status().kind != .directory else { throw SystemError(code: EISDIR) }
        return descriptor
    }

    /// A name that isn't UTF-8 comes with replacement characters, and so doesn't lead to its file.
    private static func open(_ path: String) throws -> Descriptor {
        do {
            return try Descriptor.open(path)
        } catch {
            guard error.code == ENOENT, path.unicodeScalars.contains("\u{FFFD}") else { throw error }
            throw NameNotUTF8()
        }
    }

    /// A file whose name can't be handed on.
    struct NameNotUTF8: Error, CustomStringConvertible {
        let description = "the name isn't UTF-8; rename the file, or read it with `gatehouse ingest - < FILE`"
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
