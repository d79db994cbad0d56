import Foundation
import Testing

/// A program on a pseudo-terminal of its own, with all that it wrote.
final class PseudoTerminal {
    enum Exit: Equatable {
        case code(Int32)
        case signal(Int32)
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static let patience: TimeInterval = 90

    let process: pid_t
    private var controller: Int32
    /// Kept open so that settings can be read when the program has gone.
    private let terminal: Int32
    /// How the terminal was set before the program started.
    let initialSettings: termios
    private var bytes: [UInt8] = []
    private var hasExited = false

    /// The path of the program that tests run on a terminal.
    static func probe() throws -> String {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(filePath: program).deletingLastPathComponent().appending(path: "terminal-probe").path
    }

    /// Starts the probe with `arguments` in an environment of `environment`, a UTF-8 locale, and nothing else.
    ///
    /// With a `shellScript` a shell with job control runs that instead, in which `$0` is the probe.
    init(
        running arguments: [String] = [], shellScript: String? = nil,
        environment: [String: String] = ["TERM": "xterm-256color"], columns: Int = 80,
        rows: Int = 24
    ) throws {
        var controller: Int32 = -1
        var terminal: Int32 = -1
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        var nameBytes = [CChar](repeating: 0, count: 128)
        guard openpty(&controller, &terminal, &nameBytes, nil, &size) == 0 else {
            throw Failure(description: "openpty")
        }
        _ = fcntl(controller, F_SETFD, FD_CLOEXEC)
        _ = fcntl(terminal, F_SETFD, FD_CLOEXEC)
        self.controller = controller
        self.terminal = terminal
        var settings = termios()
        tcgetattr(terminal, &settings)
        initialSettings = settings

        let probe = try Self.probe()
        let command = shellScript.map { ["/bin/bash", "--norc", "-m", "-c", $0, probe] } ?? [probe] + arguments
        // A session of its own makes the terminal its controlling one, once it opens it by name.
        let name = String(decoding: nameBytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // POSIX_SPAWN_SETSID, a macro that isn't imported.
        posix_spawnattr_setflags(&attributes, 0x80)
        let variables = environment.merging(["LC_ALL": "C.UTF-8"]) { own, _ in own }.map { "\($0)=\($1)" }
        var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        var variablePointers: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
        defer { for pointer in words + variablePointers { free(pointer) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, command[0], &actions, &attributes, &words, &variablePointers)
        guard code == 0 else { throw Failure(description: "posix_spawn \(command[0]): \(code)") }
        self.process = process
    }

    deinit {
        if !hasExited {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
        if controller >= 0 { close(controller) }
        close(terminal)
    }

    /// All that was written so far.
    var output: String {
        String(decoding: bytes, as: UTF8.self)
    }

    var settings: termios {
        var settings = termios()
        tcgetattr(terminal, &settings)
        return settings
    }

    /// Whether every mode that was turned on is off again, judging by what was written.
    var leavesNoMode: Bool {
        let text = output
        return [
            ("?1049h", "?1049l"), ("?2004h", "?2004l"), ("?2026h", "?2026l"), ("?25l", "?25h"), ("?1h", "?1l"),
            ("8l", "8h"),
        ]
        .allSatisfy { on, off in
            guard let lastOn = text.range(of: "\u{1B}[\(on)", options: .backwards) else { return true }
            guard let lastOff = text.range(of: "\u{1B}[\(off)", options: .backwards) else { return false }
            return lastOn.lowerBound < lastOff.lowerBound
        }
    }

    /// User and system time of the program, in clock ticks.
    var processorTicks: Int {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return -1 }
        let fields = status.split(separator: ")").last?.split(separator: " ") ?? []
        return (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0)
    }

    /// The bytes written once none came for a while.
    var settledLength: Int {
        var length = -1
        while length != bytes.count {
            length = bytes.count
            drain(milliseconds: 500)
        }
        return length
    }

    func send(_ text: String) {
        drain(milliseconds: 0)
        var bytes = Array(text.utf8)
        write(controller, &bytes, bytes.count)
    }

    func resize(columns: Int, rows: Int) {
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
        drain(milliseconds: 1)
    }

    /// Takes the terminal away.
    func hangUp() {
        close(controller)
        controller = -1
    }

    /// Reads until `text` was written, `after` so many characters.
    func wait(for text: String, after start: Int = 0) throws {
        let end = Date(timeIntervalSinceNow: Self.patience)
        while Date() < end {
            if output.dropFirst(start).contains(text) { return }
            drain(milliseconds: 50)
        }
        throw Failure(description: "“\(text)” was not drawn; the terminal got \(output.debugDescription)")
    }

    func waitForExit() throws -> Exit {
        guard let status = waitForChange() else { throw Failure(description: "still running") }
        hasExited = true
        drain(milliseconds: 10)
        return status & 0x7F == 0 ? .code(status >> 8 & 0xFF) : .signal(status & 0x7F)
    }

    private func waitForChange() -> Int32? {
        let end = Date(timeIntervalSinceNow: Self.patience)
        var status: Int32 = 0
        while Date() < end {
            if waitpid(process, &status, WNOHANG) == process { return status }
            drain(milliseconds: 10)
        }
        return nil
    }

    private func drain(milliseconds: Int32) {
        guard controller >= 0 else {
            usleep(useconds_t(milliseconds) * 1000)
            return
        }
        var ready = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
        var patience = milliseconds
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while poll(&ready, 1, patience) > 0, ready.revents & Int16(POLLIN) != 0 {
            let count = read(controller, &chunk, chunk.count)
            guard count > 0 else { return }
            bytes += chunk.prefix(count)
            patience = 0
        }
    }
}
