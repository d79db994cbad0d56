package import Terminal

/// What keys do in the matrix of roles and routes.
package enum MatrixCommand: String, KeyCommand {
    case cycle
    case review
    case find
    case leave = "leave-matrix"
    case up
    case down
    case left
    case right
    case pageUp = "page-up"
    case pageDown = "page-down"
    case firstRoute = "first-route"
    case lastRoute = "last-route"
    case firstRole = "first-role"
    case lastRole = "last-role"

    package static let keymap = Keymap<MatrixCommand>([
        Binding(
            [.enter, .space], .cycle, "none, allow, deny",
            help: "Go round from none to allow to deny, for exactly this route's path and methods.", group: "Matrix",
            footer: 1),
        Binding(
            [.control("s")], .review, "review", help: "Show what is changed, before anything is applied.",
            group: "Matrix", footer: 2),
        Binding(["f"], .find, "find", help: "Find a role or a route.", group: "Matrix", footer: 3),
        Binding(
            [.escape], .leave, "back", help: "Leave the matrix; asks when something is changed.", group: "Matrix",
            footer: 4),
        Binding(["k", .up], .up, "up", help: "The role before.", group: "Matrix"),
        Binding(["j", .down], .down, "down", help: "The next role.", group: "Matrix"),
        Binding(["h", .left], .left, "left", help: "The route before.", group: "Matrix"),
        Binding(["l", .right], .right, "right", help: "The next route.", group: "Matrix"),
        Binding([.pageUp], .pageUp, "page up", help: "Ten roles up.", group: "Matrix"),
        Binding([.pageDown], .pageDown, "page down", help: "Ten roles down.", group: "Matrix"),
        Binding([.home], .firstRoute, "first route", help: "The first route.", group: "Matrix"),
        Binding([.end], .lastRoute, "last route", help: "The last route.", group: "Matrix"),
        Binding(["g"], .firstRole, "first role", help: "The first role.", group: "Matrix"),
        Binding(["G"], .lastRole, "last role", help: "The last role.", group: "Matrix"),
    ])
}
