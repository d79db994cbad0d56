import ArgumentParser
import Domain
import Glibc
import Store

struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Write a generated combined log to a file.")

    @Argument(help: "The file to write.") var path: String
    @Option(help: "Lines.") var count = 2_000_000
    @Option(help: "Days that the lines are spread over, up to now.") var days = 1.0

    func run() throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw BenchmarkError("\(path): \(errorText())") }
        defer { close(descriptor) }
        let end = SystemClock.now()
        var log = AccessLog()
        let window = TimeWindow(start: end.advanced(by: -Int64(days * Double(Day.microseconds))), end: end)
        try log.write(count, over: window, to: descriptor)
    }
}
