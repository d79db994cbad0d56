import Terminal

/// What can be done with every list of records; screens have commands of the same names among their own.
enum ListCommand: String, CaseIterable {
    case open, undo, mark, clearMarks = "clear-marks"
    case narrow = "narrow-list", sort, reverse, columns
    case up, down, pageUp = "page-up", pageDown = "page-down", first, last

    private static let table: [(Self, keys: [Key], name: CleanText, help: CleanText, footer: Int?)] = [
        (.open, [.enter], "open", "All that is known of it; again to close.", 1),
        (.undo, ["u"], "undo", "Take the last change of the policy back, after a review.", nil),
        (.mark, [.space], "mark", "Mark it, for doing something with several.", 7),
        (.clearMarks, ["V"], "clear marks", "Mark nothing.", nil),
        (.narrow, ["/"], "filter", "Show only some: a word, or field:value.", 3),
        (.sort, ["s"], "sort", "Sort by the next column.", nil),
        (.reverse, ["S"], "reverse", "Turn the order round.", nil),
        (.columns, ["c"], "columns", "Choose the columns.", nil),
        (.up, ["k", .up], "up", "The row above.", nil),
        (.down, ["j", .down], "down", "The row below.", nil),
        (.pageUp, [.pageUp, .control("b")], "page up", "A page up.", nil),
        (.pageDown, [.pageDown, .control("f")], "page down", "A page down.", nil),
        (.first, ["g", .home], "first", "The first row.", nil),
        (.last, ["G", .end], "last", "The last row.", nil),
    ]

    private var isMove: Bool {
        switch self {
        case .up, .down, .pageUp, .pageDown, .first, .last: true
        case .open, .undo, .mark, .clearMarks, .narrow, .sort, .reverse, .columns: false
        }
    }

    /// How far a detail that takes the whole screen is scrolled after it; nil for a command that doesn't move.
    ///
    /// - Parameter area: What the detail has, its header included. Its end isn't known here.
    func scrolled(_ scroll: Int, in area: Rect) -> Int? {
        let page = max(1, area.height - 2)
        return switch self {
        case .up: max(0, scroll - 1)
        case .down: scroll + 1
        case .pageUp: max(0, scroll - page)
        case .pageDown: scroll + page
        case .first: 0
        case .last: .max
        case .open, .undo, .mark, .clearMarks, .narrow, .sort, .reverse, .columns: nil
        }
    }

    /// The bindings of those that a screen has too.
    static func bindings<Command: KeyCommand>(_ group: CleanText) -> [Binding<Command>] {
        table.compactMap { row in
            Command(rawValue: row.0.rawValue).map {
                Binding(
                    row.keys, $0, row.name, help: row.help, group: row.0.isMove ? "Move" : group, footer: row.footer)
            }
        }
    }
}
