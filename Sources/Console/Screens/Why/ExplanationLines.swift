import Domain
import Terminal

/// A decision step by step, and what would change it, as lines of a page.
struct ExplanationLines {
    let explanation: Explanation
    let snapshot: PolicySnapshot
    /// What stands in the place of a step's notes.
    var replacedNotes: [DecisionStep: String] = [:]
    /// The remedy that `e` is about.
    var chosen: Int?

    private var decision: Decision { explanation.decision }

    func lines(_ glyphs: Glyphs) -> [ItemDetail.Line] {
        var lines = remedyLines(glyphs) + [.heading("step by step")]
        for step in explanation.steps { lines += self.lines(of: step, glyphs) }
        if let rule = decision.rule.map(snapshot.rule) {
            let words = "\(rule.role), permission \(rule.position + 1): \(PermissionText.text(of: rule.permission))"
            let role: StyleRole = rule.permission.effect == .allow ? .text : .caution
            lines.append(.field(decision.isAllowed ? "allowed by" : "decided by", [Piece(CleanText(words), role)]))
        }
        return lines
    }

    private func remedyLines(_ glyphs: Glyphs) -> [ItemDetail.Line] {
        guard !decision.isAllowed else { return [] }
        let remedies = explanation.remedies
        let choice = remedies.count > 1 ? ": any one of these" : ""
        let past = "get it past the step \(decision.reason.step.name)"
        let does =
            remedies.allSatisfy(\.isWhole)
            ? "allow it" : remedies.contains(where: \.isWhole) ? "allow it, or \(past)" : past
        let title = "what would \(does)\(choice)"
        var lines = [ItemDetail.Line.heading(CleanText(title))]
        for (index, remedy) in explanation.remedies.enumerated() {
            let isChosen = index == chosen
            let mark = isChosen ? glyphs.selection : " "
            let opens: CleanText = remedy.edits.count > 1 ? " shows what it changes" : " opens it in a form"
            let key: [Piece] = isChosen ? [Piece("   e", .key), Piece(opens, .dim)] : []
            lines.append(
                .field(
                    .empty,
                    [
                        Piece(mark, .accent), Piece(" "),
                        Piece(CleanText(remedy.text), remedy.edits.isEmpty ? .text : .accent),
                    ] + key))
            if let next = remedy.next {
                lines.append(.field(.empty, [Piece(CleanText("    then is asked: \(next)"), .dim)]))
            }
        }
        if explanation.remedies.isEmpty { lines.append(.field(.empty, [Piece("nothing that is known", .dim)])) }
        return lines
    }

    private func lines(of step: Explanation.Step, _ glyphs: Glyphs) -> [ItemDetail.Line] {
        let (sign, role): (CleanText, StyleRole) =
            switch step.verdict {
            case .passed: (glyphs.isASCII ? "+" : "✓", .good)
            case .failed: (glyphs.isASCII ? "x" : "✗", .danger)
            case .notReached: (glyphs.isASCII ? "-" : "·", .faint)
            }
        let name = CleanText(step.step.name)
        if step.verdict == .notReached {
            return [.field(name, [Piece(sign, role), Piece(" not reached", .faint)])]
        }
        if step.verdict == .passed, let note = replacedNotes[step.step] {
            return [.field(name, [Piece(glyphs.isASCII ? "-" : "·", .faint), Piece(CleanText(" " + note), .dim)])]
        }
        var lines: [ItemDetail.Line] = []
        if case .failed(let reason) = step.verdict {
            lines.append(.field(name, [Piece(sign, role), Piece(CleanText(" " + reason.code), .danger)]))
        }
        for note in step.notes {
            let isFirst = lines.isEmpty
            lines.append(
                .field(
                    isFirst ? name : " ",
                    [Piece(isFirst ? sign : " ", role), Piece(CleanText(" " + note), .text)]))
        }
        return lines.isEmpty ? [.field(name, [Piece(sign, role)])] : lines
    }
}

extension ItemDetail.Line {
    /// Lines as plain text, for the clipboard.
    static func text(_ lines: [ItemDetail.Line]) -> String {
        lines.map { line in
            switch line {
            case .heading(let text): text.text
            case .field(let label, let pieces), .meter(let label, _, _, let pieces):
                (label.isEmpty ? "" : label.text + String(repeating: " ", count: max(1, 16 - label.columns)))
                    + pieces.map(\.text.text).joined()
            case .series(let label, _, _, let total): label.text + " " + total.text
            }
        }
        .joined(separator: "\n")
    }
}
