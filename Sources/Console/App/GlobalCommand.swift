package import Terminal

/// What can be done on every screen.
package enum GlobalCommand: String, KeyCommand {
    case overview, traffic, clients, roles, scopes, routes, quotas, tokens, audit, operators, history, drafts
    case why, tryOut = "try", accessReview = "review", discovered
    case filter, back, pause, palette, help
    case export, theme, unread, utc, mouse
    case redraw, suspend, quit

    package static let keymap = Keymap<GlobalCommand>([
        Binding(
            ["/"], .filter, "filter", help: "Filter the traffic on every screen; empty shows all of it.",
            group: "Everywhere", footer: 2),
        Binding(
            ["p"], .pause, "pause", help: "Freeze what is shown, or go on; filters and drill-down work while paused.",
            group: "Everywhere", footer: 3),
        Binding([":"], .palette, "commands", help: "Find a command by its name.", group: "Everywhere", footer: 4),
        Binding(["?", .function(1)], .help, "help", help: "All keys of this screen.", group: "Everywhere", footer: 2),
        Binding(
            [.escape], .back, "back", help: "Close what is open, go back, or clear the filter.", group: "Everywhere"),
        Binding(
            ["1", .alt("1")], .overview, "Overview", help: "Who is calling, what is refused and how fast, at a glance.",
            group: "Screens"),
        Binding(
            ["2", .alt("2")], .traffic, "Traffic", help: "Every request, live and back in time.", group: "Screens"),
        Binding(
            ["3", .alt("3")], .clients, "Clients", help: "Who may call, with what, and how much.", group: "Screens"),
        Binding(
            ["4", .alt("4")], .roles, "Roles", help: "Named sets of permissions, and who inherits them.",
            group: "Screens"),
        Binding(["5", .alt("5")], .scopes, "Scopes", help: "What tokens may be used for.", group: "Screens"),
        Binding(["6", .alt("6")], .routes, "Routes", help: "What can be called, and what it takes.", group: "Screens"),
        Binding(["7", .alt("7")], .quotas, "Quotas", help: "Limits, by tier and by client.", group: "Screens"),
        Binding(["8", .alt("8")], .tokens, "Tokens", help: "Who holds which, for whom, until when.", group: "Screens"),
        Binding(
            ["0", .alt("0")], .audit, "Audit", help: "Everything that was done, by whom and why.", group: "Screens"),
        Binding(
            ["H"], .history, "History", help: "The versions of the policy, and the way back to them.", group: "Screens"),
        Binding(
            ["D"], .drafts, "Drafts", help: "What waits for a second operator, and alarms of break-glass.",
            group: "Screens"),
        Binding(["O"], .operators, "Operators", help: "Who uses Gatehouse, with which duties.", group: "Screens"),
        Binding(
            ["w"], .why, "why",
            help: "Why the newest denied request was denied; on a request in Traffic, why that one.",
            group: "Everywhere", footer: 3),
        Binding(
            [], .tryOut, "try", help: "Make up a request in a form, and see live what the policy says of it.",
            group: "Screens"),
        Binding(
            [], .accessReview, "access review",
            help: "Permissions and scopes with their last use, those never used first.", group: "Screens"),
        Binding(
            [], .discovered, "discovered routes", help: "Paths in the traffic that no route declares, to adopt.",
            group: "Screens"),
        Binding(
            ["E"], .export, "export", help: "Write the view, or what is marked, as CSV or JSON.",
            group: "Everywhere"),
        Binding(["C"], .theme, "colours", help: "Choose a theme; it shows at once.", group: "Everywhere"),
        Binding(
            ["U"], .unread, "unread lines", help: "Log lines that were not understood, and why.", group: "Everywhere"),
        Binding(["Z"], .utc, "UTC", help: "Show times in UTC, or local again.", group: "Everywhere"),
        Binding(
            ["M"], .mouse, "mouse", help: "Let the console have the mouse, or give it back for selecting text.",
            group: "Everywhere"),
        Binding([.control("l")], .redraw, "redraw", help: "Draw the screen anew.", group: "Everywhere"),
        Binding(
            [.control("z")], .suspend, "suspend", help: "Stop and go back to the shell; fg returns.",
            group: "Everywhere"),
        Binding(["q", .control("c")], .quit, "quit", help: "Leave.", group: "Everywhere", footer: 10),
    ])
}

extension GlobalCommand {
    /// The screen that it goes to; nil for what does something else.
    var screen: ScreenName? { ScreenName(rawValue: rawValue) }
}
