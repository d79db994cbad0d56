// `gatehouse audit checkpoint`: signed, once or on a timer, for keeping elsewhere.

import ArgumentParser
import Domain
import Glibc
import Pipeline
import Store

struct AuditCheckpointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "Sign how far each chain reaches, and print it for keeping elsewhere.",
        discussion: """
            One JSON object for each chain that grew since its last checkpoint, and with --output also each chain's \
            newest one that the file lacks, whoever had it made. It shows a store that was rolled back or written \
            anew, as long as it is kept where its owner can't write. With --every it goes on until it is ended, and \
            says what goes wrong without ending for it.

              gatehouse audit checkpoint | ssh vault 'cat >> checkpoints.jsonl'
              gatehouse audit checkpoint --every 1h --output /mnt/vault/checkpoints.jsonl
            """)

    @Option(help: ArgumentHelp("Again and again, after so long: 10m, 1h.", valueName: "duration")) var every: String?

    @Option(
        help: ArgumentHelp("Append them to a file, in the place of standard output.", valueName: "file"),
        completion: .file())
    var output: String?

    @OptionGroup var options: PolicyOptions

    func validate() throws { _ = try interval }

    private var interval: Duration? {
        get throws {
            guard let every else { return nil }
            let seconds = try SecretMoment.seconds(every, option: "--every")
            guard seconds > 0 else { throw ValidationError("--every must be at least a second") }
            return .seconds(seconds)
        }
    }

    func run() throws {
        var unwritten = ""
        guard let interval = try interval else { return try checkpoint(&unwritten) }
        let stop = try StopRequest()
        StopSignals.watch(stop)
        // What is wrong from the start is told at once.
        try checkpoint(&unwritten)
        while !stop.wait(interval) {
            do {
                try checkpoint(&unwritten)
            } catch {
                StandardError.write("gatehouse: no checkpoint: \(error)\n")
            }
        }
    }

    /// Makes checkpoints and writes them after those that couldn't be written before, for none is made twice.
    private func checkpoint(_ unwritten: inout String) throws {
        let access = try PolicyAccess.writing(options.store)
        try access.store.require(.watch, of: access.actor)
        let signer = try access.store.keyRing(.ofProcess(options.store)).checkpointSigner
        let file = try output.map { try AppendedFile($0) }
        for checkpoint in try access.store.checkpoint(signing: signer) { unwritten += checkpoint.json + "\n" }
        if let output {
            // Others may have had some made, and not kept them here.
            let kept = CheckpointFile.lines(output).union(unwritten.split(separator: "\n").map(String.init))
            let missing = try access.store.newestCheckpoints().map(\.json).filter { !kept.contains($0) }
            unwritten = missing.map { $0 + "\n" }.joined() + unwritten
        }
        try access.store.close()
        if let file {
            try file.append(unwritten)
        } else {
            var printer = PolicyPrinter(json: true)
            try printer.output.write(unwritten)
            try printer.finish()
        }
        unwritten = ""
    }
}

/// A file that lines are added to; they are on the disk when that returns.
private final class AppendedFile {
    private let path: String
    private let descriptor: Int32

    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func append(_ text: String) throws {
        var left = Array(text.utf8)[...]
        while !left.isEmpty {
            let count = left.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure(path) }
            left = left.dropFirst(count)
        }
        // A pipe can't be synced, and needn't.
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else { throw Self.failure(path) }
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure(
            "\(SafeText.cut(path, bytes: 200)) can't be written: \(String(cString: strerror(errno))); what it lacks then, "
                + "`gatehouse audit export --checkpoints` prints")
    }
}
