import Terminal

/// What can be done on the page of paths that no route declares.
package enum DiscoveredCommand: String, KeyCommand {
    case open, adopt, edit, undo, mark, clearMarks = "clear-marks"
    case narrow = "narrow-list", sort, reverse, columns
    case requests, copy, again = "read-again"
    case up, down, pageUp = "page-up", pageDown = "page-down", first, last

    static let keymap = Keymap<DiscoveredCommand>(
        [
            Binding(
                ["a"], .adopt, "adopt",
                help: "Make it a route with the methods that were seen, or all that are marked, after a review.",
                group: "Discovered routes", footer: 2),
            Binding(
                ["e", "n"], .edit, "edit", help: "Write the route into a form first; nothing is applied yet.",
                group: "Discovered routes", footer: 3),
            Binding(["t"], .requests, "requests", help: "The requests to it.", group: "Discovered routes", footer: 5),
            Binding(
                ["r"], .again, "read again", help: "Read the traffic again.", group: "Discovered routes", footer: 8),
            Binding(
                ["y"], .copy, "copy", help: "Send the list as text to the terminal's clipboard.",
                group: "Discovered routes"),
        ] + ListCommand.bindings("Discovered routes"))
}
