import Terminal

/// What can be done on the Overview screen.
package enum OverviewCommand: String, KeyCommand {
    case open, revoke, longer, shorter, metric, scale, zoom
    case earlier, later, present
    case nextPanel = "next-panel", previousPanel = "previous-panel"
    case up, down, pageUp = "page-up", pageDown = "page-down", first, last
    case cursorLeft = "cursor-left", cursorRight = "cursor-right"

    static let keymap = Keymap<OverviewCommand>([
        Binding(
            [.enter], .open, "open", help: "The requests behind the row, or behind the chart's cursor.",
            group: "Overview", footer: 1),
        Binding(
            ["x"], .revoke, "revoke…",
            help: "End the tokens of the client in focus, or what was issued to the address or comes from it.",
            group: "Overview", footer: 5),
        Binding(
            [.tab], .nextPanel, "next panel",
            help: "Move to the next panel: chart, clients, routes, addresses, denials.", group: "Overview", footer: 4),
        Binding([.backTab], .previousPanel, "previous panel", help: "Move to the panel before.", group: "Overview"),
        Binding(
            ["t"], .longer, "window", help: "A longer window, up to 30 days; then 1 minute again.", group: "Overview",
            footer: 5),
        Binding(
            ["T"], .shorter, "shorter window", help: "A shorter window, down to 1 minute; then 30 days.",
            group: "Overview"),
        Binding(
            ["m"], .metric, "metric",
            help: "Order the panel by the next metric: requests, limited, unauthenticated, forbidden, failed, latency.",
            group: "Overview", footer: 6),
        Binding(["l"], .scale, "log scale", help: "Logarithmic or linear scale.", group: "Overview", footer: 8),
        Binding(["z"], .zoom, "zoom", help: "The panel on the whole screen, and back.", group: "Overview", footer: 7),
        Binding(["["], .earlier, "earlier", help: "Half a window back in time.", group: "Time"),
        Binding(["]"], .later, "later", help: "Half a window forward in time.", group: "Time"),
        Binding(["."], .present, "now", help: "Back to the present.", group: "Time"),
        Binding(
            [.left], .cursorLeft, "read off", help: "Move the chart's cursor to the left, to read a moment off.",
            group: "Time"),
        Binding([.right], .cursorRight, "read off", help: "Move the chart's cursor to the right.", group: "Time"),
        Binding(["k", .up], .up, "up", help: "The row above.", group: "Move"),
        Binding(["j", .down], .down, "down", help: "The row below.", group: "Move"),
        Binding([.pageUp], .pageUp, "page up", help: "A page up.", group: "Move"),
        Binding([.pageDown], .pageDown, "page down", help: "A page down.", group: "Move"),
        Binding(["g", .home], .first, "first", help: "The first row.", group: "Move"),
        Binding(["G", .end], .last, "last", help: "The last row.", group: "Move"),
    ])
}
