import Terminal

/// Where the panels of the Overview are: chart and totals above, lists in two columns below.
struct OverviewLayout {
    private(set) var chart: Rect
    private(set) var totals: Rect
    private(set) var panels: [OverviewPanel: Rect] = [:]

    /// A list needs its title, its column heads and a few rows.
    private static let listHeight = 5

    init(_ area: Rect, focus: OverviewPanel, isZoomed: Bool) {
        let none = area.split(top: 0).top
        if isZoomed {
            chart = focus == .chart ? area : none
            totals = none
            panels[focus] = area
            return
        }
        let isWide = area.width >= 100
        let topHeight = area.height < 17 ? 7 : min(max(10, area.height * 2 / 5), 20)
        let (top, below) = area.split(top: topHeight)
        (chart, totals) = top.split(right: isWide ? min(54, max(42, area.width * 36 / 100)) : 34, gap: isWide ? 2 : 1)
        panels[.chart] = chart
        let half = (area.width - 1) / 2
        let upper = (below.height + 1) / 2
        guard below.height >= 2 * Self.listHeight else {
            // Two lists in full are better than four headings: those beside the one in focus.
            let showsLower = focus == .addresses || focus == .denials
            (panels[showsLower ? .addresses : .clients], panels[showsLower ? .denials : .routes]) = Self.halves(
                below, half)
            return
        }
        let (first, second) = below.split(top: upper)
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
