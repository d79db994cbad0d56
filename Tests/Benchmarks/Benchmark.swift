/// One row of the table.
struct Benchmark: Sendable {
    struct Result {
        var ours: String
        var peer = "–"
        var ratio = "–"
    }

    /// For `--only`.
    let name: String
    let what: String
    let bar: String
    let aim: String
    let measure: @Sendable (Workbench) throws -> Result

    static let all = [
        ingest, query, overview, firstScreen, keyPress, idle, memory, size, decisions, compiling, limits,
        replay, screens, tokens, reviewPage,
    ]

    func row(_ result: Result) -> String {
        "| \([what, result.ours, result.peer, result.ratio, bar, aim].joined(separator: " | ")) |"
    }

    static let head = """
        | what | ours | peer | ratio | bar | aim |
        | --- | --- | --- | --- | --- | --- |
        """
}
