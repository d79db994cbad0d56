import Terminal

/// What can be done on the Traffic screen.
package enum TrafficCommand: String, KeyCommand {
    case open, why, narrow, exclude, revoke
    case up, down, pageUp = "page-up", pageDown = "page-down", newest, oldest
    case scrollLeft = "scroll-left", scrollRight = "scroll-right"
    case sort, reverse, columns, copy

    static let keymap = Keymap<TrafficCommand>([
        Binding(
            [.enter], .open, "open", help: "Every field of the request; again to close.", group: "Traffic", footer: 1),
        Binding(
            ["w"], .why, "why", help: "Why it was denied, and what would allow it; of one that wasn't, the next below.",
            group: "Traffic", footer: 2),
        Binding(
            ["f"], .narrow, "only this…", help: "Filter by one of the request's values.", group: "Traffic", footer: 2),
        Binding(["F"], .exclude, "not this…", help: "Filter one of the request's values out.", group: "Traffic"),
        Binding(
            ["x"], .revoke, "revoke…", help: "End the request's token, subject, client or address.", group: "Traffic",
            footer: 5),
        Binding(
            ["g", .home], .newest, "newest", help: "Go to the newest request and follow.", group: "Move", footer: 6),
        Binding(["G", .end], .oldest, "oldest", help: "Go to the oldest request.", group: "Move"),
        Binding(
            ["s"], .sort, "sort", help: "Sort by the next column: time, latency, bytes, status, client…",
            group: "Traffic", footer: 7),
        Binding(["S"], .reverse, "reverse", help: "Turn the order round.", group: "Traffic"),
        Binding(["c"], .columns, "columns", help: "Choose the columns.", group: "Traffic", footer: 8),
        Binding(["y"], .copy, "copy", help: "Send the request as JSON to the terminal's clipboard.", group: "Traffic"),
        Binding(["k", .up], .up, "up", help: "The request above.", group: "Move"),
        Binding(["j", .down], .down, "down", help: "The request below.", group: "Move"),
        Binding([.pageUp, .control("b")], .pageUp, "page up", help: "A page up.", group: "Move"),
        Binding([.pageDown, .control("f")], .pageDown, "page down", help: "A page down.", group: "Move"),
        Binding(["h", .left], .scrollLeft, "left", help: "Scroll to the left.", group: "Move"),
        Binding(["l", .right], .scrollRight, "right", help: "Scroll to the right.", group: "Move"),
    ])
}
