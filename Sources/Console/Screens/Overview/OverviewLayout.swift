import Terminal

/// Where the panels of the Overview are: chart and totals above, lists in two columns below.
struct OverviewLayout {
    private(set) var chart: Rect
    private(set) var totals: Rect
    private(set) var panels: [OverviewPanel: Rect] = [:]

    init(_ area: Rect, zoomed: OverviewPanel?) {
        let none = area.split(top: 0).top
        if let zoomed {
            chart = zoomed == .chart ? area : none
            totals = none
            panels[zoomed] = area
            return
        }
        let isWide = area.width >= 100
        let topHeight = min(max(10, area.height * 2 / 5), 20)
        let (top, below) = area.split(top: topHeight)
        (chart, totals) = top.split(right: isWide ? min(54, max(42, area.width * 36 / 100)) : 34, gap: isWide ? 2 : 1)
        panels[.chart] = chart
        let upper = below.height / 2 + below.height % 2
        let (first, second) = below.split(top: upper)
        let half = (area.width - 1) / 2
        (panels[.clients], panels[.routes]) = Self.halves(first, half)
        (panels[.addresses], panels[.denials]) = Self.halves(second, half)
    }

    private static func halves(_ rect: Rect, _ left: Int) -> (Rect?, Rect?) {
        let parts = rect.split(left: left, gap: 1)
        return (parts.left, parts.rest)
    }

    /// Rows that a list has for its items, below its title and column heads.
    func rows(of panel: OverviewPanel) -> Int {
        max(1, (panels[panel]?.height ?? 0) - (panel == .denials ? 1 : 2))
    }
}
