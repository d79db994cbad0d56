import Terminal

/// What can be done on the screens that list a part of the policy.
package enum ItemCommand: String, KeyCommand {
    case open, new, edit, rename, delete, undo, revoke
    case revokeCredential = "revoke-credential"
    case mark, clearMarks = "clear-marks"
    case narrow = "narrow-list", sort, reverse, columns
    case requests, matrix
    case copy
    case up, down, pageUp = "page-up", pageDown = "page-down", first, last

    static let keymap = Keymap<ItemCommand>([
        Binding([.enter], .open, "open", help: "All that is known of it; again to close.", group: "Policy", footer: 1),
        Binding(["n"], .new, "new", help: "Make a new one, in a form.", group: "Policy", footer: 2),
        Binding(["e"], .edit, "edit", help: "Change it in a form; nothing is applied yet.", group: "Policy", footer: 2),
        Binding(
            ["r"], .rename, "rename…", help: "Give it another name, and all that refers to it, after a review.",
            group: "Policy"),
        Binding(
            ["d", .delete], .delete, "delete", help: "Remove it, or all that are marked, after a review.",
            group: "Policy", footer: 2),
        Binding(
            ["u"], .undo, "undo", help: "Take the last change of the policy back, after a review.", group: "Policy",
            footer: 2),
        Binding(
            ["x"], .revoke, "revoke…", help: "End the credentials and tokens of the client, or of all that are marked.",
            group: "Policy", footer: 2),
        Binding(
            [], .revokeCredential, "revoke credential…", help: "End one of the client's credentials, and its tokens.",
            group: "Policy"),
        Binding([.space], .mark, "mark", help: "Mark it, for doing the same with several.", group: "Policy", footer: 3),
        Binding(["V"], .clearMarks, "clear marks", help: "Mark nothing.", group: "Policy"),
        Binding(["/"], .narrow, "filter", help: "Show only some: a name, or field:value.", group: "Policy", footer: 2),
        Binding(["s"], .sort, "sort", help: "Sort by the next column.", group: "Policy"),
        Binding(["S"], .reverse, "reverse", help: "Turn the order round.", group: "Policy"),
        Binding(["c"], .columns, "columns", help: "Choose the columns.", group: "Policy"),
        Binding(
            ["t"], .requests, "requests", help: "The traffic of the client or route.", group: "Policy", footer: 4),
        Binding(
            ["m"], .matrix, "matrix", help: "Roles against routes: what each may do, edited cell by cell.",
            group: "Policy", footer: 2),
        Binding(["y"], .copy, "copy", help: "Send it as YAML to the terminal's clipboard.", group: "Policy"),
        Binding(["k", .up], .up, "up", help: "The row above.", group: "Move"),
        Binding(["j", .down], .down, "down", help: "The row below.", group: "Move"),
        Binding([.pageUp, .control("b")], .pageUp, "page up", help: "A page up.", group: "Move"),
        Binding([.pageDown, .control("f")], .pageDown, "page down", help: "A page down.", group: "Move"),
        Binding(["g", .home], .first, "first", help: "The first row.", group: "Move"),
        Binding(["G", .end], .last, "last", help: "The last row.", group: "Move"),
    ])
}
