package import Domain
package import Terminal

extension PolicyVersion: ListedRecord {
    package static let columns = [
        ListColumn("number", "counted without gaps", width: .fixed(7), isNumber: true),
        ListColumn("state", "draft, active or retired", width: .fixed(7)),
        ListColumn("origin", "what made it", width: .flexible(14, weight: 1), role: .accent),
        ListColumn("author", "who made it", width: .flexible(8, weight: 1)),
        ListColumn("approver", "who put it in force", width: .flexible(8, weight: 1), drop: 2, role: .dim),
        ListColumn("created", "how long ago", title: "age", width: .fixed(10), drop: 1, role: .dim),
        ListColumn(
            "danger", "what of it had to be looked at twice", title: "dangers", width: .flexible(12, weight: 2),
            drop: 3, role: .caution, more: true),
        ListColumn("reason", "why, in the words of the author", width: .flexible(16, weight: 5), role: .dim),
    ]

    package static let fields = [
        "number", "state", "origin", "author", "approver", "reason", "created", "danger",
    ]

    package var id: Int { number }

    package func values(of field: String, in context: ScreenContext) -> [String] {
        switch field {
        case "number": ["\(number)"]
        case "state": [state.rawValue]
        case "origin": [origin.words]
        case "author": [author.name]
        case "approver": approver.map { [$0.name] } ?? []
        case "reason": reason.isEmpty ? [] : [reason]
        case "created": [TimeText.rfc3339(created)]
        case "danger": dangers.sorted().map(\.name)
        default: []
        }
    }

    package var texts: [String] { [author.name, approver?.name ?? "", reason, origin.words] }

    package func cell(of field: String, in context: ScreenContext, _ glyphs: Glyphs) -> TableCell? {
        switch field {
        case "state": .text(CleanText(state.rawValue), Style(state.role))
        case "created": .text(CleanText(TimeText.relative(created, now: context.now)), Style(.dim))
        default: nil
        }
    }

    /// What is known of it beside what it changed.
    func facts(_ context: ScreenContext, withState: Bool = true) -> [ItemDetail.Line] {
        var lines: [ItemDetail.Line] = []
        if withState {
            let origin = Piece(CleanText("  " + origin.words), .dim)
            lines.append(.field("state", [Piece(CleanText(state.rawValue), state.role), origin]))
        }
        lines.append(.field("author", [Piece(CleanText(author.name))]))
        if let approver { lines.append(.field("approver", [Piece(CleanText(approver.name))])) }
        lines += [
            .field("reason", [Piece(CleanText(reason))]),
            .field(
                "time",
                [
                    Piece(CleanText(TimeText.dateAndTime(created, zone: context.zone))),
                    Piece(CleanText("  " + TimeText.relative(created, now: context.now)), .dim),
                ]),
        ]
        if let parent { lines.append(.field("made on", [Piece(CleanText("version \(parent)"))])) }
        if !dangers.isEmpty {
            let names = dangers.sorted().map(\.name).joined(separator: ", ")
            lines.append(.field("dangers", [Piece(CleanText(names), .caution)]))
        }
        lines.append(.field("hash", [Piece(CleanText(Hex.text(content.prefix(8))), .dim)]))
        return lines
    }
}

extension PolicyVersion.State {
    var role: StyleRole {
        switch self {
        case .draft, .shadow: .caution
        case .active: .good
        case .retired: .dim
        }
    }
}

extension PolicyVersion.Origin {
    /// As an operator would say.
    var words: String {
        switch self {
        case .first: "first policy"
        case .change: "change"
        case .draft: "draft"
        case .approval(let version): "approval of \(version)"
        case .undo(let version): "undo of \(version)"
        case .restore(let version): "restore of \(version)"
        case .breakGlass: "break-glass"
        case .expiry(let version): "end of \(version)"
        }
    }
}
