import Domain
import Foundation
import Glibc

@testable import Pipeline

/// A temporary folder with logs in it, which goes when the test is over.
final class LogFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/pipeline-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { path + "/" + name }

    @discardableResult
    func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    func append(_ text: some StringProtocol, to name: String) throws {
        let file = try Descriptor.open(file(name), flags: O_WRONLY | O_APPEND | O_CREAT)
        _ = Array(text.utf8).withUnsafeBytes { Glibc.write(file.number, $0.baseAddress, $0.count) }
    }

    func rename(_ name: String, to other: String) throws {
        try FileManager.default.moveItem(atPath: file(name), toPath: file(other))
    }

    func gzip(_ name: String, to other: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-k", "-S", ".gz-made", file(name)]
        try process.run()
        process.waitUntilExit()
        try rename(name + ".gz-made", to: other)
    }
}

/// Lines in the combined format, each with a path of its own.
func lines(_ numbers: Range<Int>, prefix: String = "") -> String {
    numbers.map { line($0, prefix: prefix) + "\n" }.joined()
}

func line(_ number: Int, prefix: String = "") -> String {
    "192.0.2.7 - - [21/Nov/2026:10:00:00 +0000] \"GET \(path(number, prefix: prefix)) HTTP/1.1\" 200 17 \"-\" \"curl/8\""
}

func path(_ number: Int, prefix: String = "") -> String { "/\(prefix)n\(number)" }

func paths(_ numbers: Range<Int>, prefix: String = "") -> [String] { numbers.map { path($0, prefix: prefix) } }

extension Ingest {
    static func test(_ files: String...) -> Ingest {
        Ingest(
            inputs: files.map { .file(path: $0) },
            settings: Settings(node: "edge-1") { Timestamp(seconds: 1_795_000_000) })
    }

    func run(into sink: MemorySink) throws -> IngestReport {
        try run(into: sink, stop: try StopRequest()) { _ in }
    }
}
