package import Terminal

/// What keys do in a form, apart from typing.
package enum FormCommand: String, KeyCommand {
    case review
    case leave = "leave-form"
    case complete
    case next = "next-field"
    case previous = "previous-field"
    case choose
    case deleteLine = "delete-line"
    case lineUp = "line-up"
    case lineDown = "line-down"
    case scrollUp = "scroll-up"
    case scrollDown = "scroll-down"

    package static let keymap = Keymap<FormCommand>([
        Binding(
            [.control("s")], .review, "review", help: "Show what the form changes, before anything is applied.",
            group: "Forms", footer: 1),
        Binding(
            [.escape], .leave, "back", help: "Close what is open, or leave the form; asks when something is changed.",
            group: "Forms", footer: 2),
        Binding(
            [.tab], .complete, "next", help: "Take the completion that is shown, or go to the next field.",
            group: "Forms", footer: 3),
        Binding(
            [.enter], .choose, "choose", help: "Choose from all that there is, or go to the next field.",
            group: "Forms", footer: 4),
        Binding(
            [.down, .control("n")], .next, "down", help: "Go to the next field, or down the completions.",
            group: "Forms"),
        Binding(
            [.up, .control("p"), .backTab], .previous, "up", help: "Go to the field before, or up the completions.",
            group: "Forms"),
        Binding(
            [.control("d")], .deleteLine, "delete line", help: "In a list, delete the line.", group: "Forms", footer: 5),
        Binding(
            [Key(.up, .alt)], .lineUp, "line up", help: "In a list, move the line up.", group: "Forms", footer: 6),
        Binding([Key(.down, .alt)], .lineDown, "line down", help: "In a list, move the line down.", group: "Forms"),
        Binding([.pageUp], .scrollUp, "scroll up", help: "Show what is above.", group: "Forms"),
        Binding([.pageDown], .scrollDown, "scroll down", help: "Show what is below.", group: "Forms"),
    ])
}
