import Domain
import Foundation
import Glibc
import Testing

@testable import Pipeline

struct BulkReadingTests {
    private let folder: LogFolder
    private let sink = MemorySink()

    init() throws {
        folder = try LogFolder()
    }

    @Test func `a file is read to its end, line without newline included`() throws {
        let log = try folder.write(lines(0..<3) + line(3), to: "a.log")
        let report = try Ingest.test(log).run(into: sink)
        #expect(sink.paths == paths(0..<4))
        #expect(sink.events.map(\.name) == [log, log, log, log])
        #expect((report.read, report.stored, report.unread, report.duplicates) == (4, 4, 0, 0))
        #expect(report.failures == [])
    }

    @Test func `what isn't understood is counted and kept, and the rest is read`() throws {
        let log = try folder.write("garbage\r\n" + lines(0..<2) + "\0\0\0\n\n \r\nmore garbage\n", to: "a.log")
        let report = try Ingest.test(log).run(into: sink)
        #expect((report.read, report.stored, report.unread, report.duplicates) == (5, 2, 3, 0))
        #expect(sink.unread.map(\.offset).first == 0)
        #expect(sink.unreadCount == 3)
        #expect(sink.positions.map(\.lines) == [5])
    }

    @Test func `reading again stores nothing twice`() throws {
        let log = try folder.write(lines(0..<100) + "garbage\n", to: "a.log")
        _ = try Ingest.test(log).run(into: sink)
        let report = try Ingest.test(log).run(into: sink)
        #expect((report.read, report.stored, report.unread, report.duplicates) == (101, 0, 0, 101))
        #expect(sink.paths == paths(0..<100))
        #expect(report.failures == [])
    }

    @Test func `only what was added is read again, whatever the file is called now`() throws {
        for (index, count) in [1, 3, 5, 400].enumerated() {
            let sink = MemorySink()
            let log = try folder.write(lines(0..<count), to: "b\(index).log")
            _ = try Ingest.test(log).run(into: sink)
            try folder.rename("b\(index).log", to: "b\(index).log.1")
            try folder.append(lines(count..<2 * count), to: "b\(index).log.1")
            let report = try Ingest.test(folder.file("b\(index).log.1")).run(into: sink)
            #expect(sink.paths == paths(0..<2 * count))
            #expect((report.stored, report.duplicates) == (Int64(count), Int64(count)))
            #expect(sink.positions.count == 1)
            #expect(sink.positions[0].identity.name == folder.file("b\(index).log.1"))
            #expect(sink.positions[0].identity.prefixLength == min(1024, lines(0..<2 * count).utf8.count))
        }
    }

    @Test func `a copy in the same run counts as duplicates`() throws {
        let log = try folder.write(lines(0..<50), to: "a.log")
        let copy = try folder.write(lines(0..<60), to: "b.log")
        let report = try Ingest.test(log, copy, copy).run(into: sink)
        #expect((report.read, report.stored, report.duplicates) == (170, 60, 110))
        #expect(sink.paths == paths(0..<60))
    }

    @Test func `a file that was rewritten behind the same start is a new one`() throws {
        let log = try folder.write(lines(0..<100), to: "a.log")
        _ = try Ingest.test(log).run(into: sink)
        try folder.write(lines(0..<50) + lines(0..<60, prefix: "x"), to: "a.log")
        let report = try Ingest.test(log).run(into: sink)
        #expect((report.stored, report.duplicates) == (110, 0))
        #expect(sink.positions.count == 2)
    }

    @Test func `a file that was truncated is a new one`() throws {
        let log = try folder.write(lines(0..<100), to: "a.log")
        _ = try Ingest.test(log).run(into: sink)
        try folder.write(lines(0..<30), to: "a.log")
        let report = try Ingest.test(log).run(into: sink)
        #expect((report.stored, report.duplicates) == (30, 0))
    }

    @Test func `again stores everything once more`() throws {
        let log = try folder.write(lines(0..<10), to: "a.log")
        _ = try Ingest.test(log).run(into: sink)
        var ingest = Ingest.test(log)
        ingest.settings.again = true
        let report = try ingest.run(into: sink)
        #expect((report.stored, report.duplicates) == (10, 0))
        #expect(sink.paths == paths(0..<10) + paths(0..<10))
    }

    @Test func `the rest of a line that was taken without its newline isn't taken for a line`() throws {
        let log = try folder.write(lines(0..<2) + line(2), to: "a.log")
        _ = try Ingest.test(log).run(into: sink)
        try folder.append(" \"more fields\"\n" + lines(3..<5), to: "a.log")
        let report = try Ingest.test(log).run(into: sink)
        #expect((report.read, report.stored, report.unread, report.duplicates) == (5, 2, 0, 3))
        #expect(sink.paths == paths(0..<5))
    }

    /// Reads a log as if it had been written so many seconds ago.
    private func read(_ log: String, seconds: Int64) throws -> (report: IngestReport, notices: [IngestNotice]) {
        let modified = try #require(FileStatus.of(log)).modified
        var ingest = Ingest.test(log)
        ingest.settings.clock = { Timestamp(microseconds: modified / 1000 + seconds * 1_000_000) }
        var notices: [IngestNotice] = []
        let report = try ingest.run(into: sink, stop: try StopRequest()) { event in
            if case .notice(let notice) = event { notices.append(notice) }
        }
        return (report, notices)
    }

    @Test func `half a line that is still being written is left until it has its newline`() throws {
        let torn = String(line(2).prefix(40))
        let log = try folder.write(lines(0..<2) + torn, to: "a.log")
        let first = try read(log, seconds: 1)
        #expect((first.report.read, first.report.stored, first.report.failures) == (2, 2, []))
        #expect(first.notices == [.unfinished(name: log)])
        #expect(sink.positions.map(\.offset) == [Int64(lines(0..<2).utf8.count)])
        try folder.append(line(2).dropFirst(torn.count) + "\n" + lines(3..<4), to: "a.log")
        let second = try read(log, seconds: 1)
        #expect((second.report.read, second.report.stored, second.report.duplicates) == (4, 2, 2))
        #expect(second.notices == [])
        #expect(sink.paths == paths(0..<4))
    }

    @Test func `a last line without newline counts when it is whole, or when its file rests`() throws {
        let torn = try folder.write(lines(0..<2, prefix: "x") + "192.0.2.7 - -", to: "b.log")
        #expect(try read(torn, seconds: 60).notices == [])
        #expect((sink.events.count, sink.unreadCount) == (2, 1))
        let whole = try folder.write(lines(0..<2) + line(2), to: "a.log")
        let (report, notices) = try read(whole, seconds: 1)
        #expect((report.read, report.stored, notices) == (3, 3, []))
        let garbage = try folder.write("192.0.2.7 - -", to: "c.log")
        #expect(try read(garbage, seconds: 60).notices == [.nothingUnderstood(name: garbage, lines: 1)])
    }

    @Test func `gzip reads as it is, and as a copy of what was read before`() throws {
        try folder.write(lines(0..<20_000), to: "a.log")
        try folder.gzip("a.log", to: "a.bin")
        #expect(try Ingest.test(folder.file("a.bin")).run(into: sink).stored == 20_000)
        let again = try Ingest.test(folder.file("a.log"), folder.file("a.bin")).run(into: sink)
        #expect((again.stored, again.duplicates) == (0, 40_000))
        try folder.append(lines(20_000..<30_000), to: "a.log")
        try folder.gzip("a.log", to: "b.gz")
        let grown = try Ingest.test(folder.file("b.gz")).run(into: sink)
        #expect((grown.stored, grown.duplicates) == (10_000, 20_000))
        #expect(sink.paths == paths(0..<30_000))
    }

    @Test func `a gzip of a rewritten file is read from its start`() throws {
        let log = try folder.write(lines(0..<1000), to: "a.log")
        _ = try Ingest.test(log).run(into: sink)
        try folder.write(lines(0..<500) + lines(0..<700, prefix: "x"), to: "b.log")
        try folder.gzip("b.log", to: "b.gz")
        let report = try Ingest.test(folder.file("b.gz")).run(into: sink)
        #expect((report.stored, report.duplicates) == (1200, 0))
    }

    @Test func `damaged gzip data keeps what came before and is told`() throws {
        try folder.write(lines(0..<50_000), to: "a.log")
        try folder.gzip("a.log", to: "a.gz")
        let whole = try Descriptor.open(folder.file("a.gz"))
        let size = try whole.status().size
        let cut = try folder.write(try whole.bytes(at: 0, count: Int(size / 2)), to: "cut.gz")
        let good = try folder.write(lines(0..<3, prefix: "good"), to: "good.log")
        let report = try Ingest.test(cut, good).run(into: sink)
        #expect(report.failures == [.unreadable(name: cut, reason: "\(GzipProcess.Failure.damaged)")])
        #expect(report.stored > 1000)
        #expect(report.unread == 0)
        #expect(sink.paths == paths(0..<Int(report.stored - 3)) + paths(0..<3, prefix: "good"))
        // The whole file goes on where the damaged one ended.
        let repaired = try Ingest.test(folder.file("a.gz")).run(into: sink)
        #expect(repaired.duplicates == report.stored - 3)
        #expect(repaired.read == 50_000)
    }

    @Test func `a line of ten megabytes is unread and the rest is read`() throws {
        let huge = String(repeating: "x", count: 10_000_000)
        let log = try folder.write(lines(0..<5) + huge + "\n" + lines(5..<10), to: "a.log")
        let report = try Ingest.test(log).run(into: sink)
        #expect((report.read, report.stored, report.unread) == (11, 10, 1))
        #expect(sink.unread.map(\.reason) == ["too_long"])
        #expect(sink.unread.map(\.bytes.count) == [4096])
        #expect(sink.paths == paths(0..<10))
    }

    @Test func `a name that isn't UTF-8 is said to be that`() throws {
        let bytes = Array(folder.file("caf").utf8) + [0xe9] + Array(".log".utf8)
        let file = (bytes + [0]).withUnsafeBytes { open($0.bindMemory(to: CChar.self).baseAddress!, O_CREAT, 0o644) }
        #expect(file >= 0)
        close(file)
        let name = String(decoding: bytes, as: UTF8.self)
        let reason = "the name isn't UTF-8; rename the file, or read it with `gatehouse ingest - < FILE`"
        #expect(try Ingest.test(name).run(into: sink).failures == [.unreadable(name: name, reason: reason)])
    }

    @Test func `every unread line counts under its reason, also where only some are kept`() throws {
        let garbage = String(repeating: "garbage\n", count: 20_000)
        let huge = String(repeating: "x", count: 2_000_000) + "\n"
        let log = try folder.write(
            lines(0..<1) + garbage + huge + String(repeating: "{\"a\n", count: 5000), to: "a.log")
        let report = try Ingest.test(log).run(into: sink)
        #expect(report.unread == 25_001)
        #expect(sink.unreadReasons == ["no_format": 20_000, "too_long": 1, "truncated": 5000])
        for source in sink.commits.joined() {
            #expect(source.unreadReasons.values.reduce(0, +) == source.unreadCount)
        }
    }

    @Test func `what can't be read is told and the others are read`() throws {
        let log = try folder.write(lines(0..<5), to: "a.log")
        let garbage = try folder.write("garbage\n", to: "b.log")
        let empty = try folder.write("", to: "c.log")
        let report = try Ingest.test("/nonexistent/x.log", folder.path, garbage, empty, log).run(into: sink)
        #expect(
            report.failures == [
                .unreadable(name: "/nonexistent/x.log", reason: "No such file or directory"),
                .unreadable(name: folder.path, reason: "Is a directory"),
                .nothingUnderstood(name: garbage, lines: 1),
            ])
        #expect((report.read, report.stored, report.unread) == (6, 5, 1))
    }

    /// In minutes. The time that a test waits for its turn among all others counts too.
    private static let patience = 30

    @Test(.timeLimit(.minutes(patience)), arguments: [false, true])
    func `a stop ends the wait for a named pipe that nobody writes to`(follows: Bool) throws {
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        var ingest = Ingest.test(folder.file("pipe"))
        ingest.follows = follows
        let stop = try StopRequest()
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.2)
            stop.make()
        }
        let report = try ingest.run(into: sink, stop: stop) { _ in }
        #expect(report.wasStopped)
        #expect((report.read, report.failures) == (0, []))
    }

    @Test(.timeLimit(.minutes(patience))) func `a named pipe is awaited and read until its writer is gone`() throws {
        let path = folder.file("pipe")
        #expect(mkfifo(path, 0o600) == 0)
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.3)
            LogWriter(path).write(lines(0..<500))
        }
        let report = try Ingest.test(path).run(into: sink)
        #expect(report.stored == 500)
        #expect(sink.paths == paths(0..<500))
    }

    @Test func `events that a crash left behind count as duplicates`() throws {
        let log = try folder.write(lines(0..<10), to: "a.log")
        _ = try Ingest.test(log).run(into: sink)
        let other = CrashedSink(after: sink)
        let report = try Ingest.test(log).run(into: other, stop: try StopRequest()) { _ in }
        #expect((report.read, report.stored, report.duplicates) == (10, 0, 10))
    }

    @Test func `a sink that refuses ends the run with its reason`() throws {
        let log = try folder.write(lines(0..<10), to: "a.log")
        sink.refusals = 1
        #expect(throws: MemorySink.Refusal.self) { try Ingest.test(log).run(into: sink) }
        #expect(try Ingest.test(log).run(into: sink).stored == 10)
        #expect(sink.paths == paths(0..<10))
    }
}

/// A store that came back from a crash with the events, but without knowing how far it had read.
private final class CrashedSink: TrafficSink {
    private let sink: MemorySink

    init(after sink: MemorySink) {
        self.sink = sink
    }

    func sources() throws -> [SourcePosition] {
        try sink.sources().map { position in
            var position = position
            (position.offset, position.lines, position.tailHash) = (0, 0, ContentTail().hash)
            return position
        }
    }

    func addSource(_ identity: SourceIdentity) throws -> SourcePosition { try sink.addSource(identity) }

    func commit(_ progress: [SourceProgress]) throws -> Int { try sink.commit(progress) }
}
