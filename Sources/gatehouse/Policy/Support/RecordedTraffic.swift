import Domain
import Store

/// Recorded requests as facts for the engine.
struct RecordedTraffic {
    private let reader: TrafficReader
    private let now: Timestamp
    private let start: Timestamp
    /// From the first request of the window to the last.
    private let covered: ClosedRange<Timestamp>
    private let newest: Timestamp

    /// Fails where no traffic was recorded at all, in a store that is there: nothing can be told from that.
    init(_ option: StoreOption, since: String) throws {
        now = SystemClock.now()
        start =
            since == "all"
            ? .distantPast : try WindowOptions.moment(since, option: "--since", now: now, zone: LocalTimeZone.table())
        let folder = StoreFolder(option.path)
        let nothing = CommandFailure(
            "no traffic was recorded in \(option.path), so nothing can be told from it; "
                + "record some with `gatehouse ingest FILE`")
        guard folder.hasCatalog else { throw nothing }
        reader = try OpenStore.reader(at: option.path)
        let status = reader.status()
        guard let oldest = status.oldest, let newest = status.newest else { throw nothing }
        self.newest = newest
        let first = max(start, oldest)
        covered = first...max(first, min(now, newest))
    }

    /// Calls with the requests of the window, oldest first, a page at a time.
    func forEachPage(_ body: ([TrafficFact]) -> Void) throws {
        try FactWalk(reader: reader, since: start, now: now).forEachPage { page in
            body(page.facts)
            return true
        }
    }

    // MARK: - How much of the time there is traffic of

    private var asked: Int64? { start == .distantPast ? nil : max(0, now.microseconds - start.microseconds) }

    private var coveredTime: Int64 { covered.upperBound.microseconds - covered.lowerBound.microseconds }

    /// As in `traffic of 1 h 40 min of the 90 d is recorded, from … to …`; nil when it is nearly all.
    func coverageText(_ printer: PolicyPrinter) -> String? {
        guard newest >= covered.lowerBound else {
            return "no traffic of that time is recorded; the newest is of \(printer.time(newest))"
        }
        let span =
            "from \(printer.time(covered.lowerBound)) to \(printer.time(covered.upperBound))"
        guard let asked else { return "traffic is recorded \(span)" }
        guard coveredTime < asked - asked / 20 else { return nil }
        return
            "traffic of \(DurationText.rounded(coveredTime)) of those \(DurationText.rounded(asked)) is recorded, \(span)"
    }

    var members: [(String, PolicyTree)] {
        [
            ("recorded_from", .text(TimeText.rfc3339(covered.lowerBound))),
            ("recorded_to", .text(TimeText.rfc3339(covered.upperBound))),
            ("recorded_seconds", .integer(Int(coveredTime / 1_000_000))),
            ("asked_seconds", asked.map { .integer(Int($0 / 1_000_000)) } ?? PolicyTree(.nothing)),
        ]
    }
}
