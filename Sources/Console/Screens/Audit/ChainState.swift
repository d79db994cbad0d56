import Domain
import Terminal

/// What is known of the audit chain: whether it was checked, when, and what was found.
enum ChainState: Sendable {
    case unknown
    /// How many events of the traffic are checked, of how many; none before the trail is.
    case checking(done: Int, total: Int)
    case checked(AuditReport, at: Timestamp)
    case failed(String)

    var isChecking: Bool { if case .checking = self { true } else { false } }

    /// One line; `newest` is the last record there is.
    func line(newest: Int64?, zone: TimeZoneTable, _ glyphs: Glyphs) -> [Piece] {
        switch self {
        case .unknown: return [Piece("not verified: ", .dim), Piece("v", .key), Piece(" verifies", .dim)]
        case .checking(let done, let total):
            let what: CleanText =
                total == 0
                ? "verifying: reading every record…"
                : "verifying: " + NumberText.percent(min(1, Double(done) / Double(total))) + " of "
                    + NumberText.grouped(total) + " events"
            return [Piece(what, .info), Piece("   esc stops", .dim)]
        case .failed(let text): return [Piece("! ", .danger), Piece(CleanText(text), .danger)]
        case .checked(let report, let time):
            let clock = TimeText.timeOfDay(time, zone: zone, decimals: 0)
            guard let first = report.findings.first else {
                let events: CleanText =
                    report.segments == 0 ? .empty : NumberText.grouped(Int(report.events)) + " events, "
                let since = newest.map { max(0, $0 - report.records) } ?? 0
                return [
                    Piece(glyphs.isASCII ? "ok " : "✓ ", .good),
                    Piece(events.isEmpty ? "chain holds: " : "chains hold: ", .good),
                    Piece(NumberText.grouped(Int(report.records)) + " records, ", .text),
                    Piece(NumberText.grouped(report.versions) + " versions, " + events + "verified ", .text),
                    Piece(CleanText(clock), .text),
                    Piece(CleanText(since > 0 ? ", \(since) added since: v verifies again" : ""), .dim),
                ]
            }
            let count = report.findings.count
            return [
                Piece("! ", .danger), Piece(CleanText("\(count) found: "), .danger),
                Piece(CleanText(first.description), .danger),
                Piece(CleanText(count > 1 ? "  and \(count - 1) more" : ""), .danger),
            ]
        }
    }

    /// All that was found, with where it is.
    var findings: [ItemDetail.Line] {
        guard case .checked(let report, _) = self, !report.findings.isEmpty else { return [] }
        return [.heading("what the verification found")]
            + report.findings.prefix(1000).map { finding in
                .field(
                    .empty,
                    [
                        Piece(CleanText("! \(finding.place)"), .danger),
                        Piece(CleanText(": \(finding.problem)"), .danger),
                    ])
            } + [.heading("the record")]
    }
}
