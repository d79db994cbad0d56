import Terminal

/// What can be done on the page of what waits for a second operator.
package enum DraftCommand: String, KeyCommand {
    case open, approve, reject, keep, reviewed, undo
    case narrow = "narrow-list", sort, reverse, columns
    case up, down, pageUp = "page-up", pageDown = "page-down", first, last

    static let keymap = Keymap<DraftCommand>(
        [
            Binding(
                ["a"], .approve, "approve", help: "Put the draft in force, after a review of what it does.",
                group: "Drafts", footer: 2),
            Binding(
                ["r"], .reject, "reject", help: "Put the draft aside, with a reason. Its author may do that too.",
                group: "Drafts", footer: 2),
            Binding(
                ["K"], .keep, "keep", help: "Let a change by break-glass stay in force, with a reason.",
                group: "Drafts", footer: 2),
            Binding(
                ["v"], .reviewed, "reviewed", help: "End the alarm of a change by break-glass, with a reason.",
                group: "Drafts", footer: 2),
        ] + ListCommand.bindings("Drafts"))
}
