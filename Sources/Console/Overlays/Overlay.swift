package import Domain

/// Something open above a screen, which gets the keys first.
enum Overlay: Sendable {
    case menu(Menu)
    case help(scroll: Int)
    case filter(FilterPrompt)
    case export(ExportPrompt)
    case unread(UnreadView)
    case review(ReviewPage)
    case revoke(RevokeDialog)
    case conflict(ConflictPage)
    case reason(ReasonDialog)
    case rename(RenamePrompt)
    /// Asks before what was written is lost.
    case leave
}

/// What can be opened above a screen, as data for effects.
package enum OverlayKind: Equatable, Sendable {
    case palette, help, filter, columns, themes, export, unread
    /// The values of an event, to filter by one or to filter it out.
    case narrow(AccessEvent, excludes: Bool)
    case review(ChangeRequest)
    /// Asks for another name of a thing of the policy.
    case rename(ItemKey)
    /// Takes the last change of the policy back.
    case undo
    case revoke([RevocationTarget])
    /// Several things, each of which can be looked at.
    case revokeSelection(RevocationSelection)
    /// A choice of what to revoke.
    case revokeMenu([RevokeChoice])
    /// Asks for a reason, and does it.
    case reason(ReasonDialog.Purpose)
}
