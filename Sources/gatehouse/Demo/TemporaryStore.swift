// A store that is gone when the process is, however the process ends.

import ArgumentParser
import Foundation
import Glibc

/// A fresh folder for one run, with a second process that removes it when this one has ended.
///
/// The second process waits for the end of a pipe, which the kernel closes even after SIGKILL; a signal handler could
/// neither see that one nor remove a folder safely.
final class TemporaryStore {
    static let prefix = "gatehouse-demo-"

    let path: String
    private let pipeEnd: Int32
    private let remover: pid_t

    init() throws {
        let base = FileManager.default.temporaryDirectory.path
        Self.sweep(base)
        var template = Array((base + "/" + Self.prefix + "XXXXXX").utf8CString)
        // mkdtemp makes it for the owner alone (mode 0700).
        guard let made = mkdtemp(&template) else {
            throw CommandFailure("can't make a folder in \(base): \(SystemError.last)")
        }
        let path = String(cString: made)
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            rmdir(path)
            throw CommandFailure("can't make a pipe: \(SystemError.last)")
        }
        // No other child may hold the pipe open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        do {
            remover = try Self.spawnRemover(of: path, waitingOn: ends[0])
        } catch {
            close(ends[0])
            close(ends[1])
            rmdir(path)
            throw error
        }
        close(ends[0])
        pipeEnd = ends[1]
        self.path = path
        // Without it the folder only waits longer until another demo may sweep it.
        try? "\(getpid())\n".write(toFile: path + "/" + Self.ownerFile, atomically: false, encoding: .utf8)
    }

    /// Has the folder removed now, and waits for that.
    func remove() {
        close(pipeEnd)
        var status: Int32 = 0
        while waitpid(remover, &status, 0) < 0, errno == EINTR {}
    }

    private static func spawnRemover(of path: String, waitingOn descriptor: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, descriptor, STDIN_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A process group of its own keeps the terminal's signals away.
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let arguments = ["gatehouse", DemoRemoveCommand.configuration.commandName ?? "", path]
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        pointers.append(nil)
        defer { pointers.forEach { free($0) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, "/proc/self/exe", &actions, &attributes, pointers, environ)
        guard code == 0 else {
            throw CommandFailure("can't start the process that cleans up: \(SystemError(code: code))")
        }
        return process
    }
}

/// Waits for the end of standard input, then removes a demo's folder. Not for people.
struct DemoRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "demo-remove", shouldDisplay: false)

    @Argument var path: String

    func run() throws {
        let name = path.split(separator: "/").last ?? ""
        var status = stat()
        guard name.hasPrefix(TemporaryStore.prefix), lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
            status.st_uid == getuid()
        else { throw CommandFailure("\(path) is no demo's folder") }
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] { Glibc.signal(signal, SIG_IGN) }
        var byte: UInt8 = 0
        while true {
            let count = read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
        }
        try FileManager.default.removeItem(atPath: path)
    }
}
