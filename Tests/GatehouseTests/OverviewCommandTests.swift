import Foundation
import Testing

@testable import gatehouse

struct OverviewCommandTests {
    /// Five minutes: a request a second, every tenth refused.
    private static let log =
        (0..<300).map { second in
            let time = "08:0\(second / 60):" + (second % 60 < 10 ? "0" : "") + "\(second % 60)"
            let status = second % 10 == 9 ? 401 : 200
            let address = second % 3 == 0 ? "192.0.2.1" : "2001:db8::1"
            return
                "\(address) - acme [20/Nov/2020:\(time) +0000] \"GET /v1/users/\(second) HTTP/1.1\" \(status) 5 \"-\" \"a\""
        }.joined(separator: "\n") + "\n"

    private static func filled() throws -> GatehouseProgram {
        let program = try GatehouseProgram()
        let result = try program.run("ingest", "-", input: log)
        #expect(result.status == 0, "\(result.errors)")
        return program
    }

    private static func overview(_ program: GatehouseProgram, _ arguments: String...) throws -> [String: Any] {
        let result = try program.runList(["overview", "--json"] + arguments)
        #expect(result.status == 0, "\(result.errors)")
        return try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    @Test func `json has the keys of the contract and they add up`() throws {
        let overview = try Self.overview(try Self.filled(), "--since", "all")
        #expect(
            Set(overview.keys).isSuperset(of: [
                "requests", "rate", "outcomes", "latency_us", "clients", "routes", "addresses", "series",
            ]))
        #expect(overview["requests"] as? Int == 300)
        let outcomes = try #require(overview["outcomes"] as? [String: Int])
        #expect(outcomes["allowed"] == 270)
        #expect(outcomes["unauthenticated"] == 30)
        #expect(outcomes.values.reduce(0, +) == 300)
        #expect(outcomes.count == 6)
        let latency = try #require(overview["latency_us"] as? [String: Any])
        #expect(Set(latency.keys) == ["p50", "p95", "p99", "max"])
        let addresses = try #require(overview["addresses"] as? [[String: Any]])
        #expect(addresses.map { $0["name"] as? String } == ["2001:db8::1", "192.0.2.1"])
        #expect(addresses.first?["requests"] as? Int == 200)
        #expect(addresses.first?["unauthenticated"] as? Int == 20)
        let routes = try #require(overview["routes"] as? [[String: Any]])
        #expect(routes.count == 1)
        let series = try #require(overview["series"] as? [[String: Any]])
        #expect(series.compactMap { $0["allowed"] as? Int }.reduce(0, +) == 270)
        #expect((series.first?["time"] as? String)?.hasSuffix("Z") == true)
    }

    @Test func `a window and a filter bound what is counted`() throws {
        let program = try Self.filled()
        let minute = try Self.overview(program, "--since", "2020-11-20T08:01Z", "--until", "2020-11-20T08:02Z")
        #expect(minute["requests"] as? Int == 60)
        #expect(minute["rate"] as? Double == 1)
        let refused = try Self.overview(program, "--since", "all", "--filter", "status:401 ip:192.0.2.1")
        #expect(refused["requests"] as? Int == 10)
    }

    @Test func `the text shows totals, a chart and each list`() throws {
        let program = try Self.filled()
        let result = try program.run("overview", "--since", "2020-11-20T08:00Z", "--until", "2020-11-20T08:05Z")
        #expect(result.status == 0)
        #expect(
            result.lines.first?.hasPrefix("300 requests  1/s  2020-11-20 08:00:00 to 2020-11-20 08:05:00 UTC") == true)
        for text in ["requests/s", "allowed", "unauthenticated", "90 %", "acme", "GET /v1/users/{id}", "192.0.2.1"] {
            #expect(result.output.contains(text), "\(text)")
        }
        #expect(result.output.unicodeScalars.contains("█"))
        #expect(!result.output.unicodeScalars.contains("\u{1B}"))
    }

    @Test func `the chart of a sparse store counts by the unit that shows it`() throws {
        let program = try GatehouseProgram()
        let line = #"192.0.2.1 - - [20/Nov/2020:08:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" "a""#
        #expect(try program.run("ingest", "-", input: line + "\n").status == 0)
        let result = try program.run("overview", "--since", "2020-11-19T08:00Z", "--until", "2020-11-20T09:00Z")
        #expect(result.status == 0)
        #expect(result.output.contains("1 requests  <0.01/s"), "\(result.output)")
        #expect(result.lines.contains { $0.contains("requests/h") }, "\(result.output)")
        let ticks = result.lines.filter { $0.contains("┤") }.map { line in
            line.prefix { $0 != "┤" }.trimmingCharacters(in: .whitespaces)
        }
        #expect(ticks.count >= 2)
        #expect(Set(ticks).count == ticks.count, "\(ticks)")
    }

    @Test func `a locale without UTF-8 gets ASCII`() throws {
        var program = try Self.filled()
        program.environment = ["LANG": "C", "LC_ALL": "C"]
        let result = try program.run("overview", "--since", "all")
        #expect(result.status == 0)
        #expect(result.output.utf8.allSatisfy { $0 < 0x80 }, "\(result.output)")
        #expect(result.output.contains("unauthenticated"))
    }

    @Test func `an empty window says where the newest event is`() throws {
        let program = try Self.filled()
        let result = try program.run("overview", "--since", "2020-11-19", "--until", "2020-11-20")
        #expect(result.status == 0)
        #expect(result.output.contains("no requests in the window; the newest event is from "))
        #expect(result.output.contains("--since all"))
    }
}
