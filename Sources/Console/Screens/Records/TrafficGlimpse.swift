import Domain
import Terminal

/// The traffic of something in the last minutes, by outcome, as lines of a detail.
struct TrafficGlimpse: Sendable {
    let filter: Filter
    private var overview = Contents<Overview>.loading

    init(_ filter: Filter) {
        self.filter = filter
    }

    /// How far back it goes, in seconds.
    private static let window: Int64 = 900

    func question(now: Timestamp) -> Question {
        let end = now.rounded(downToSeconds: 15)
        let window = TimeWindow(start: end.advanced(by: -Self.window * 1_000_000), end: end)
        return .overview(OverviewQuery(window: window, filter: filter, buckets: 60, rows: 5, now: end))
    }

    mutating func take(_ answer: Answer, to question: Question) {
        guard case .overview(let query) = question, query.filter == filter else { return }
        switch answer {
        case .overview(let found): overview = .loaded(found)
        case .failed(let text): overview = .failed(text)
        case .page, .count, .values, .unread, .policy: break
        }
    }

    func lines(_ glyphs: Glyphs) -> [ItemDetail.Line] {
        let heading = ItemDetail.Line.heading("traffic, last 15 min")
        switch overview {
        case .loading: return [heading, .loading]
        case .failed(let text): return [heading, .field(.empty, [Piece(CleanText(text), .caution)])]
        case .loaded(let overview):
            var lines = [heading]
            for outcome in Outcome.displayOrder where overview.totals[outcome] > 0 {
                let values = overview.series.map { $0.isCovered ? Double($0.counts[outcome]) : nil }
                lines.append(
                    .series(
                        outcome.symbol(glyphs) + " " + outcome.shortName, values, outcome.role,
                        NumberText.grouped(overview.totals[outcome])))
            }
            if lines.count == 1 { lines.append(.field(.empty, [Piece("no requests", .dim)])) }
            return lines
        }
    }
}
