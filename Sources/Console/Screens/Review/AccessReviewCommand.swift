import Terminal

/// What can be done on the page of permissions and scopes with their use.
package enum AccessReviewCommand: String, KeyCommand {
    case open, delete, undo, mark, clearMarks = "clear-marks", markUnused = "mark-unused"
    case narrow = "narrow-list", sort, reverse, columns
    case requests, owner, copy, again = "read-again"
    case up, down, pageUp = "page-up", pageDown = "page-down", first, last

    static let keymap = Keymap<AccessReviewCommand>(
        [
            Binding(
                ["d", .delete], .delete, "remove",
                help: "Take it from its role or client, or all that are marked, in one change, after a review.",
                group: "Access review", footer: 2),
            Binding(
                ["a"], .markUnused, "mark unused",
                help: "Mark all in sight that were never used, but no denies: one that never fired is a guard.",
                group: "Access review", footer: 5),
            Binding(
                ["o"], .owner, "holder", help: "Go to the role or client that has it.", group: "Access review",
                footer: 6),
            Binding(
                ["t"], .requests, "requests", help: "The traffic of the client that has the scope.",
                group: "Access review"),
            Binding(["r"], .again, "read again", help: "Read the traffic again.", group: "Access review", footer: 8),
            Binding(
                ["y"], .copy, "copy", help: "Send the list as text to the terminal's clipboard.", group: "Access review"
            ),
        ] + ListCommand.bindings("Access review"))
}
