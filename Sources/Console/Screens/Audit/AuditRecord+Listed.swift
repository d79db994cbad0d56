package import Domain
package import Terminal

extension AuditRecord: ListedRecord {
    package static let columns = [
        ListColumn("number", "its place in the chain", width: .fixed(7), role: .dim, isNumber: true),
        ListColumn("time", "when it was done", width: .fixed(12), role: .dim),
        ListColumn("operator", "who did it", width: .flexible(8, weight: 1)),
        ListColumn(
            "user_id", "their user on this machine", width: .fixed(8), drop: 4, role: .dim, isNumber: true, more: true),
        ListColumn("action", "what was done", width: .flexible(14, weight: 1), role: .accent),
        ListColumn("target", "to what", width: .flexible(14, weight: 3)),
        ListColumn("outcome", "done or refused", width: .fixed(7)),
        ListColumn(
            "version", "the policy then in force", title: "policy", width: .fixed(6), drop: 2, role: .dim,
            isNumber: true),
        ListColumn("reason", "why, in the words of the operator", width: .flexible(12, weight: 4), drop: 1, role: .dim),
    ]

    package static let fields = [
        "number", "operator", "action", "target", "outcome", "reason", "version", "time", "user_id",
    ]

    package var id: Int64 { sequence }

    package func values(of field: String, in context: ScreenContext) -> [String] {
        switch field {
        case "number": ["\(sequence)"]
        case "operator": [entry.actor.name]
        case "user_id": entry.actor.userID.map { ["\($0)"] } ?? []
        case "action": [entry.action]
        case "target": entry.target.isEmpty ? [] : [entry.target]
        case "outcome": [entry.outcome.rawValue]
        case "reason": entry.reason.isEmpty ? [] : [entry.reason]
        case "version": ["\(entry.version)"]
        case "time": [TimeText.rfc3339(entry.time)]
        default: []
        }
    }

    package var texts: [String] { [entry.actor.name, entry.action, entry.target, entry.reason] }

    package func cell(of field: String, in context: ScreenContext, _ glyphs: Glyphs) -> TableCell? {
        switch field {
        case "time": .text(CleanText(ClockText.dayAndMinute(entry.time, zone: context.zone)), Style(.dim))
        case "outcome":
            switch entry.outcome {
            case .done: .text("done", Style(.good))
            case .refused: .text("refused", Style(.danger))
            }
        default: nil
        }
    }

    /// Whether a policy version was made by it.
    var madeVersion: Bool {
        guard entry.outcome == .done, entry.action.hasPrefix("policy."), let after = entry.after,
            let tree = try? PolicyTree(parsingJSON: after.utf8)
        else { return false }
        return tree["content"] != nil && tree["edits"] != nil
    }

    /// The screen of what it is about, and the name there; nil when there is none.
    var place: (screen: ScreenName, name: String)? {
        let parts = entry.target.split(separator: "/", maxSplits: 1).map(String.init)
        if parts.count == 2, parts[0] == "version" { return (.history, parts[1]) }
        if parts.count == 2, parts[0] == "token" { return (.tokens, parts[1]) }
        if let key = ItemKey(text: entry.target), let screen = ScreenName.listing(key.kind) {
            return (screen, key.name)
        }
        return madeVersion ? (.history, "\(entry.version)") : nil
    }
}
