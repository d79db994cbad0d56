import Foundation
import Testing

@testable import gatehouse

struct TrafficCommandTests {
    /// A minute of an nginx log, with what attackers send in it.
    private static let log =
        [
            #"203.0.113.7 - - [20/Nov/2026:08:00:00 +0000] "POST /oauth/token HTTP/1.1" 401 120 "-" "python-requests/2.28""#,
            #"203.0.113.7 - - [20/Nov/2026:08:00:01 +0000] "POST /oauth/token HTTP/1.1" 401 120 "-" "python-requests/2.28""#,
            #"192.0.2.10 - acme [20/Nov/2026:08:00:02 +0000] "GET /v1/users/42?access_token=hush HTTP/1.1" 200 512 "-" "app/1""#,
            #"192.0.2.10 - acme [20/Nov/2026:08:00:03 +0000] "GET /v1/users/43 HTTP/1.1" 403 64 "-" "app/1""#,
            #"2001:db8::5 - - [20/Nov/2026:08:00:04 +0000] "GET /v1/orders HTTP/1.1" 429 12 "-" "=HYPERLINK(1)""#,
            #"198.51.100.3 - - [20/Nov/2026:08:00:05 +0000] "GET /a\x1B[2Jb\xE2\x80\xAEc HTTP/1.1" 404 12 "-" "\x07bell""#,
            #"192.0.2.11 - - [20/Nov/2026:08:00:06 +0000] "DELETE /v1/orders/7 HTTP/1.1" 502 12 "-" "curl/8""#,
            "this line is no log line",
        ].joined(separator: "\n") + "\n"

    private static func filled() throws -> GatehouseProgram {
        let program = try GatehouseProgram()
        let result = try program.run("ingest", "-", input: log)
        #expect(result.status == 0, "\(result.errors)")
        return program
    }

    @Test func `json has every field of the contract, in order, with null for unknown`() throws {
        let program = try Self.filled()
        let result = try program.run("traffic", "--json")
        #expect(result.status == 0)
        let objects = try result.objects()
        #expect(objects.count == 7)
        let keys = [
            "time", "node", "source", "client", "subject", "token", "address", "method", "host", "path", "query",
            "route", "status", "outcome", "reason", "latency_us", "bytes", "agent", "referrer", "request_id",
        ]
        for (object, line) in zip(objects, result.lines) {
            #expect(Set(object.keys) == Set(keys))
            var rest = line[...]
            for key in keys {
                let range = try #require(rest.range(of: "\"\(key)\":"))
                rest = rest[range.upperBound...]
            }
        }
        #expect(objects[2]["client"] as? String == "acme")
        #expect(objects[2]["path"] as? String == "/v1/users/42")
        #expect(objects[2]["route"] as? String == "/v1/users/{id}")
        #expect(objects[2]["time"] as? String == "2026-11-20T08:00:02.000000Z")
        #expect(objects[2]["status"] as? Int == 200)
        #expect(objects[2]["latency_us"] is NSNull)
        #expect(objects[0]["client"] is NSNull)
        #expect(
            objects.map { $0["outcome"] as? String } == [
                "unauthenticated", "unauthenticated", "allowed", "forbidden", "limited", "allowed", "failed",
            ])
        #expect(!result.output.contains("hush"))
    }

    @Test func `a filter, a window and a limit choose among the events`() throws {
        let program = try Self.filled()
        func addresses(_ arguments: String...) throws -> [String] {
            let process = try program.runList(["traffic", "--json"] + arguments)
            #expect(process.status == 0, "\(process.errors)")
            return try process.objects().compactMap { $0["address"] as? String }
        }
        #expect(try addresses("--filter", "outcome:unauthenticated") == ["203.0.113.7", "203.0.113.7"])
        #expect(try addresses("--filter", "status>=500 or ip:2001:db8::/32") == ["2001:db8::5", "192.0.2.11"])
        #expect(try addresses("--limit", "2") == ["198.51.100.3", "192.0.2.11"])
        #expect(try addresses("--limit", "0") == [])
        #expect(try addresses("--since", "2026-11-20T08:00:05Z") == ["198.51.100.3", "192.0.2.11"])
        #expect(try addresses("--until", "2026-11-20T08:00:01Z") == ["203.0.113.7"])
        #expect(
            try addresses("--since", "2026-11-20T08:00:01Z", "--until", "2026-11-20T08:00:03Z")
                == ["203.0.113.7", "192.0.2.10"])
        #expect(try addresses("--since", "all", "--filter", "client:acme").count == 2)
    }

    @Test func `csv is quoted, and no cell is a formula`() throws {
        let program = try Self.filled()
        let result = try program.run("traffic", "--csv", "--filter", "outcome:limited")
        #expect(result.status == 0)
        let lines = result.lines
        #expect(lines.first?.hasPrefix("time,node,source,client,") == true)
        #expect(lines.count == 2)
        #expect(lines.last?.contains("'=HYPERLINK(1)") == true)
    }

    @Test func `text shows hostile strings and obeys none of them`() throws {
        let program = try Self.filled()
        let result = try program.run("traffic")
        #expect(result.status == 0)
        #expect(result.lines.count == 7)
        for scalar in result.output.unicodeScalars {
            #expect(scalar == "\n" || !scalar.properties.isDefaultIgnorableCodePoint)
            #expect(scalar == "\n" || scalar.properties.generalCategory != .control)
            #expect(scalar.value != 0x202E)
        }
        // The columns before the path stand where they stand on every line.
        let starts = result.lines.map { line in
            line.unicodeScalars.prefix { $0 != "/" }.count
        }
        #expect(Set(starts).count == 1, "\(result.output)")
    }

    @Test(arguments: [
        (["traffic", "--filter", "clint:x"], "did you mean client?"),
        (["traffic", "--since", "soon"], "--since: “soon” is neither a duration"),
        (["traffic", "--since", "10m", "--until", "20m"], "--until must be later than --since"),
        (["traffic", "--json", "--csv"], "--json and --csv exclude each other"),
        (["traffic", "--limit=-1"], "--limit must not be negative"),
        (["traffic", "--limti", "1"], "--limti"),
        (["overview", "--rows", "0"], "--rows must be from 1 to 1000"),
        (["overview", "--by", "latnecy"], "did you mean “latency”?"),
        (["theme", "import"], "file"),
        (["theme", "import", "x.yaml", "--name", "../evil"], "--name takes"),
        (["console", "--screen", "trafic"], "did you mean “traffic”?"),
        (["console", "--filter", "outcome:limitd"], "did you mean limited?"),
        (["demo", "--rate", "0"], "--rate must be from 1 to 2000"),
        (["nonsense"], "nonsense"),
    ])
    func `a usage error ends with 2 and says what is meant`(arguments: [String], message: String) throws {
        let result = try GatehouseProgram().runList(arguments)
        #expect(result.status == 2)
        #expect(result.output == "")
        #expect(result.errors.contains(message), "\(result.errors)")
    }

    @Test(arguments: ["traffic", "overview"]) func `without a store there is a message and exit code 1`(
        command: String
    ) throws {
        let program = try GatehouseProgram()
        let result = try program.runList([command, "--json"])
        #expect(result.status == 1)
        #expect(result.output == "")
        #expect(result.errors.contains("there is no store at \(program.store)"))
        #expect(!FileManager.default.fileExists(atPath: program.store))
    }

    @Test func `a reader that has seen enough ends it quietly`() throws {
        let program = try Self.filled()
        let pipe = Pipe()
        let process = try program.start(["traffic", "--json", "--follow"], output: pipe.fileHandleForWriting)
        try pipe.fileHandleForWriting.close()
        try pipe.fileHandleForReading.close()
        // What comes next meets a closed pipe.
        let more = Self.log.replacing("08:00", with: "08:01")
        #expect(try program.run("ingest", "-", input: more).status == 0)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 0)
    }

    @Test func `follow prints what arrives, also when it arrives late`() throws {
        let program = try Self.filled()
        let path = program.folder.path + "/followed"
        try Data().write(to: URL(fileURLWithPath: path))
        let process = try program.start(
            ["traffic", "--json", "--follow", "--limit", "1", "--filter", "outcome:unauthenticated"],
            output: try FileHandle(forWritingTo: URL(fileURLWithPath: path)))
        defer { process.terminate() }
        func times() throws -> [String] {
            let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
            return text.split(separator: "\n").compactMap { line in
                line.split(separator: "\"").dropFirst(3).first.map(String.init)
            }
        }
        func wait(for count: Int) throws -> [String] {
            for _ in 0..<1800 {
                let times = try times()
                if times.count >= count { return times }
                usleep(50_000)
            }
            return try times()
        }
        #expect(try wait(for: 1) == ["2026-11-20T08:00:01.000000Z"])
        #expect(try program.run("ingest", "-", input: Self.log.replacing("08:00", with: "09:00")).status == 0)
        #expect(try wait(for: 3).suffix(2) == ["2026-11-20T09:00:00.000000Z", "2026-11-20T09:00:01.000000Z"])
        #expect(try program.run("ingest", "-", input: Self.log.replacing("08:00", with: "07:00")).status == 0)
        #expect(try wait(for: 5).suffix(2) == ["2026-11-20T07:00:00.000000Z", "2026-11-20T07:00:01.000000Z"])
    }
}
