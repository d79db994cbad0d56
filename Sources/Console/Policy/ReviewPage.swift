import Domain
import Terminal

/// The page between a change and its commit: what it does to the policy and to recorded traffic, and why.
package struct ReviewPage: Sendable {
    enum Focus: Int, CaseIterable, Sendable {
        case reason, apply, draft, back
    }

    let request: ChangeRequest
    var reason: TextInput
    var focus = Focus.reason
    private(set) var replay: ReplayReport?
    private(set) var replayProblem: String?
    private(set) var isReplayCancelled = false
    /// How far down the body is scrolled.
    private(set) var scroll = 0
    private(set) var problem: String?
    private(set) var isApplying = false
    /// What the change does, in signed lines; made once, and again where others gave things other names.
    private var difference: [(sign: String, text: CleanText)]
    /// Nil until what comes out was compiled; nothing is applied before.
    private var check: PolicyCheck?
    /// Why it can't be compiled, or isn't for this operator to change.
    private var checkProblem: String?
    private let question: PolicyQuestion.ReplayQuestion

    /// How far back the replay goes, in microseconds.
    static let replayed: Int64 = 86_400_000_000

    init(_ request: ChangeRequest, state: PolicyState, now: Timestamp) {
        self.request = request
        let suggestion: String
        switch request.kind {
        case .edits, .rename: suggestion = ""
        case .undo(let version): suggestion = "undo version \(version)"
        case .restore(let version): suggestion = "restore version \(version)"
        case .approve(_, _, let reason): suggestion = "approved: \(reason)"
        }
        reason = TextInput(suggestion)
        difference = Self.difference(of: request)
        question = PolicyQuestion.ReplayQuestion(
            edits: request.edits, version: state.version.number, basedOn: request.basedOn,
            since: now.advanced(by: -Self.replayed))
    }

    private var replayQuestion: Question { .policy(.replay(question)) }
    private var checkQuestion: Question { .policy(.check(question)) }
    var questions: [Question] { [checkQuestion, replayQuestion] }

    private var problems: [PolicyProblem] { check?.problems ?? [] }

    private var warnings: [String] {
        request.warnings + (check?.findings ?? []).map { "\($0.item): \($0.what)" } + (check?.warnings ?? [])
    }

    private var waitsFor: Set<Danger> {
        if case .approve = request.kind { [] } else { check?.waitsFor ?? [] }
    }

    /// Of a renaming the name and what follows it, and not all that goes and comes back.
    private static func difference(of request: ChangeRequest) -> [(String, CleanText)] {
        guard case .rename(let key, let name) = request.kind else { return difference(request.edits) }
        let others = request.edits.filter { $0.key.kind != key.kind || ![key.name, name].contains($0.key.name) }
        return [("~", CleanText("\(key) is called \(name)"))] + difference(others)
    }

    static func difference(_ edits: [PolicyEdit]) -> [(String, CleanText)] {
        var lines: [(String, CleanText)] = []
        for edit in edits {
            lines.append((edit.before == nil ? "+" : edit.after == nil ? "-" : "~", CleanText(edit.key.description)))
            let body = LineDifference.between(edit.before?.lines ?? [], edit.after?.lines ?? [])
            for (index, line) in body.enumerated() {
                // Of what stays, two lines on either side tell where the change is.
                let isNear = body[max(0, index - 2)..<min(body.count, index + 3)].contains { $0.sign != " " }
                if isNear {
                    lines.append((line.sign, CleanText("  " + line.text)))
                } else if lines.last?.1 != "  …" {
                    lines.append((" ", "  …"))
                }
            }
        }
        return lines
    }

    // MARK: - Keys

    enum Step {
        case stay
        case close
        case act(PolicyAction)
        case cancelReplay
        /// The requests behind a row of the replay.
        case requests(ReplayReport.Row)
    }

    mutating func handle(_ key: Key) -> Step {
        guard !isApplying else { return .stay }
        switch key {
        case .escape: return .close
        case .tab,
            .down where focus != .reason || key == .tab:
            move(by: 1)
        case .backTab: move(by: -1)
        case .pageDown: scroll += 5
        case .pageUp: scroll = max(0, scroll - 5)
        case .down: scroll += 1
        case .up: scroll = max(0, scroll - 1)
        case .control("t"):
            guard replay?.isComplete != true else { break }
            isReplayCancelled = true
            return .cancelReplay
        case .control("o"):
            if let row = replay?.rows.first { return .requests(row) }
        case .enter: return enter()
        case .left where focus != .reason: move(by: -1)
        case .right where focus != .reason: move(by: 1)
        default:
            if focus == .reason, reason.handle(key) { problem = nil }
        }
        return .stay
    }

    private mutating func move(by step: Int) {
        var next = focus.rawValue
        repeat {
            next = (next + step + Focus.allCases.count) % Focus.allCases.count
        } while Focus(rawValue: next) == .draft && !offersDraft
        focus = Focus(rawValue: next) ?? .reason
    }

    private var offersDraft: Bool { request.isProposal && waitsFor.isEmpty }

    private mutating func enter() -> Step {
        switch focus {
        case .reason:
            guard !isReasonEmpty else {
                problem = "say in a line why you do this"
                return .stay
            }
            focus = .apply
            return .stay
        case .back: return .close
        case .apply, .draft:
            guard let check else {
                problem = checkProblem ?? "what comes out is still being checked"
                return .stay
            }
            guard check.problems.isEmpty else {
                problem = "the policy would not hold together: esc goes back"
                return .stay
            }
            guard !isReasonEmpty else {
                problem = "say in a line why you do this"
                focus = .reason
                return .stay
            }
            isApplying = true
            return .act(request.action(reason: reason.text, isDraft: focus == .draft))
        }
    }

    private var isReasonEmpty: Bool { reason.text.allSatisfy { $0 == " " } }

    mutating func paste(_ text: String) {
        if focus == .reason { reason.paste(text) }
    }

    mutating func take(_ answer: Answer, to question: Question) {
        guard questions.contains(question) else { return }
        switch answer {
        case .policy(.replay(let report)): replay = report
        case .policy(.check(let check)):
            self.check = check
            if let edits = check.edits { difference = Self.difference(edits) }
        case .failed(let text):
            if question == replayQuestion { replayProblem = text } else { checkProblem = text }
        case .policy, .overview, .page, .count, .values, .unread: break
        }
    }

    mutating func take(_ failure: PolicyOutcomeReport.Failure) {
        isApplying = false
        problem = failure.text
    }

    // MARK: - Drawing

    func draw(into frame: inout Frame, context: ScreenContext) {
        let size = Size(
            width: min(110, max(20, frame.size.width - 8)), height: max(8, frame.size.height - 6))
        let content = Dialog(CleanText("Review: " + request.title), note: "nothing is applied yet", role: .accent)
            .draw(into: &frame, contentSize: size)
        let (body, foot) = content.split(bottom: 5)
        let lines = bodyLines(context, frame.glyphs, width: body.width)
        let first = min(scroll, max(0, lines.count - body.height))
        for (row, line) in lines.dropFirst(first).prefix(body.height).enumerated() {
            _ = frame.put(line, at: Point(x: body.x, y: body.y + row), width: body.width - 1, on: .overlay)
        }
        Scrollbar(total: lines.count, visible: body.height, offset: first).draw(into: &frame, in: body)
        drawFoot(into: &frame, in: foot)
    }

    private func bodyLines(_ context: ScreenContext, _ glyphs: Glyphs, width: Int) -> [[Piece]] {
        var lines: [[Piece]] = []
        if let checkProblem {
            lines += [Piece("! ", .danger), Piece(CleanText(checkProblem), .danger)].wrapped(columns: width - 1)
        } else if check == nil {
            lines.append([Piece("checking what comes out…", .dim)])
        }
        for found in problems {
            lines += [Piece("! ", .danger), Piece(CleanText(found.description), .danger)].wrapped(columns: width - 1)
        }
        if let conflicts = check?.conflicts, !conflicts.isEmpty {
            let text = "others changed the same since: " + PolicyConflict.text(of: conflicts)
            lines += [Piece("! ", .danger), Piece(CleanText(text), .danger)].wrapped(columns: width - 1)
        }
        lines.append([Piece("difference", .header)])
        for line in difference {
            lines.append([
                Piece(CleanText(line.sign + " "), Self.role(line.sign)), Piece(line.text, Self.role(line.sign)),
            ])
        }
        lines += [[], [Piece("effect on the traffic of the last 24 h", .header)]]
        lines += effect.lines
        if !waitsFor.isEmpty {
            let names = waitsFor.sorted().map(\.name).joined(separator: ", ")
            lines += [
                [],
                [
                    Piece(glyphs.up, .caution), Piece(" takes a second operator: ", .caution),
                    Piece(CleanText(names), .caution),
                ],
                [Piece("  it waits as a draft until somebody else approves it", .dim)],
            ]
        }
        if !warnings.isEmpty {
            lines += [[], [Piece("look twice", .header)]]
            for warning in warnings.prefix(50) {
                lines += [Piece("! ", .caution), Piece(CleanText(warning), .caution)].wrapped(columns: width - 1)
            }
        }
        return lines
    }

    private var effect: ReplayLines {
        ReplayLines(
            replay: replay, problem: replayProblem, isCancelled: isReplayCancelled, duration: Self.replayed)
    }

    static func role(_ sign: String) -> StyleRole {
        switch sign {
        case "+": .good
        case "-": .danger
        case "~": .accent
        default: .dim
        }
    }

    private func drawFoot(into frame: inout Frame, in area: Rect) {
        frame.rule(at: area.origin, width: area.width, style: Style(.rule, on: .overlay))
        frame.put("reason", at: Point(x: area.x, y: area.y + 1), style: Style(.dim, on: .overlay))
        let field = Rect(x: area.x + 8, y: area.y + 1, width: area.width - 8, height: 1)
        reason.draw(
            into: &frame, in: field, placeholder: "why, in a line; it goes into the audit trail",
            background: focus == .reason ? .selection : .button, isFocused: focus == .reason)
        if let problem {
            frame.put(
                CleanText(problem), at: Point(x: area.x, y: area.y + 2), style: Style(.danger, on: .overlay),
                width: area.width)
        }
        let applyTitle: CleanText =
            isApplying ? "applying…" : waitsFor.isEmpty ? CleanText(applyWord) : "Send for approval"
        var buttons = [(Focus.apply, applyTitle)]
        if offersDraft { buttons.append((.draft, "Keep as draft")) }
        buttons.append((.back, "Back"))
        let x = ButtonRow.draw(
            buttons.map { which, title in
                ButtonRow.Button(
                    title: title, isFocused: focus == which,
                    isEnabled: check?.problems.isEmpty == true || which == .back)
            },
            into: &frame, at: Point(x: area.x, y: area.y + 3), width: area.width)
        frame.put(
            "tab next   esc back", at: Point(x: x + 2, y: area.y + 3), style: Style(.faint, on: .overlay),
            width: max(0, area.maxX - x - 2))
    }

    private var applyWord: String {
        switch request.kind {
        case .edits, .rename: "Apply"
        case .undo: "Undo"
        case .restore: "Restore"
        case .approve: "Approve"
        }
    }
}
