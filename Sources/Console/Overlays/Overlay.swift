package import Domain

/// Something open above a screen, which gets the keys first.
enum Overlay: Sendable {
    case menu(Menu)
    case help(scroll: Int)
    case filter(FilterPrompt)
    case export(ExportPrompt)
    case unread(UnreadView)
}

/// What can be opened above a screen, as data for effects.
package enum OverlayKind: Equatable, Sendable {
    case palette, help, filter, columns, themes, export, unread
    /// The values of an event, to filter by one or to filter it out.
    case narrow(AccessEvent, excludes: Bool)
}
