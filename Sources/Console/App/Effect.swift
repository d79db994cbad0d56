package import Domain

/// What a screen wants done outside of itself, as data.
package enum Effect: Equatable, Sendable {
    case ask(Question)
    case cancel(Question.Slot)
    /// Hands text to the terminal's clipboard.
    case copy(String)
    case export(Export)
    /// Changes the policy or revokes; what became of it comes as a message.
    case act(PolicyAction)
    case useTheme(String)
    case useMouse(Bool)
    /// Draws every cell again, for a terminal that something else wrote on.
    case redraw
    case suspend
    case quit

    // These the console itself carries out.
    /// Goes to a screen with terms added to the filter; Esc comes back.
    case show(ScreenName, adding: [Filter], selecting: EventPosition? = nil)
    /// Goes to the screen of a thing of the policy, by its name; Esc comes back.
    case showItem(ScreenName, String)
    /// Opens the form of a thing of the policy with a change written down in it, not applied; Esc comes back.
    case propose(PolicyEdit)
    /// Says why a recorded request ended as it did; Esc comes back.
    case explain(AccessEvent)
    /// Opens the form for made-up requests, with what a recorded one said.
    case tryOut(TrafficFact)
    case notify(Notice)
    case open(OverlayKind)
}

/// A view to be written to a file.
package struct Export: Equatable, Sendable {
    package enum View: Equatable, Sendable {
        /// All events that the filter matches, oldest first.
        case traffic(Question.CountQuery)
        case overview(OverviewQuery)
        /// Rows that are on the screen, in its order.
        case rows(header: [String], [[String]])
    }

    package enum Format: String, CaseIterable, Sendable {
        case csv, json
    }

    package var view: View
    package var format: Format
    /// As the operator typed it; `~/` stands for the home folder.
    package var path: String

    package init(view: View, format: Format, path: String) {
        self.view = view
        self.format = format
        self.path = path
    }
}
