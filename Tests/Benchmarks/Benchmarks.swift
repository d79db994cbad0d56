import ArgumentParser

@main
struct Benchmarks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks",
        abstract: "Measures the program against its peers on this machine.",
        subcommands: [MeasureCommand.self, GenerateCommand.self],
        defaultSubcommand: MeasureCommand.self
    )
}
