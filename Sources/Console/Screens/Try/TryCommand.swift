import Terminal

/// What can be done on the page for made-up requests while its fields have no focus.
package enum TryCommand: String, KeyCommand {
    case edit = "edit-fields", reset, copy
    case up, down, pageUp = "page-up", pageDown = "page-down", first

    static let keymap = Keymap<TryCommand>([
        Binding([.enter, "e"], .edit, "edit", help: "Back into the fields; esc leaves them.", group: "Try", footer: 1),
        Binding(["n"], .reset, "new", help: "Empty fields.", group: "Try", footer: 2),
        Binding(["y"], .copy, "copy", help: "Send the decision to the terminal's clipboard.", group: "Try"),
        Binding(["k", .up], .up, "up", help: "Scroll up.", group: "Move"),
        Binding(["j", .down], .down, "down", help: "Scroll down.", group: "Move"),
        Binding([.pageUp, .control("b")], .pageUp, "page up", help: "A page up.", group: "Move"),
        Binding([.pageDown, .control("f")], .pageDown, "page down", help: "A page down.", group: "Move"),
        Binding(["g", .home], .first, "top", help: "Back to the top.", group: "Move"),
    ])
}
