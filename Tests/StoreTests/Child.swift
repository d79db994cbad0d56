import Foundation

/// A program whose output is read; nothing of it is left to programs that other tests start meanwhile, which would
/// keep it open.
final class Child {
    let process: pid_t
    private let output: Int32

    init(_ path: String, _ arguments: [String]) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw POSIXError(.EMFILE) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, path, &actions, nil, &words, environ)
        close(ends[1])
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
        self.process = process
        output = ends[0]
    }

    /// Waits, at most half a minute, until it has written something.
    func waitForOutput() {
        var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        poll(&waiting, 1, 30_000)
    }

    /// All that it wrote, and how it ended: its exit code, or the signal as a negative number.
    func finish() -> (output: String, ending: Int32) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(output, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        close(output)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return (String(decoding: bytes, as: UTF8.self), status & 0x7f == 0 ? status >> 8 & 0xff : -(status & 0x7f))
    }
}
