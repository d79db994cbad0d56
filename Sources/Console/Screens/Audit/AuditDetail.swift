import Domain
import Terminal

/// All that an audit record says, with what it changed.
struct AuditDetail: Sendable {
    let record: AuditRecord
    private var edits = Contents<[PolicyEdit]>.loading

    init(_ record: AuditRecord) {
        self.record = record
    }

    var questions: [Question] {
        record.madeVersion ? [.policy(.edits(version: Int(record.entry.version)))] : []
    }

    mutating func take(_ answer: Answer, to question: Question) {
        guard questions.contains(question) else { return }
        switch answer {
        case .policy(.edits(let found)): edits = .loaded(found)
        case .failed(let text): edits = .failed(text)
        case .policy, .overview, .page, .count, .values, .unread: break
        }
    }

    func lines(_ context: ScreenContext) -> [ItemDetail.Line] {
        let entry = record.entry
        let user = entry.actor.userID.map { "  user id \($0)" } ?? "  by itself"
        var lines: [ItemDetail.Line] = [
            .field(
                "action",
                [
                    Piece(CleanText(entry.action), .accent),
                    Piece(CleanText("  " + entry.outcome.rawValue), entry.outcome == .done ? .good : .danger),
                ]),
            .field("target", [Piece(CleanText(entry.target))]),
            .field("reason", [Piece(CleanText(entry.reason))]),
            .field("operator", [Piece(CleanText(entry.actor.name)), Piece(CleanText(user), .dim)]),
            .field("time", [Piece(CleanText(TimeText.dateAndTime(entry.time, zone: context.zone, decimals: 3)))]),
            .field("policy", [Piece(CleanText("version \(entry.version)"))]),
            .field(
                "hash",
                [
                    Piece(CleanText(Hex.text(record.hash.prefix(8)))),
                    Piece(CleanText("  after " + Hex.text(record.previous.prefix(8))), .dim),
                ]),
        ]
        if record.madeVersion {
            lines.append(.heading("what it changed"))
            lines += SignedLines.lines(of: edits)
        }
        if entry.before != nil || entry.after != nil {
            lines.append(.heading("what it tells"))
            lines += SignedLines.lines(before: entry.before, after: entry.after)
        }
        return lines
    }
}
