import Foundation
import Glibc
import Testing

struct IngestFollowTests {
    private let program: GatehouseProgram

    init() throws {
        program = try GatehouseProgram()
    }

    private var log: String { program.folder.path + "/access.log" }

    private func paths() throws -> [String] {
        try program.run("traffic", "--json").objects().map { $0["path"] as? String ?? "" }
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a signal commits what was read and ends well`(signal: Int32) throws {
        try Data(lines(0..<5).utf8).write(to: URL(fileURLWithPath: log))
        let process = try program.start(["ingest", "--follow", log])
        try wait { try self.paths().count == 5 }
        let handle = try #require(FileHandle(forWritingAtPath: log))
        handle.seekToEndOfFile()
        handle.write(Data(lines(5..<500).utf8))
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 0)
        #expect(try paths() == (0..<500).map { "/n\($0)" })
    }

    @Test func `two signals for one request, as timeout sends them, commit what was read`() throws {
        try Data(lines(0..<500).utf8).write(to: URL(fileURLWithPath: log))
        let process = try program.start(["ingest", "--follow", log])
        try wait { try !self.paths().isEmpty }
        let handle = try #require(FileHandle(forWritingAtPath: log))
        handle.seekToEndOfFile()
        handle.write(Data(lines(500..<5000).utf8))
        kill(process.processIdentifier, SIGTERM)
        kill(process.processIdentifier, SIGINT)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 0)
        #expect(try paths() == (0..<5000).map { "/n\($0)" })
    }

    @Test func `nothing is lost or doubled when it is killed at any moment`() throws {
        // Only a log that was read before can have been rotated since.
        try Data(lines(0..<5).utf8).write(to: URL(fileURLWithPath: log))
        #expect(try program.run("ingest", log).status == 0)
        let writer = RotatingLog(path: log, seed: 7)
        let writing = Thread { writer.run(lines: 5..<8000) }
        writing.start()
        var random = SystemRandomNumberGenerator()
        for _ in 0..<24 {
            let process = try program.start(["ingest", "--follow", log])
            Thread.sleep(forTimeInterval: Double.random(in: 0.02..<0.45, using: &random))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        let last = try program.start(["ingest", "--follow", log])
        defer { last.terminate() }
        while !writing.isFinished { Thread.sleep(forTimeInterval: 0.05) }
        try wait { try self.paths().count >= 8000 }
        let counts = Dictionary(try paths().map { ($0, 1) }, uniquingKeysWith: +)
        #expect((0..<8000).filter { counts["/n\($0)"] == nil } == [])
        #expect(counts.filter { $0.value > 1 }.keys.sorted() == [])
    }

    @Test func `a pipe is read as it is written`() throws {
        let pipe = Pipe()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: GatehouseProgram.path)
        process.arguments = ["ingest", "--follow", "--store", program.store, "-"]
        process.standardInput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        pipe.fileHandleForWriting.write(Data(lines(0..<3).utf8))
        try wait { try self.paths().count == 3 }
        pipe.fileHandleForWriting.write(Data((lines(3..<5) + line(5)).utf8))
        try pipe.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try paths() == (0..<6).map { "/n\($0)" })
    }
}

/// Writes a log as a busy gateway does for some seconds, torn at random places, and rotates it in both ways.
private final class RotatingLog: Sendable {
    private let path: String
    private let seed: UInt64

    init(path: String, seed: UInt64) {
        self.path = path
        self.seed = seed
    }

    func run(lines numbers: Range<Int>) {
        var state = seed
        func random(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }
        var file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        var rotation = 0
        var unwritten: [UInt8] = []
        func write(_ length: Int) {
            _ = unwritten.withUnsafeBytes { Glibc.write(file, $0.baseAddress, length) }
            unwritten.removeFirst(length)
        }
        for number in numbers {
            unwritten += Array((line(number) + "\n").utf8)
            if number % 8 == 0 { write(Int(random(UInt64(unwritten.count)))) }
            if number % 16 == 0 { usleep(useconds_t(random(24_000))) }
            guard random(400) == 0 else { continue }
            write(unwritten.count)
            rotation += 1
            let old = path + ".\(rotation)"
            if random(2) == 0 {
                rename(path, old)
                close(file)
                file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
            } else {
                let content = FileManager.default.contents(atPath: path) ?? Data()
                _ = FileManager.default.createFile(atPath: old, contents: content)
                ftruncate(file, 0)
            }
        }
        write(unwritten.count)
        close(file)
    }
}
