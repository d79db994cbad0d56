import Terminal

/// What can be done on the page that says why a request ended as it did.
package enum WhyCommand: String, KeyCommand {
    case edit, tryOut = "try", next = "next-remedy", previous = "previous-remedy"
    case client = "open-client", copy
    case up, down, pageUp = "page-up", pageDown = "page-down", first

    static let keymap = Keymap<WhyCommand>([
        Binding(
            ["e"], .edit, "edit", help: "Write the change that would allow it into a form; nothing is applied yet.",
            group: "Why", footer: 1),
        Binding(
            [.tab], .next, "next change", help: "Choose the next change that would allow it.", group: "Why", footer: 4),
        Binding([.backTab], .previous, "change before", help: "Choose the change before.", group: "Why"),
        Binding([.enter], .client, "client", help: "The client that asked.", group: "Why", footer: 3),
        Binding(
            ["T"], .tryOut, "try", help: "Take the request into a form, and see what would be decided otherwise.",
            group: "Why", footer: 2),
        Binding(["y"], .copy, "copy", help: "Send the explanation to the terminal's clipboard.", group: "Why"),
        Binding(["k", .up], .up, "up", help: "Scroll up.", group: "Move"),
        Binding(["j", .down], .down, "down", help: "Scroll down.", group: "Move"),
        Binding([.pageUp, .control("b")], .pageUp, "page up", help: "A page up.", group: "Move"),
        Binding([.pageDown, .control("f")], .pageDown, "page down", help: "A page down.", group: "Move"),
        Binding(["g", .home], .first, "top", help: "Back to the top.", group: "Move"),
    ])
}
