import Foundation
import Testing

@testable import gatehouse

struct DoctorCommandTests {
    private static func checks(_ result: GatehouseProgram.Result) throws -> (healthy: Bool, checks: [[String: Any]]) {
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        return (report["healthy"] as? Bool ?? false, report["checks"] as? [[String: Any]] ?? [])
    }

    @Test func `a fresh machine is healthy and is told what to do next`() throws {
        let result = try GatehouseProgram().run("doctor")
        #expect(result.status == 0)
        #expect(result.output.contains("doesn't exist yet"))
        #expect(result.output.contains("gatehouse ingest --follow"))
        #expect(result.output.contains("13 built in"))
    }

    @Test func `a filled store is told of in numbers`() throws {
        let program = try GatehouseProgram()
        let line = #"192.0.2.1 - - [20/Nov/2020:08:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" "a""#
        #expect(try program.run("ingest", "-", input: line + "\nnoise\n").status == 0)
        let (healthy, checks) = try Self.checks(try program.run("doctor", "--json"))
        #expect(healthy)
        func detail(_ name: String) -> String {
            checks.first { $0["name"] as? String == name }?["detail"] as? String ?? ""
        }
        #expect(detail("events").hasPrefix("1 events, "))
        #expect(detail("reach").hasPrefix("2020-11-20T08:00Z to 2020-11-20T08:00Z, the newest "))
        #expect(detail("unread") == "1 lines were not understood")
        #expect(detail("writer") == "nobody reads logs into it now")
        #expect(detail("folder") == program.store)
    }

    @Test func `a store open to others is broken, and so is a damaged one`() throws {
        let program = try GatehouseProgram()
        let line = #"192.0.2.1 - - [20/Nov/2020:08:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" "a""#
        #expect(try program.run("ingest", "-", input: line + "\n").status == 0)
        chmod(program.store, 0o755)
        let open = try program.run("doctor")
        #expect(open.status == 1)
        #expect(open.output.contains("chmod 700"))
        chmod(program.store, 0o700)
        try Data("not a database at all, but long enough to be taken for one".utf8).write(
            to: URL(fileURLWithPath: program.store + "/traffic.sqlite"))
        let damaged = try program.run("doctor", "--json")
        #expect(damaged.status == 1)
        let report = try Self.checks(damaged)
        #expect(!report.healthy)
    }

    @Test func `faults in configuration and themes are found with their lines`() throws {
        let program = try GatehouseProgram()
        try FileManager.default.createDirectory(
            atPath: program.configuration + "/themes", withIntermediateDirectories: true)
        try Data("theme: nrod\nrefresh: 1s\n".utf8).write(
            to: URL(fileURLWithPath: program.configuration + "/config.yaml"))
        try Data("roles:\n  text: nocolour\n".utf8).write(
            to: URL(fileURLWithPath: program.configuration + "/themes/mine.yaml"))
        let result = try program.run("doctor")
        #expect(result.status == 1)
        #expect(result.output.contains("config.yaml:1:1: theme: there is no theme “nrod”; did you mean “nord”?"))
        #expect(result.output.contains("themes/mine.yaml:2:3: roles.text: “nocolour” is no colour"))
    }

    @Test func `damage inside a segment is found`() throws {
        let program = try GatehouseProgram()
        let line = #"192.0.2.1 - - [20/Nov/2020:08:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" "a""#
        #expect(try program.run("ingest", "-", input: line + "\n").status == 0)
        let path = program.store + "/traffic-2020-11-20.sqlite"
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        // The last page is overwritten, the header stays as it was.
        let damaged = whole.dropLast(4096) + Data(repeating: 0xa5, count: 4096)
        try damaged.write(to: URL(fileURLWithPath: path))
        let result = try program.run("doctor")
        #expect(result.status == 1)
        #expect(result.output.contains("\(path) is damaged"), "\(result.output)")
    }

    @Test func `faults of the configuration come in the order of its lines`() throws {
        let program = try GatehouseProgram()
        try FileManager.default.createDirectory(
            atPath: program.configuration, withIntermediateDirectories: true)
        try Data("keys:\n  paus: x\ntheme: nrod\nrefresh: 1s\nmuose: true\n".utf8).write(
            to: URL(fileURLWithPath: program.configuration + "/config.yaml"))
        let result = try program.run("doctor")
        let numbers = result.output.matches(of: /config\.yaml:(\d+):/).compactMap { Int($0.output.1) }
        #expect(numbers == [2, 3, 5], "\(result.output)")
    }

    @Test func `a file in the store's place is told once`() throws {
        let program = try GatehouseProgram()
        try Data("no folder".utf8).write(to: URL(fileURLWithPath: program.store))
        let result = try program.run("doctor")
        #expect(result.status == 1)
        #expect(result.output.contains("\(program.store): is a file, not a store's folder"))
        #expect(!result.output.contains("holds no store"))
    }

    @Test(arguments: [("xterm", 8), ("xterm-256color", 256), ("vt100", 0), ("linux", 8), ("tmux-256color", 256)])
    func `the number of colours is read from the terminal's description`(term: String, colors: Int) throws {
        let entry = try #require(TerminfoEntry(term: term, environment: [:]), "\(term) isn't installed")
        #expect(entry.colors == colors)
    }

    @Test func `an unknown or hostile terminal name has no description`() {
        for term in ["", "nonsense", "../../etc/passwd", ".", "/etc/passwd"] {
            #expect(TerminfoEntry(term: term, environment: [:]) == nil)
        }
        #expect(TerminfoEntry.colors(in: []) == nil)
        #expect(TerminfoEntry.colors(in: [0x1a, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]) == nil)
    }
}
