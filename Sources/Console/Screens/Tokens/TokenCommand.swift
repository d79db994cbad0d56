import Terminal

/// What can be done on the Tokens screen.
package enum TokenCommand: String, KeyCommand {
    case open, revoke, revokeMatching = "revoke-matching", undo, mark, clearMarks = "clear-marks"
    case revokeFamily = "revoke-family", revokeClient = "revoke-client", revokeSubject = "revoke-subject"
    case revokeAddress = "revoke-address"
    case narrow = "narrow-list", sort, reverse, columns
    case requests, owner, copy
    case up, down, pageUp = "page-up", pageDown = "page-down", first, last

    static let keymap = Keymap<TokenCommand>(
        [
            Binding(
                ["x"], .revoke, "revoke…", help: "End the token, or all that are marked.", group: "Tokens", footer: 2),
            Binding(
                ["X"], .revokeMatching, "revoke all…", help: "End every token that the filter matches.",
                group: "Tokens", footer: 6),
            Binding(
                [], .revokeFamily, "revoke its family…", help: "End all tokens that came from the same login.",
                group: "Tokens"),
            Binding(
                [], .revokeClient, "revoke its client…", help: "End every token and credential of its client.",
                group: "Tokens"),
            Binding(
                [], .revokeSubject, "revoke its subject…", help: "End every token for its subject.", group: "Tokens"),
            Binding(
                [], .revokeAddress, "revoke its address…", help: "End what was issued to its address or comes from it.",
                group: "Tokens"),
            Binding(["t"], .requests, "requests", help: "The traffic with this token.", group: "Tokens", footer: 5),
            Binding(["o"], .owner, "client", help: "Go to the client that it was issued to.", group: "Tokens"),
            Binding(
                ["y"], .copy, "copy", help: "Send its id to the terminal's clipboard; never the token.",
                group: "Tokens"),
        ] + ListCommand.bindings("Tokens"))
}
