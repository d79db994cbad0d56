import Domain
import Foundation
import Store
import Testing

@testable import gatehouse

struct DemoCommandTests {
    @Test func `the story is there when the feed has started, and present and past come while it runs`() throws {
        let temporary = try TemporaryFolder()
        let folder = StoreFolder(temporary.path + "/store")
        let feed = DemoFeed(traffic: DemoTraffic(seed: 3, rate: 20), folder: folder)
        // What is there then reaches to about this moment, however long the past takes.
        let begin = SystemClock.now()
        try feed.start()
        let reader = TrafficReader(folder: folder)
        _ = try reader.refresh()
        let before = reader.status()
        #expect(before.writer?.hasPrefix("demo") == true)
        #expect((before.newest ?? .distantPast) > begin.advanced(by: -60_000_000))
        let overview = try reader.overview(
            OverviewQuery(window: TimeWindow(start: begin.advanced(by: -600_000_000), end: begin), now: begin))
        for outcome in Outcome.allCases { #expect(overview.totals[outcome] > 0, "\(outcome)") }
        #expect(overview.clients.contains { $0.name == "mobile-app" })
        #expect(overview.addresses.contains { $0.name == "203.0.113.7" })
        #expect(overview.series.dropLast().filter { !$0.isCovered }.map(\.start) == [])

        let now = SystemClock.now()
        let monthAgo = now.advanced(by: -29 * Day.microseconds)
        var status = before
        for _ in 0..<9000 where (status.oldest ?? now) > monthAgo || (status.newest ?? now) <= now {
            usleep(100_000)
            _ = try reader.refresh()
            status = reader.status()
        }
        #expect((status.oldest ?? now) < monthAgo)
        #expect((status.newest ?? .distantPast) > now)
        feed.stop()
        _ = try reader.refresh()
        #expect(reader.status().writer == nil)
    }

    @Test func `a demo sweeps what earlier ones left, and nothing else`() throws {
        let temporary = try TemporaryFolder()
        let gone = try ChildProcess("/bin/true", [], environment: [:])
        gone.waitUntilExit()
        func make(_ name: String, owner: pid_t?) throws -> String {
            let path = temporary.path + "/" + name
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            try Data("rows".utf8).write(to: URL(fileURLWithPath: path + "/traffic.sqlite"))
            if let owner {
                let file = URL(fileURLWithPath: path + "/" + TemporaryStore.ownerFile)
                try Data("\(owner)\n".utf8).write(to: file)
            }
            return path
        }
        let abandoned = try make(TemporaryStore.prefix + "gone", owner: gone.processIdentifier)
        let kept = [
            try make(TemporaryStore.prefix + "alive", owner: getpid()),
            try make(TemporaryStore.prefix + "fresh", owner: nil),
            try make("elsewhere", owner: gone.processIdentifier),
        ]
        let link = temporary.path + "/" + TemporaryStore.prefix + "link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: kept[2])
        TemporaryStore.sweep(temporary.path)
        #expect(!FileManager.default.fileExists(atPath: abandoned))
        for path in kept + [link] { #expect(FileManager.default.fileExists(atPath: path), "\(path)") }
    }

    @Test(arguments: [SIGKILL, SIGTERM, SIGHUP, SIGINT]) func `the folder is gone however the process ended`(
        signal: Int32
    ) throws {
        let temporary = try TemporaryFolder()
        let path = temporary.path + "/" + TemporaryStore.prefix + "test"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        try Data("rows".utf8).write(to: URL(fileURLWithPath: path + "/traffic.sqlite"))
        // What holds the pipe open stands for the demo, the other end is the one that cleans up.
        let pipe = Pipe()
        let holder = try ChildProcess("sleep", ["60"], environment: [:], output: pipe.fileHandleForWriting)
        let remover = try ChildProcess(
            GatehouseProgram.path, ["demo-remove", path], environment: [:], input: pipe.fileHandleForReading)
        try pipe.fileHandleForWriting.close()
        usleep(300_000)
        #expect(FileManager.default.fileExists(atPath: path))
        kill(holder.processIdentifier, signal)
        remover.waitUntilExit()
        #expect(remover.terminationStatus == 0)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `nothing but a demo's own folder is ever removed`() throws {
        let program = try GatehouseProgram()
        let result = try program.run("demo-remove", program.folder.path)
        #expect(result.status == 1)
        #expect(FileManager.default.fileExists(atPath: program.folder.path))
    }
}
