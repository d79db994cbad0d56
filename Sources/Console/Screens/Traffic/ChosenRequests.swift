import Domain
import Terminal

/// Requests that a replay decides differently, and what they have in common: what Traffic shows when one looks behind a
/// row of a review's effect.
struct ChosenRequests: Equatable, Sendable {
    let selection: EventSelection
    let kind: ReplayReport.Row.Kind
    /// Whose they are, and how they end before and after.
    let account: String
    /// How many there are, of which the newest may be all that is known one by one.
    let count: Int
    /// Whether the replay had seen all.
    let isComplete: Bool

    init(_ row: ReplayReport.Row, isComplete: Bool) {
        selection = row.sample.places.newest(ReplayTally.mostPlacesOfOne)
        kind = row.kind
        let change = row.change
        account =
            "\(change.client ?? "without credentials") \(change.method) \(change.route ?? row.sample.path): "
            + "\(change.before.code) → \(change.after.code)"
        count = row.sample.count
        self.isComplete = isComplete
    }

    var title: CleanText {
        let what: CleanText =
            switch kind {
            case .newlyRefused: "newly refused by this change: "
            case .newlyAllowed: "newly allowed by this change: "
            case .otherReason: "refused for another reason by this change: "
            }
        let known = selection.positions.count
        return what + NumberText.grouped(count) + (isComplete ? "" : " so far")
            + (known < count ? ", the newest " + NumberText.grouped(known) : "")
    }
}
