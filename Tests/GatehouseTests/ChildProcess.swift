// Children that inherit nothing but their three streams. Foundation's `Process` lets a child inherit what other
// tests have open at that moment; one that lives long then keeps their pipes open, and they wait for it.

import Foundation

final class ChildProcess {
    enum TerminationReason {
        case exit, uncaughtSignal
    }

    private static let mostDescriptors: Int32 = 1024

    let processIdentifier: pid_t
    private(set) var terminationStatus: Int32 = 0
    private(set) var terminationReason = TerminationReason.exit
    private var isReaped = false

    /// Starts a program; a stream that isn't given is `/dev/null`.
    init(
        _ path: String, _ arguments: [String], environment: [String: String], input: FileHandle? = nil,
        output: FileHandle? = nil, errors: FileHandle? = nil
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, stream) in [input, output, errors].enumerated() {
            if let stream {
                posix_spawn_file_actions_adddup2(&actions, stream.fileDescriptor, Int32(number))
            } else {
                posix_spawn_file_actions_addopen(&actions, Int32(number), "/dev/null", O_RDWR, 0)
            }
        }
        // Closing what isn't open is no error here.
        for number in 3..<Self.mostDescriptors { posix_spawn_file_actions_addclose(&actions, number) }
        // Test threads block signals, and whoever started the tests may ignore some; the child does neither.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, path, &actions, &attributes, &words, &variables)
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
        processIdentifier = process
    }

    func terminate() {
        guard !isReaped else { return }
        kill(processIdentifier, SIGTERM)
    }

    func waitUntilExit() {
        guard !isReaped else { return }
        var status: Int32 = 0
        while waitpid(processIdentifier, &status, 0) < 0, errno == EINTR {}
        isReaped = true
        let signal = status & 0x7f
        terminationReason = signal == 0 ? .exit : .uncaughtSignal
        terminationStatus = signal == 0 ? status >> 8 & 0xff : signal
    }

    deinit {
        terminate()
        waitUntilExit()
    }
}
