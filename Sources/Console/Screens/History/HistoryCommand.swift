import Terminal

/// What can be done on the page of versions.
package enum HistoryCommand: String, KeyCommand {
    case open, restore, revert, undo, mark, clearMarks = "clear-marks"
    case narrow = "narrow-list", sort, reverse, columns, copy
    case up, down, pageUp = "page-up", pageDown = "page-down", first, last

    static let keymap = Keymap<HistoryCommand>(
        [
            Binding(
                ["r"], .restore, "restore", help: "Bring back the policy of this version, after a review.",
                group: "History", footer: 2),
            Binding(
                ["R", "b"], .revert, "revert",
                help: "Take back what this version changed and leave what came after, after a review.",
                group: "History",
                footer: 4),
            Binding(
                ["y"], .copy, "copy", help: "Send the version's number and hash to the clipboard.", group: "History"),
        ] + ListCommand.bindings("History"))
}
