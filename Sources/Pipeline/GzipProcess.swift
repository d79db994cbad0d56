// gzip data is read by the system's gzip (essential on Debian), started without a shell: a decompressor that
// everybody trusts, on a core of its own.

import Foundation
import Glibc

/// A running `gzip -dc`.
final class GzipProcess {
    static let magic: [UInt8] = [0x1f, 0x8b]

    /// `F_SETPIPE_SZ` of <fcntl.h>, which the Swift overlay leaves out.
    private static let setPipeSize: Int32 = 1031

    /// The decompressed bytes.
    let output: Descriptor
    private let process: pid_t
    private var hasEnded = false

    /// What was wrong with the compressed data.
    enum Failure: Error, Equatable, CustomStringConvertible {
        case damaged
        case cannotStart(SystemError)

        var description: String {
            switch self {
            case .damaged: "the gzip data is damaged or ends too early; what came before that was read"
            case .cannotStart(let error): "gzip can't be started to decompress it: \(error)"
            }
        }
    }

    /// Decompresses what the input holds from where it stands, after some bytes of it that were read already.
    init(input: Descriptor, after alreadyRead: [UInt8]) throws {
        let (reading, writing) = try Descriptor.pipe()
        // A larger pipe keeps both sides running; a refusal only costs speed.
        _ = fcntl(reading.number, Self.setPipeSize, 1 << 20)
        output = reading
        guard !alreadyRead.isEmpty else {
            process = try Self.start(input: input, output: writing)
            return
        }
        let (feed, feeding) = try Descriptor.pipe()
        process = try Self.start(input: feed, output: writing)
        Thread.detachNewThread { Self.forward(alreadyRead, then: input, to: feeding) }
    }

    deinit {
        end()
    }

    /// Waits for the process, after its output has ended, and tells whether all of the data was sound.
    func finish() throws(Failure) {
        guard !hasEnded else { return }
        hasEnded = true
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let code = (status >> 8) & 0xff
        // 2 is gzip's warning, which it gives for garbage after the end of the data.
        guard status & 0x7f == 0, code == 0 || code == 2 else { throw .damaged }
    }

    private func end() {
        guard !hasEnded else { return }
        hasEnded = true
        kill(process, SIGKILL)
        while waitpid(process, nil, 0) < 0, errno == EINTR {}
    }

    private static func start(input: Descriptor, output: Descriptor) throws(Failure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input.number, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output.number, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Signals that this program blocks or ignores for itself must end the child as usual. Its own process group
        // keeps the terminal's Ctrl-C away from it, so that it ends when we are done with it.
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("gzip"), strdup("-dc"), nil]
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        let code = posix_spawnp(&process, "gzip", &actions, &attributes, &arguments, environ)
        guard code == 0 else { throw .cannotStart(SystemError(code: code)) }
        return process
    }

    /// Writes bytes, then all that an input still gives, until either side is done.
    private static func forward(_ bytes: [UInt8], then input: Descriptor, to output: Descriptor) {
        var buffer = bytes
        var filled = bytes.count
        while filled > 0 {
            var sent = 0
            while sent < filled {
                let count = buffer.withUnsafeBytes { write(output.number, $0.baseAddress! + sent, filled - sent) }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                sent += count
            }
            if buffer.count < 65_536 { buffer = [UInt8](repeating: 0, count: 65_536) }
            // An input that fails looks to gzip like one that ends too early, and is told as such.
            filled = buffer.withUnsafeMutableBytes { try? input.read(into: $0) } ?? 0
        }
    }
}
