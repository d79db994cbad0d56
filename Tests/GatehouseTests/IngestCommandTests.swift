import Foundation
import Testing

struct IngestCommandTests {
    private let program: GatehouseProgram

    init() throws {
        program = try GatehouseProgram()
    }

    /// The figures of an `ingest --json`, in the order of the contract.
    private func ingest(_ arguments: String..., input: String? = nil) throws -> (figures: [Int], status: Int32) {
        let result = try program.runList(["ingest", "--json"] + arguments, input: input)
        let object = try #require(try result.objects().first, "\(result.errors)")
        #expect(Set(object.keys) == ["read", "stored", "unread", "duplicates", "seconds"])
        #expect(object["seconds"] is Double)
        return (["read", "stored", "unread", "duplicates"].map { object[$0] as? Int ?? -1 }, result.status)
    }

    private func paths() throws -> [String] {
        try program.run("traffic", "--json").objects().map { $0["path"] as? String ?? "" }
    }

    @discardableResult
    private func write(_ text: some StringProtocol, to name: String) throws -> String {
        let path = program.folder.path + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func gzip(_ path: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-k", path]
        try process.run()
        process.waitUntilExit()
        return path + ".gz"
    }

    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures/logs").path

    @Test func `every fixture is read whole, and nothing of it twice`() throws {
        let names = try #require(FileManager.default.enumerator(atPath: Self.fixtures)?.allObjects as? [String])
        let logs = names.filter { name in
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: Self.fixtures + "/" + name, isDirectory: &isFolder)
            return !isFolder.boolValue && !name.hasSuffix(".md") && !name.hasSuffix("LICENSE")
        }
        #expect(logs.count > 10)
        let paths = logs.sorted().map { Self.fixtures + "/" + $0 }
        let result = try program.runList(["ingest", "--json"] + paths)
        let first = try #require(try result.objects().first).compactMapValues { $0 as? Int }
        let read = try #require(first["read"])
        let (stored, unread, duplicates) = (first["stored"] ?? 0, first["unread"] ?? 0, first["duplicates"] ?? 0)
        #expect(read == stored + unread + duplicates)
        #expect(stored > 3000)
        #expect(try self.paths().count == stored)
        let again = try program.runList(["ingest", "--json"] + paths)
        let second = try #require(try again.objects().first).compactMapValues { $0 as? Int }
        #expect((second["read"], second["stored"], second["unread"]) == (read, 0, 0))
        #expect(second["duplicates"] == read)
    }

    @Test func `a file is known by its content, whatever its name and however it comes in`() throws {
        let log = try write(lines(0..<2000), to: "a.log")
        #expect(try ingest(log).figures == [2000, 2000, 0, 0])
        #expect(try ingest(log).figures == [2000, 0, 0, 2000])
        #expect(try ingest(try gzip(log)).figures == [2000, 0, 0, 2000])
        #expect(try ingest("-", input: lines(0..<2000)).figures == [2000, 0, 0, 2000])
        try FileManager.default.moveItem(atPath: log, toPath: log + ".1")
        #expect(try ingest(log + ".1").figures == [2000, 0, 0, 2000])
        #expect(try ingest("-", input: lines(0..<2100)).figures == [2100, 100, 0, 2000])
        #expect(try paths() == (0..<2100).map { "/n\($0)" })
    }

    @Test func `again stores once more`() throws {
        let log = try write(lines(0..<10), to: "a.log")
        #expect(try ingest(log).figures == [10, 10, 0, 0])
        #expect(try ingest("--again", log).figures == [10, 10, 0, 0])
        #expect(try ingest(log).figures == [10, 0, 0, 10])
        #expect(try paths().count == 20)
    }

    @Test func `malformed lines are counted and the others stored`() throws {
        let huge = String(repeating: "x", count: 10_000_000)
        let text =
            "garbage\r\n" + line(0) + "\r\n\r\n" + huge + "\n" + String(repeating: "\0", count: 5000) + "\n" + line(1)
        let log = try write(text, to: "a.log")
        #expect(try ingest(log).figures == [5, 2, 3, 0])
        #expect(try paths() == ["/n0", "/n1"])
        let explained = try program.run("formats", "explain", "--json")
        #expect(Set(try explained.objects().map { $0["unread"] as? String }) == ["no_format", "too_long", "binary"])
    }

    @Test func `the exit code tells whether reading failed, and how`() throws {
        let log = try write(lines(0..<5), to: "a.log")
        let garbage = try write("garbage\n", to: "b.log")
        let empty = try write("", to: "c.log")
        #expect(try ingest(log).status == 0)
        #expect(try ingest(empty).status == 0)
        #expect(try ingest(garbage).status == 1)
        #expect(try ingest(program.folder.path + "/missing.log", log).figures == [5, 0, 0, 5])
        #expect(try ingest(program.folder.path + "/missing.log", log).status == 1)
        for wrong in [[], ["--format", "nonsense", log], ["--nonsense", log], ["--keep", "7h", log], ["-", "-"]] {
            #expect(try program.runList(["ingest"] + wrong).status == 2, "\(wrong)")
        }
    }

    @Test func `a file's name can't do anything to the terminal`() throws {
        let result = try program.run("ingest", program.folder.path + "/\u{1b}[2Jevil\u{202e}.log")
        #expect(result.status == 1)
        #expect(!result.errors.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{202e}" })
        #expect(result.errors.contains("evil"))
    }

    @Test func `a mapping names the fields of any JSON`() throws {
        let mapping = try write(
            "time: {path: at, form: epoch}\nstatus: res.code\npath: req.url\nlatency: {path: took, unit: ms}\n",
            to: "map.yaml")
        let log = try write(
            #"{"at": 1795000000, "res": {"code": 503}, "req": {"url": "/x"}, "took": 12}"# + "\n", to: "a")
        #expect(try ingest("--mapping", mapping, log).figures == [1, 1, 0, 0])
        let event = try #require(try program.run("traffic", "--json").objects().first)
        #expect(event["path"] as? String == "/x")
        #expect(event["latency_us"] as? Int == 12_000)
        #expect(event["outcome"] as? String == "failed")
    }

    @Test func `an error in a mapping names file, line, field and what is allowed`() throws {
        let mapping = try write("time: at\nstats: code\nlatency: {path: took, unit: h}\n", to: "map.yaml")
        let result = try program.run("ingest", "--mapping", mapping, "x.log")
        #expect(result.status == 1)
        #expect(
            result.errors.contains("map.yaml:2:1: stats: no such field; did you mean “status”?"), "\(result.errors)")
        #expect(result.errors.contains("map.yaml:3:1: latency: `unit` can't be `h`; allowed: ms, ns, s, us"))
    }

    @Test func `a second writer says who holds the store`() throws {
        let log = try write(lines(0..<5), to: "a.log")
        let first = try program.start(["ingest", "--follow", log])
        defer { first.terminate() }
        try wait { try self.paths().count == 5 }
        let second = try program.run("ingest", log)
        #expect(second.status == 1)
        #expect(second.errors.contains("in use by ingest, process \(first.processIdentifier)"), "\(second.errors)")
    }

    @Test func `a second writer waits for one that ends`() throws {
        let log = try write(lines(0..<5), to: "a.log")
        let first = try program.start(["ingest", "--follow", log])
        try wait { try self.paths().count == 5 }
        let second = try program.start(["ingest", log])
        Thread.sleep(forTimeInterval: 0.5)
        first.terminate()
        second.waitUntilExit()
        #expect(second.terminationStatus == 0)
        #expect(try paths().count == 5)
    }

    @Test func `a list of formats and the reading of each line can be had as JSON`() throws {
        let formats = try program.run("formats", "--json").objects()
        #expect(formats.compactMap { $0["name"] as? String }.contains("combined"))
        let log = try write(line(7) + "\ngarbage\n", to: "a.log")
        let lines = try program.run("formats", "explain", "--json", log).objects()
        #expect(lines.map { $0["format"] as? String } == ["combined", nil])
        let events = try #require(lines[0]["events"] as? [[[String: Any]]])
        let status = try #require(events[0].first { $0["field"] as? String == "status" })
        #expect((status["from"] as? Int, status["to"] as? Int) == (63, 65))
        #expect((status["raw"] as? String, status["value"] as? String) == ("200", "200"))
        let text = try program.run("formats", "explain", log)
        #expect(text.output.contains("  path       49–51     /n7\n"), "\(text.output)")
    }
}

/// Lines in the combined format, each with a path of its own.
func lines(_ numbers: Range<Int>) -> String { numbers.map { line($0) + "\n" }.joined() }

func line(_ number: Int) -> String {
    "192.0.2.7 - - [21/Nov/2026:10:00:00 +0000] \"GET /n\(number) HTTP/1.1\" 200 17 \"-\" \"curl/8\""
}

/// Waits until something is so; fails the test after a minute and a half.
func wait(_ isSo: () throws -> Bool) throws {
    let deadline = Date(timeIntervalSinceNow: 90)
    while try !isSo() {
        guard Date() < deadline else {
            Issue.record("waited in vain")
            return
        }
        Thread.sleep(forTimeInterval: 0.05)
    }
}
