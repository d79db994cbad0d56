import ArgumentParser
import Domain
import Store

struct OverviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "overview",
        abstract: "Print what the Overview screen shows, once.",
        discussion: """
            Totals by outcome, latency, and the clients, routes and addresses with most requests.

              gatehouse overview
              gatehouse overview --since 24h --filter 'route:/oauth/*'
              gatehouse overview --since all --json | jq '.outcomes'
            """
    )

    private static let defaultSpan: Int64 = 5 * 60_000_000

    @OptionGroup var store: StoreOption
    @OptionGroup var options: WindowOptions

    @Option(
        help: ArgumentHelp(
            "What the lists are ordered by: \(Metric.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "metric"),
        completion: .list(Metric.allCases.map(\.rawValue)), transform: Self.metric)
    var by: Metric = .requests

    @Option(help: ArgumentHelp("Rows of each list, 1 to 1000.", valueName: "n"))
    var rows = 10

    @Flag(help: "One JSON object.")
    var json = false

    func validate() throws {
        guard (1...1000).contains(rows) else { throw ValidationError("--rows must be from 1 to 1000") }
    }

    func run() throws {
        StandardOutput.ignoreBrokenPipe()
        let zone = LocalTimeZone.table()
        let now = SystemClock.now()
        let asked = try options.window(now: now, zone: zone)
        let reader = try OpenStore.reader(at: store.path)
        let status = reader.status()
        let window = Self.window(asked, newest: status.newest, now: now)
        let overview = try reader.overview(
            OverviewQuery(
                window: window, filter: asked.filter, buckets: json ? 120 : OverviewPicture.buckets, rows: rows,
                clientMetric: by, routeMetric: by, addressMetric: by, now: now))
        var output = StandardOutput()
        if json {
            try output.writeLine(overview.json)
        } else {
            let picture = OverviewPicture(
                overview: overview, metric: by, zone: zone, now: now, newest: status.newest, style: .standardOutput)
            try output.write(picture.text)
        }
        try output.flush()
        try StoreProblems.check(reader.status())
    }

    /// Five minutes before the end unless said otherwise; all ends with the newest event, so that rates mean something.
    static func window(_ asked: WindowOptions.Window, newest: Timestamp?, now: Timestamp) -> TimeWindow {
        let isAll = asked.since == .distantPast
        let end = asked.until ?? (isAll ? newest?.advanced(by: 1) ?? now : now)
        return TimeWindow(start: asked.since ?? end.advanced(by: -defaultSpan), end: end)
    }

    private static func metric(_ text: String) throws -> Metric {
        guard let metric = Metric(rawValue: text) else {
            let hint = NearestName.hint(for: text, among: Metric.allCases.map(\.rawValue))
            throw ValidationError("--by: there is no metric “\(text)”\(hint)")
        }
        return metric
    }
}
