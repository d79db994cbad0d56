import Domain
import Foundation
import Testing

@testable import Pipeline

struct FollowReadingTests {
    private let folder: LogFolder
    private let sink = MemorySink()

    init() throws {
        folder = try LogFolder()
    }

    private static var now: Timestamp { Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)) }

    /// Follows files while `write` runs on another thread, until so many events came, and a little longer to see whether
    /// more come than should. What was taken is told to `write`, so that it can wait until a file was opened and read.
    @discardableResult
    private func follow(
        _ files: String..., until count: Int, seconds: Double = 120, grace: Int64 = 10_000_000,
        write: @escaping @Sendable (String, TakenSoFar) throws -> Void = { _, _ in }
    ) throws -> (report: IngestReport, notices: [IngestNotice]) {
        try follow(files, seconds: seconds, grace: grace, write: write) { $0.events.count >= count }
    }

    private func follow(
        _ files: [String], seconds: Double = 120, grace: Int64 = 10_000_000,
        write: @escaping @Sendable (String, TakenSoFar) throws -> Void = { _, _ in },
        until isEnough: @escaping (MemorySink) -> Bool
    ) throws -> (report: IngestReport, notices: [IngestNotice]) {
        var ingest = Ingest.test()
        ingest.inputs = files.map { .file(path: folder.file($0)) }
        ingest.follows = true
        ingest.settings.clock = { Self.now }
        ingest.settings.rotationGrace = grace
        let stop = try StopRequest()
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: seconds)
            stop.make()
        }
        let taken = TakenSoFar()
        var known = 0
        sink.afterCommit = { sink in
            taken.add(sink.paths[known...])
            known = sink.events.count
            guard isEnough(sink) else { return }
            Thread.detachNewThread {
                Thread.sleep(forTimeInterval: 0.4)
                stop.make()
            }
        }
        let path = folder.path
        Thread.detachNewThread {
            do {
                try write(path, taken)
            } catch {
                Issue.record(error)
            }
        }
        var notices: [IngestNotice] = []
        let report = try ingest.run(into: sink, stop: stop) { event in
            guard case .notice(let notice) = event else { return }
            notices.append(notice)
            taken.add(notice)
        }
        return (report, notices)
    }

    @Test func `lines are taken as they are written, each when it has its newline`() throws {
        try folder.write(lines(0..<2), to: "a.log")
        let (report, _) = try follow("a.log", until: 5) { folder, taken in
            let log = LogWriter(folder + "/a.log")
            taken.wait(for: path(1))
            log.write(lines(2..<3) + "192.0.2.7 - - ")
            taken.wait(for: path(2))
            log.write(line(3).dropFirst(14) + "\n" + lines(4..<5) + "unfinished")
        }
        #expect(sink.paths == paths(0..<5))
        #expect((report.read, report.stored, report.unread) == (5, 5, 0))
        #expect(report.wasStopped)
        #expect(sink.positions.map(\.offset) == [Int64(lines(0..<5).utf8.count)])
    }

    @Test func `a file that was renamed is read to its end and the new one from its start`() throws {
        try folder.write(lines(0..<10), to: "a.log")
        let (_, notices) = try follow("a.log", until: 40) { folder, taken in
            let log = LogWriter(folder + "/a.log")
            taken.wait(for: path(9))
            rename(folder + "/a.log", folder + "/a.log.1")
            log.write(lines(10..<20))
            let next = LogWriter(folder + "/a.log")
            next.write(lines(20..<25))
            taken.wait(for: path(24))
            log.write(lines(25..<30))
            next.write(lines(30..<40))
        }
        #expect(Set(sink.paths) == Set(paths(0..<40)))
        #expect(sink.paths.count == 40)
        #expect(sink.positions.count == 2)
        #expect(notices == [])
    }

    @Test func `a file that doesn't exist yet is awaited, once said`() throws {
        let (_, notices) = try follow("a.log", until: 6) { folder, taken in
            taken.wait(forNotices: 1)
            // It looks a few times more, and says it no more.
            Thread.sleep(forTimeInterval: 0.7)
            let log = LogWriter(folder + "/a.log")
            log.write(lines(0..<3))
            taken.wait(for: path(2))
            unlink(folder + "/a.log")
            log.write(lines(3..<4))
            taken.wait(for: path(3))
            taken.wait(forNotices: 2)
            Thread.sleep(forTimeInterval: 0.6)
            LogWriter(folder + "/a.log").write(lines(4..<6))
        }
        #expect(sink.paths == paths(0..<6))
        #expect(notices == Array(repeating: .awaited(name: folder.file("a.log")), count: 2))
    }

    @Test func `what can't be read is told once, until something else is wrong`() throws {
        symlink(folder.file("a.log"), folder.file("a.log"))
        let (report, notices) = try follow("a.log", until: 2) { folder, taken in
            taken.wait(forFailures: 1)
            Thread.sleep(forTimeInterval: 0.7)
            unlink(folder + "/a.log")
            mkdir(folder + "/a.log", 0o755)
            taken.wait(forFailures: 2)
            Thread.sleep(forTimeInterval: 0.7)
            rmdir(folder + "/a.log")
            LogWriter(folder + "/a.log").write(lines(0..<2))
        }
        let failures = ["Too many levels of symbolic links", "Is a directory"].map {
            IngestNotice.unreadable(name: folder.file("a.log"), reason: $0)
        }
        #expect(notices.filter(\.isFailure) == failures)
        #expect(report.failures == failures)
        #expect(sink.paths == paths(0..<2))
    }

    @Test func `copy and truncate loses nothing that is in the copy`() throws {
        try folder.write(lines(0..<10), to: "a.log")
        let (_, notices) = try follow("a.log", until: 30) { folder, taken in
            let log = LogWriter(folder + "/a.log")
            taken.wait(for: path(9))
            // No time to look in between: the rest of the old content is only in the copy.
            log.write(lines(10..<20))
            log.copyAndTruncate(to: folder + "/a.log.1")
            log.write(lines(20..<30))
        }
        #expect(sink.paths == paths(0..<30))
        #expect(notices == [])
        #expect(sink.positions.map(\.lines) == [20, 10])
    }

    @Test func `a truncated file that grew past its old length is read anew`() throws {
        try folder.write(lines(0..<10), to: "a.log")
        let (_, notices) = try follow("a.log", until: 40) { folder, taken in
            let log = LogWriter(folder + "/a.log")
            taken.wait(for: path(9))
            log.truncate()
            log.write(lines(10..<40))
        }
        #expect(sink.paths == paths(0..<40))
        #expect(notices == [.restarted(name: folder.file("a.log"))])
    }

    @Test func `what was rotated away while nobody followed is read first`() throws {
        try folder.write(lines(0..<10), to: "a.log")
        try folder.write(lines(0..<50, prefix: "old"), to: "a.log.1")
        try follow("a.log", until: 10)
        #expect(sink.paths == paths(0..<10))
        try folder.append(lines(10..<20), to: "a.log")
        try folder.rename("a.log.1", to: "a.log.4")
        try folder.rename("a.log", to: "a.log.3")
        // Came and went in between.
        try folder.write(lines(20..<30), to: "a.log.2")
        try folder.write(lines(30..<35), to: "a.log.1")
        try folder.gzip("a.log.2", to: "a.log.2.gz")
        try FileManager.default.removeItem(atPath: folder.file("a.log.2"))
        try folder.write(lines(35..<40), to: "a.log")
        try follow("a.log", until: 40)
        #expect(sink.paths.sorted() == paths(0..<40).sorted())
        try follow("a.log", until: 41, seconds: 1)
        #expect(sink.paths.count == 40)
    }

    @Test func `a last line without newline is taken when its file was rotated away`() throws {
        try folder.write(lines(0..<2) + line(2), to: "a.log")
        try follow("a.log", until: 4, grace: 300_000) { folder, taken in
            taken.wait(for: path(1))
            rename(folder + "/a.log", folder + "/a.log.1")
            LogWriter(folder + "/a.log").write(lines(3..<4))
        }
        #expect(sink.paths.sorted() == paths(0..<4))
    }

    @Test func `a rotated file that was compressed meanwhile is known`() throws {
        try folder.write(lines(0..<1000), to: "a.log")
        try follow("a.log", until: 1000)
        try folder.append(lines(1000..<1100), to: "a.log")
        try folder.gzip("a.log", to: "a.log.1.gz")
        try FileManager.default.removeItem(atPath: folder.file("a.log"))
        try folder.write(lines(1100..<1200), to: "a.log")
        try follow("a.log", until: 1200)
        #expect(sink.paths.sorted() == paths(0..<1200).sorted())
    }

    @Test func `following goes on where reading in bulk ended, and the other way round`() throws {
        let log = try folder.write(lines(0..<10), to: "a.log")
        _ = try Ingest.test(log).run(into: sink)
        try folder.append(lines(10..<20), to: "a.log")
        let (report, _) = try follow("a.log", until: 20)
        #expect((report.stored, report.duplicates) == (10, 10))
        try folder.append(lines(20..<25), to: "a.log")
        let bulk = try Ingest.test(log).run(into: sink)
        #expect((bulk.stored, bulk.duplicates) == (5, 20))
        #expect(sink.paths == paths(0..<25))
    }

    @Test func `a quiet source is said to be quiet`() throws {
        try folder.write(lines(0..<1), to: "a.log")
        try folder.write("", to: "b.log")
        // Nothing comes after the first commit.
        var later: Timestamp?
        _ = try follow(["a.log", "b.log"]) { sink in
            let enough = later ?? Self.now.advanced(by: 4_500_000)
            later = enough
            return sink.positions.count == 2
                && sink.positions.allSatisfy { (sink.followedUntil[$0.id] ?? .distantPast) > enough }
        }
        let enough = try #require(later)
        #expect(sink.positions.map(\.identity.name) == [folder.file("a.log"), folder.file("b.log")])
        for position in sink.positions { #expect(try #require(sink.followedUntil[position.id]) > enough) }
        #expect(sink.commits.count <= 4)
        // The source that had nothing in it becomes the one of its first lines.
        try folder.append(lines(1..<3), to: "b.log")
        try follow("b.log", until: 3)
        #expect(sink.positions.count == 2)
        #expect(sink.positions[1].lines == 2)
        #expect(sink.positions[1].identity.prefixLength > 0)
    }

    @Test func `a full disk is waited out and nothing is lost`() throws {
        try folder.write(lines(0..<5), to: "a.log")
        sink.refusals = 2
        let (report, notices) = try follow("a.log", until: 10) { folder, _ in
            Thread.sleep(forTimeInterval: 0.5)
            LogWriter(folder + "/a.log").write(lines(5..<10))
        }
        #expect(sink.paths == paths(0..<10))
        #expect(notices == [.storeRefuses(reason: "the disk is full"), .storeAccepts])
        #expect(report.stored == 10)
    }

    @Test func `what was stored by a commit that was refused after that is no duplicate`() throws {
        try folder.write(lines(0..<5), to: "a.log")
        sink.lateRefusals = 2
        let (report, _) = try follow("a.log", until: 10) { folder, _ in
            Thread.sleep(forTimeInterval: 0.5)
            LogWriter(folder + "/a.log").write(lines(5..<10))
        }
        #expect(sink.paths == paths(0..<10))
        #expect((report.read, report.stored, report.duplicates) == (10, 10, 0))
    }

    @Test(arguments: 1...3)
    func `every line comes exactly once through any mix of rotations`(seed: UInt64) throws {
        let count = 3000
        try follow("a.log", "b.log", until: 2 * count, seconds: 300, grace: 200_000) { folder, taken in
            let first = RotatingWriter(folder: folder, name: "a.log", prefix: "a", seed: seed, taken: taken)
            let second = RotatingWriter(folder: folder, name: "b.log", prefix: "b", seed: seed + 100, taken: taken)
            first.begin()
            second.begin()
            for _ in 1..<count {
                first.step()
                second.step()
            }
            first.finish()
            second.finish()
        }
        let counts = Dictionary(sink.paths.map { ($0, 1) }, uniquingKeysWith: +)
        let expected = paths(0..<count, prefix: "a") + paths(0..<count, prefix: "b")
        #expect(expected.filter { counts[$0] == nil } == [])
        #expect(counts.filter { $0.value > 1 }.keys.sorted() == [])
        #expect(counts.count == expected.count)
    }
}
