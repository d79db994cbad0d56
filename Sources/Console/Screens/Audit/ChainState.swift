import Domain
import Terminal

/// What is known of the audit chain: whether it was checked, when, and what was found.
enum ChainState: Sendable {
    case unknown
    case checking(since: Timestamp)
    case checked(AuditReport, at: Timestamp)
    case failed(String)

    /// One line; `newest` is the last record there is.
    func line(newest: Int64?, zone: TimeZoneTable, _ glyphs: Glyphs) -> [Piece] {
        switch self {
        case .unknown: return [Piece("not verified: ", .dim), Piece("v", .key), Piece(" verifies", .dim)]
        case .checking: return [Piece("verifying: reading every record…", .info)]
        case .failed(let text): return [Piece("! ", .danger), Piece(CleanText(text), .danger)]
        case .checked(let report, let time):
            let clock = TimeText.timeOfDay(time, zone: zone, decimals: 0)
            guard let first = report.findings.first else {
                let since = newest.map { max(0, $0 - report.records) } ?? 0
                return [
                    Piece(glyphs.isASCII ? "ok " : "✓ ", .good), Piece("chain holds: ", .good),
                    Piece(NumberText.grouped(Int(report.records)) + " records, ", .text),
                    Piece(NumberText.grouped(report.versions) + " versions, verified ", .text),
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
