import Terminal

/// What can be done on the Audit screen.
package enum AuditCommand: String, KeyCommand {
    case open, undo, verify, jump, requests, copy
    case narrow = "narrow-list", sort, reverse, columns
    case up, down, pageUp = "page-up", pageDown = "page-down", first, last

    static let keymap = Keymap<AuditCommand>(
        [
            Binding(
                ["v"], .verify, "verify", help: "Check the trail, that the policy is what it tells, and the traffic.",
                group: "Audit", footer: 2),
            Binding(["o"], .jump, "go to it", help: "Go to what the record is about.", group: "Audit", footer: 4),
            Binding(
                ["t"], .requests, "requests", help: "The traffic of five minutes before and after.", group: "Audit",
                footer: 5),
            Binding(["y"], .copy, "copy", help: "Send the record's number and hash to the clipboard.", group: "Audit"),
        ] + ListCommand.bindings("Audit"))
}
