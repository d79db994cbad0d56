import ArgumentParser
import Domain
import Glibc

@main
struct Benchmarks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks",
        abstract: "Measures the program against its peers on this machine.",
        subcommands: [GenerateCommand.self]
    )
}

struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Write a generated combined log to a file.")

    @Argument(help: "The file to write.") var path: String
    @Option(help: "Lines.") var count = 2_000_000
    @Option(help: "Days that the lines are spread over, up to now.") var days = 1.0

    func run() throws {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let end = Timestamp(seconds: Int64(now.tv_sec))
        var log = AccessLog()
        let window = TimeWindow(start: end.advanced(by: -Int64(days * 86_400_000_000)), end: end)
        try log.write(count, over: window, to: path)
    }
}
