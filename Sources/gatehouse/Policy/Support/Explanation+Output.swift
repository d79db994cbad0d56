import Domain
import Terminal

extension Explanation {
    /// What `--json` prints of a decision.
    func tree(_ snapshot: PolicySnapshot, _ quotas: QuotaExplanation?) -> PolicyTree {
        func text(_ text: String?) -> PolicyTree { text.map { .text($0) } ?? PolicyTree(.nothing) }
        let rule = decision.rule.map { snapshot.rule($0) }
        return .map([
            .init("outcome", .text(decision.outcome.name)), .init("reason", .text(decision.reason.code)),
            .init("status", .integer(Int(decision.reason.status))),
            .init("step", .text(decision.reason.step.name)),
            .init("route", text(decision.route.map { snapshot.route($0).name.text })),
            .init("client", text(decision.client.map { snapshot.client($0).name.text })),
            .init("role", text(rule?.role.text)),
            .init("permission", rule.map { .integer($0.position + 1) } ?? PolicyTree(.nothing)),
            .init("cost", .integer(Int(decision.cost))), .init("steps", .list(steps.map(\.tree))),
            // Each of them is enough.
            .init("remedies", .words(remedies.filter(\.isWhole).map(\.text))),
            .init("first_steps", .list(remedies.filter { !$0.isWhole }.map { $0.tree(past: decision.reason.step) })),
            .init("quotas", .list((quotas?.applying ?? []).map { .text($0.name.text) })),
        ])
    }
}

extension Remedy {
    /// What gets a request past a step, and what is asked then.
    fileprivate func tree(past step: DecisionStep) -> PolicyTree {
        .map([
            .init("past", .text(step.name)), .init("do", .text(text)),
            .init("next", next.map { .text($0) } ?? PolicyTree(.nothing)),
        ])
    }
}

extension Explanation.Step {
    fileprivate var tree: PolicyTree {
        .map([
            .init("step", .text(step.name)), .init("verdict", .text(verdict.word)), .init("notes", .words(notes)),
        ])
    }
}

extension Explanation.Step.Verdict {
    fileprivate var word: String {
        switch self {
        case .passed: "passed"
        case .failed: "failed"
        case .notReached: "not reached"
        }
    }
}

extension PolicyPrinter {
    /// A decision, its steps, and what would change it.
    mutating func explanation(
        _ explanation: Explanation, _ snapshot: PolicySnapshot, _ quotas: QuotaExplanation?
    ) throws {
        let decision = explanation.decision
        let role = ThemeFile.role(of: decision.outcome)
        try line([
            Piece(CleanText(decision.outcome.name), role), Piece("  "), Piece(CleanText(decision.reason.code), .title),
            Piece(CleanText("  (HTTP \(decision.reason.status))"), .dim),
        ])
        for step in explanation.steps {
            let (sign, role): (CleanText, StyleRole) =
                switch step.verdict {
                case .passed: (style.glyphs.isASCII ? "+" : "✓", .good)
                case .failed: (style.glyphs.isASCII ? "x" : "✗", .danger)
                case .notReached: ("-", .faint)
                }
            let name = step.step.name + String(repeating: " ", count: max(0, 15 - step.step.name.count))
            let notes = step.notes.isEmpty ? [""] : step.notes
            for (index, note) in notes.enumerated() {
                try line([
                    Piece("  "), Piece(index == 0 ? sign : " ", role), Piece(" "),
                    Piece(CleanText(index == 0 ? name : String(repeating: " ", count: 15)), .dim),
                    Piece(CleanText(note)),
                ])
            }
        }
        for quota in quotas?.lines ?? [] {
            try line([Piece("    "), Piece("quota          ", .dim), Piece(CleanText(quota))])
        }
        for (index, remedy) in explanation.remedies.filter(\.isWhole).enumerated() {
            try line([
                Piece(index == 0 ? "to allow it: " : "         or: ", .dim), Piece(CleanText(remedy.text), .accent),
            ])
        }
        for remedy in explanation.remedies {
            guard let next = remedy.next else { continue }
            try line([
                Piece(CleanText("to get past the step \(decision.reason.step.name): "), .dim),
                Piece(CleanText(remedy.text), .accent),
            ])
            try line([Piece("  then is asked: ", .dim), Piece(CleanText(next))])
        }
        if !decision.isAllowed, explanation.remedies.isEmpty {
            try line("nothing that is known would allow it: what is revoked for good stays so", .dim)
        }
    }
}
