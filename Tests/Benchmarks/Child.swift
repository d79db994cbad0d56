import Glibc

/// A program that runs beside the benchmark; it is killed when nobody holds it any more.
final class Child {
    let process: pid_t
    private var status: Int32?

    /// Starts a program, found on PATH when its name has no slash.
    ///
    /// Input and output are descriptors of this process, else `/dev/null`; with a terminal all three are that, and the
    /// program leads a session of its own.
    init(
        _ words: [String], input: Int32? = nil, output: Int32? = nil, terminal: String? = nil,
        environment: [String: String]
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, terminal ?? "/dev/null", O_RDWR, 0)
        }
        if terminal != nil {
            posix_spawn_file_actions_adddup2(&actions, 0, 1)
            posix_spawn_file_actions_adddup2(&actions, 0, 2)
        } else {
            posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
            posix_spawn_file_actions_adddup2(&actions, output ?? 2, 1)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // POSIX_SPAWN_SETSID, a macro that isn't imported.
        if terminal != nil { posix_spawnattr_setflags(&attributes, 0x80) }
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for pointer in arguments + variables { free(pointer) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, words[0], &actions, &attributes, &arguments, &variables)
        guard code == 0 else {
            throw BenchmarkError("\(words[0]) can't be started: \(String(cString: strerror(code)))")
        }
        self.process = process
    }

    deinit {
        guard status == nil else { return }
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
    }

    /// Waits for the program's end; any but exit code 0 is an error.
    func wait() throws {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        self.status = status
        guard status == 0 else { throw BenchmarkError("a program ended with status \(status)") }
    }

    /// Asks the program to end, and waits.
    func stop() throws {
        kill(process, SIGTERM)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        self.status = status
    }

    /// Time on a processor so far, all threads that still run, in seconds.
    var processorSeconds: Double {
        let tasks = ProcessFiles.names(in: "/proc/\(process)/task")
        return tasks.reduce(0) { sum, task in
            let schedule = ProcessFiles.text("/proc/\(process)/task/\(task)/schedstat").split(separator: " ")
            return sum + (schedule.first.flatMap { Double($0) } ?? 0) / 1e9
        }
    }

    /// Resident memory in bytes.
    var residentBytes: Int {
        let lines = ProcessFiles.text("/proc/\(process)/status").split(separator: "\n")
        let words = lines.first { $0.hasPrefix("VmRSS:") }?.split(whereSeparator: \.isWhitespace) ?? []
        return words.count > 1 ? (Int(words[1]) ?? 0) * 1024 : 0
    }
}
