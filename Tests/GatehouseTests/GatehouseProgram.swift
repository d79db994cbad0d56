// Runs the real program, found next to the test bundle, and hands back what it said.

import Foundation

struct GatehouseProgram {
    let folder: TemporaryFolder
    /// Settings that a test adds to an otherwise empty environment.
    var environment: [String: String] = [:]

    init() throws {
        folder = try TemporaryFolder()
    }

    var store: String { folder.path + "/store" }
    var configuration: String { folder.path + "/config/gatehouse" }

    struct Result {
        let status: Int32
        let output: String
        let errors: String

        var lines: [String] { output.split(separator: "\n").map(String.init) }

        /// Each line of output as a JSON object.
        func objects() throws -> [[String: Any]] {
            try lines.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:] }
        }
    }

    static var path: String {
        URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("gatehouse").path
    }

    /// Starts the program; it is ended with the value, if not before.
    func start(
        _ arguments: [String], output: FileHandle? = nil, errors: FileHandle? = nil, input: String? = nil
    ) throws -> ChildProcess {
        let environment = [
            "GATEHOUSE_STORE": store, "XDG_CONFIG_HOME": folder.path + "/config", "HOME": folder.path, "TZ": "UTC",
            "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "TMPDIR": folder.path,
        ].merging(self.environment) { $1 }
        var source: FileHandle?
        if let input {
            let path = folder.path + "/input-\(UUID().uuidString)"
            try Data(input.utf8).write(to: URL(fileURLWithPath: path))
            source = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        }
        return try ChildProcess(
            Self.path, arguments, environment: environment, input: source, output: output, errors: errors)
    }

    func run(_ arguments: String..., input: String? = nil) throws -> Result {
        try runList(arguments, input: input)
    }

    /// Runs the program to its end. Output goes through files, which never fill up as pipes do.
    func runList(_ arguments: [String], input: String? = nil) throws -> Result {
        let name = UUID().uuidString
        let paths = ["out", "err"].map { folder.path + "/\(name).\($0)" }
        let handles = try paths.map { path in
            try Data().write(to: URL(fileURLWithPath: path))
            return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        }
        let process = try start(arguments, output: handles[0], errors: handles[1], input: input)
        process.waitUntilExit()
        let texts = try paths.map { path in
            String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        }
        return Result(status: process.terminationStatus, output: texts[0], errors: texts[1])
    }
}
