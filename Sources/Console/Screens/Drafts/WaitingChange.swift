package import Domain
package import Terminal

/// What waits for a second operator, or for its end: a draft, or a change by break-glass.
package enum WaitingChange: Hashable, Sendable {
    case emergency(BreakGlass)
    case draft(PolicyVersion)

    var version: PolicyVersion {
        switch self {
        case .emergency(let change): change.version
        case .draft(let version): version
        }
    }

    /// What became of a change by break-glass, or how long it has left.
    func standing(at now: Timestamp) -> String {
        switch self {
        case .draft(let version): return version.state == .shadow ? "draft, shadowing" : "draft"
        case .emergency(let change):
            switch change.ending {
            case .reverted?: return "over, taken back"
            case .kept?: return "kept"
            case .overtaken?: return "over, others changed all of it"
            case .failed?: return "over, still in force"
            case nil:
                let left = change.expires.microseconds - now.microseconds
                guard left > 0 else { return "its time is over" }
                let time = Self.countdown(seconds: left / 1_000_000)
                return (change.review == nil ? "in force, " : "reviewed, ") + time + " left"
            }
        }
    }

    private static func countdown(seconds: Int64) -> String {
        func two(_ number: Int64) -> String { (number < 10 ? "0" : "") + "\(number)" }
        let hours = seconds / 3600
        return (hours > 0 ? "\(hours):" + two(seconds / 60 % 60) : "\(seconds / 60)") + ":" + two(seconds % 60)
    }
}

extension WaitingChange: ListedRecord {
    package static let columns = [
        ListColumn("kind", "draft or break-glass", width: .fixed(13)),
        ListColumn("number", "the number of its version", width: .fixed(7), isNumber: true),
        ListColumn("author", "who made it", width: .flexible(8, weight: 1)),
        ListColumn(
            "standing", "whether it waits, or how long it lasts", title: "state", width: .flexible(22, weight: 1)),
        ListColumn("created", "how long ago", title: "age", width: .fixed(10), drop: 1, role: .dim),
        ListColumn(
            "danger", "what of it has to be looked at twice", title: "dangers", width: .flexible(12, weight: 2),
            drop: 2, role: .caution),
        ListColumn("reason", "why, in the words of the author", width: .flexible(12, weight: 3), role: .dim),
    ]

    package static let fields = ["kind", "number", "author", "standing", "created", "danger", "reason"]

    package var id: Int { version.number }

    package var texts: [String] { version.texts }

    package func values(of field: String, in context: ScreenContext) -> [String] {
        switch field {
        case "kind":
            switch self {
            case .emergency: ["break-glass"]
            case .draft: ["draft"]
            }
        case "standing": [standing(at: context.now)]
        default: version.values(of: field, in: context)
        }
    }

    package func cell(of field: String, in context: ScreenContext, _ glyphs: Glyphs) -> TableCell? {
        switch (field, self) {
        case ("kind", .emergency(let change)):
            change.isAlarm(at: context.now)
                ? .text("! break-glass", Style(.danger)) : .text("break-glass", Style(.caution))
        case ("kind", .draft): .text("draft", Style(.caution))
        case ("created", _): version.cell(of: field, in: context, glyphs)
        default: nil
        }
    }
}
