import Domain
import Terminal

/// A list of clients, routes or addresses as a table.
struct RankedTable {
    let panel: OverviewPanel
    let metric: Metric
    /// The length of the window.
    let seconds: Double
    let items: [Overview.Ranked]
    let glyphs: Glyphs

    /// Rates make sense while one watches; over hours a count says more.
    private var showsRates: Bool { seconds <= 3600 }

    var columns: [TableColumn] {
        [
            TableColumn(panel.rowTitle, width: .flexible(panel == .routes ? 22 : 14, weight: 3), truncation: .middle),
            TableColumn(valueTitle, width: .fixed(9), align: .right),
            TableColumn(metric == .latency ? "requests" : "denied", width: .fixed(8), align: .right, dropOrder: 2),
            TableColumn(
                panel == .routes ? "p95" : "share", width: .fixed(panel == .routes ? 8 : 14), align: .right,
                dropOrder: 1),
        ]
    }

    private var valueTitle: CleanText {
        switch metric {
        case .latency: "p95"
        case .requests: showsRates ? "req/s" : "requests"
        case .limited: showsRates ? "limited/s" : "limited"
        case .unauthenticated: showsRates ? "unauth./s" : "unauth."
        case .forbidden: showsRates ? "forbid./s" : "forbidden"
        case .failed: showsRates ? "failed/s" : "failed"
        }
    }

    func rows(_ range: Range<Int>) -> [[TableCell]] {
        let total = items.reduce(0) { $0 + ($1.value(of: metric) ?? 0) }
        let top = items.compactMap { $0.value(of: metric) }.max() ?? 0
        return range.map { index in
            let item = items[index]
            return [name(of: item), value(of: item), second(of: item), third(of: item, top: top, total: total)]
        }
    }

    private func name(of item: Overview.Ranked) -> TableCell {
        guard !item.name.isEmpty else { return .text(glyphs.absent, Style(.faint)) }
        guard panel == .routes else { return .text(CleanText(item.name)) }
        let method = CleanText(item.method ?? "").prefix(columns: 6)
        let padding = CleanText(String(repeating: " ", count: max(1, 7 - method.columns)))
        return .pieces([Piece(method, .dim), Piece(padding), Piece(CleanText(item.name))])
    }

    private func value(of item: Overview.Ranked) -> TableCell {
        guard metric != .latency else { return latency(of: item) }
        let count = item.value(of: metric) ?? 0
        guard count > 0 else { return .text("0", Style(.faint)) }
        let style = Style(metric.outcome?.role ?? .text)
        return .text(showsRates ? NumberText.figures(count / seconds) : NumberText.si(count), style)
    }

    private func second(of item: Overview.Ranked) -> TableCell {
        if metric == .latency {
            let requests = Double(item.counts.requests)
            return .text(showsRates ? NumberText.figures(requests / seconds) : NumberText.si(requests), Style(.dim))
        }
        let denied = Outcome.allCases.filter(\.isDenied).max { item.counts[$0] < item.counts[$1] } ?? .limited
        let count = Outcome.allCases.filter(\.isDenied).reduce(0) { $0 + item.counts[$1] }
        guard count > 0, item.counts.requests > 0 else { return .text("0", Style(.faint)) }
        // The colour is that of the commonest denial.
        return .text(NumberText.percent(Double(count) / Double(item.counts.requests)), Style(denied.role))
    }

    private func third(of item: Overview.Ranked, top: Double, total: Double) -> TableCell {
        guard panel != .routes else { return latency(of: item) }
        let value = item.value(of: metric) ?? 0
        let role = metric.outcome?.role ?? .accent
        return .meter(top > 0 ? value / top : 0, role)
    }

    private func latency(of item: Overview.Ranked) -> TableCell {
        guard let latency = item.latency else { return .text(glyphs.absent, Style(.faint)) }
        return .text(NumberText.duration(microseconds: Int(latency)), Style(metric == .latency ? .text : .dim))
    }
}
