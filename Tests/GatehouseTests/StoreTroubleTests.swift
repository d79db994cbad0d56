import Foundation
import Testing

/// What `traffic` and `overview` do when the store isn't what it should be, or what they are asked can't be read.
struct StoreTroubleTests {
    private static func line(day: Int) -> String {
        "192.0.2.10 - acme [\(day)/Nov/2020:08:00:00 +0000] \"GET /v1/users/42 HTTP/1.1\" 200 5 \"-\" \"a\"\n"
    }

    @Test(arguments: ["traffic", "overview"], [["--filter", "clint:x"], ["--since", "soon"], ["--until", "soon"]])
    func `a bad window is told with the usage of its command`(command: String, arguments: [String]) throws {
        let result = try GatehouseProgram().runList([command] + arguments)
        #expect(result.status == 2)
        #expect(result.errors.contains("Usage: gatehouse \(command) "), "\(result.errors)")
    }

    @Test(arguments: ["traffic", "overview"]) func `a file in the store's place is told as one`(
        command: String
    ) throws {
        let program = try GatehouseProgram()
        try Data("no folder".utf8).write(to: URL(fileURLWithPath: program.store))
        let result = try program.run(command)
        #expect(result.status == 1)
        #expect(result.errors.contains("\(program.store): is a file, not a store's folder"), "\(result.errors)")
    }

    @Test(arguments: ["traffic", "overview"]) func `what a damaged day leaves readable is printed, and the rest told`(
        command: String
    ) throws {
        let program = try GatehouseProgram()
        let log = Self.line(day: 20) + Self.line(day: 21)
        #expect(try program.run("ingest", "-", input: log).status == 0)
        let day = program.store + "/traffic-2020-11-21.sqlite"
        try Data(repeating: 0x5a, count: 8192).write(to: URL(fileURLWithPath: day))
        let result = try program.run(command, "--since", "all")
        #expect(result.status == 1)
        #expect(result.output.contains("192.0.2.10"))
        #expect(result.errors.contains("not all could be read: \(day) is damaged"), "\(result.errors)")
        let doctor = try program.run("doctor")
        #expect(doctor.status == 1)
        #expect(doctor.output.contains("\(day) is damaged"), "\(doctor.output)")
    }
}
