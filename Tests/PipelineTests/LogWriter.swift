import Foundation
import Glibc

@testable import Pipeline

/// A program that writes a log, as gateways do: it keeps the file open and appends.
final class LogWriter {
    private let number: Int32
    private let path: String

    init(_ path: String) {
        self.path = path
        number = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    }

    deinit {
        close(number)
    }

    func write(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            sent += count
        }
    }

    func truncate() {
        ftruncate(number, 0)
    }

    /// What logrotate does under `copytruncate`.
    func copyAndTruncate(to copy: String) {
        let source = open(path, O_RDONLY | O_CLOEXEC)
        let target = open(copy, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(source, &buffer, buffer.count)
            guard count > 0 else { break }
            _ = Glibc.write(target, buffer, count)
        }
        close(source)
        close(target)
        truncate()
    }
}

/// A small random number generator with a seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

/// Writes numbered lines, torn at random places, and rotates the log in every way at random moments, while it is read.
final class RotatingWriter {
    private let folder: String
    private let name: String
    private let prefix: String
    private let taken: TakenSoFar
    private var random: SeededGenerator
    private var log: LogWriter
    private var number = 0
    private var rotation = 0
    private var unwritten = ""

    init(folder: String, name: String, prefix: String, seed: UInt64, taken: TakenSoFar) {
        self.folder = folder
        self.name = name
        self.prefix = prefix
        self.taken = taken
        random = SeededGenerator(seed: seed)
        log = LogWriter(folder + "/" + name)
    }

    /// Writes the first line and waits until it was read: only a log that was read before can have been rotated since.
    func begin() {
        add()
        write(unwritten.utf8.count)
        waitUntilRead()
    }

    private func add() {
        unwritten += line(number, prefix: prefix) + "\n"
        number += 1
    }

    private func waitUntilRead() { taken.wait(for: path(number - 1, prefix: prefix)) }

    /// Writes one line, and now and then rotates or rests.
    func step() {
        add()
        switch Int.random(in: 0..<2000, using: &random) {
        case 0..<6: rename()
        case 6..<12: copyAndTruncate()
        case 12..<15: recreate()
        case 15..<60: usleep(UInt32.random(in: 0..<60_000, using: &random))
        case 60..<600: write(unwritten.utf8.count)
        case 600..<700: write(Int.random(in: 0..<unwritten.utf8.count, using: &random))
        default: break
        }
    }

    func finish() {
        write(unwritten.utf8.count)
    }

    private func write(_ count: Int) {
        log.write(unwritten.prefix(count))
        unwritten.removeFirst(count)
    }

    private var nextName: String {
        rotation += 1
        return folder + "/" + name + ".\(rotation)"
    }

    /// The writer holds on to the old file for a while, as a server does until it is told.
    private func rename() {
        Glibc.rename(folder + "/" + name, nextName)
        if Bool.random(using: &random) { usleep(UInt32.random(in: 0..<30_000, using: &random)) }
        write(unwritten.utf8.count)
        log = LogWriter(folder + "/" + name)
    }

    private func copyAndTruncate() {
        write(unwritten.utf8.count)
        log.copyAndTruncate(to: nextName)
    }

    /// Deleted files are read as long as they are held open, so it has to be open before it goes.
    private func recreate() {
        write(unwritten.utf8.count)
        waitUntilRead()
        unlink(folder + "/" + name)
        log = LogWriter(folder + "/" + name)
    }
}
