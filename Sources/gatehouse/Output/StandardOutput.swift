import Glibc

/// The stream for results: buffered, and quiet when its reader has seen enough.
struct StandardOutput {
    private static let flushSize = 65_536

    private var buffer: [UInt8] = []

    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Takes EPIPE instead of a signal from here on, so that `| head` ends the program as a success.
    static func ignoreBrokenPipe() {
        signal(SIGPIPE, SIG_IGN)
    }

    mutating func write(_ text: String) throws {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= Self.flushSize { try flush() }
    }

    mutating func writeLine(_ text: String) throws {
        try write(text)
        try write("\n")
    }

    /// Sends what is buffered. Ends the program with 0 when nobody reads on, throws when the disk is full.
    mutating func flush() throws {
        var rest = buffer[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EPIPE { Glibc.exit(0) }
            guard count > 0 else { throw CommandFailure("can't write the output: \(SystemError.last)") }
            rest = rest.dropFirst(count)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
