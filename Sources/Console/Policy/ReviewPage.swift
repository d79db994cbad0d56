import Domain
import Terminal

/// The page between a change and its commit: what it does to the policy and to recorded traffic, and why.
package struct ReviewPage: Sendable {
    enum Focus: Int, CaseIterable, Sendable {
        case reason, apply, draft, back, rows
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
    /// What the change does, in signed lines; made once, and again where it comes to something else than was asked.
    private(set) var difference: [(sign: String, text: CleanText)]
    /// Nil until what comes out was compiled; nothing is applied before.
    private(set) var check: PolicyCheck?
    /// Why it can't be compiled, or isn't for this operator to change.
    private(set) var checkProblem: String?
    /// The row of the effect that is chosen.
    private(set) var row = 0
    /// How many lines of the body were on the screen since it is known what is dangerous.
    private var seen = 0
    let question: PolicyQuestion.ReplayQuestion
    /// What is replayed where others changed the same: the change on top of theirs.
    private(set) var onTop: PolicyQuestion.ReplayQuestion?
    let opened: Timestamp

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
        case .keep: suggestion = ""
        }
        reason = TextInput(suggestion)
        difference = Self.difference(of: request)
        opened = now
        question = PolicyQuestion.ReplayQuestion(
            edits: request.edits, version: state.version.number, basedOn: request.basedOn,
            since: now.advanced(by: -Self.replayed))
        guard isInForce else { return }
        // The store has nothing to check: what is dangerous is what it did to the policy without it.
        var before = state.policy
        for edit in request.edits where before[edit.key] == edit.after { before[edit.key] = edit.before }
        check = PolicyCheck(findings: Danger.found(from: before, to: state.policy))
    }

    /// Whether it is about what has been put in force already.
    var isInForce: Bool { if case .keep = request.kind { true } else { false } }

    private var replayQuestion: Question { .policy(.replay(onTop ?? question)) }
    private var checkQuestion: Question { .policy(.check(question)) }
    var questions: [Question] { isInForce ? [] : [checkQuestion, replayQuestion] }

    /// Those that aren't answered to the end, and are still to be.
    var openQuestions: [Question] {
        questions.filter { question in
            question == checkQuestion
                ? check == nil && checkProblem == nil
                : replay?.isComplete != true && replayProblem == nil && !isReplayCancelled
        }
    }

    var problems: [PolicyProblem] { check?.problems ?? [] }

    var warnings: [String] {
        request.warnings + (check?.findings ?? []).map { "\($0.item): \($0.what)" } + (check?.warnings ?? [])
    }

    var waitsFor: Set<Danger> {
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
                // A line is no shorter for being left out by itself.
                let isAlone = [index - 1, index + 1].allSatisfy { other in
                    !body.indices.contains(other)
                        || body[max(0, other - 2)..<min(body.count, other + 3)].contains { $0.sign != " " }
                }
                if isNear || isAlone {
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

    /// - Parameter screen: The size of what the page is drawn on.
    mutating func handle(_ key: Key, on screen: Size) -> Step {
        guard !isApplying else { return .stay }
        let room = bodySize(on: screen)
        let length = body(.unicode, width: room.width).lines.count
        let furthest = max(0, length - room.height)
        scroll = min(scroll, furthest)
        if check != nil { seen = max(seen, scroll + room.height) }
        switch key {
        case .escape: return .close
        case .tab: move(by: 1)
        case .backTab: move(by: -1)
        case .pageDown: scroll = min(furthest, scroll + max(1, room.height - 1))
        case .pageUp: scroll = max(0, scroll - max(1, room.height - 1))
        case .down where focus == .rows: choose(row + 1, room)
        case .up where focus == .rows: choose(row - 1, room)
        case .down: scroll = min(furthest, scroll + 1)
        case .up: scroll = max(0, scroll - 1)
        case .control("t"):
            guard replay?.isComplete != true else { break }
            isReplayCancelled = true
            return .cancelReplay
        case .control("o"):
            if let row = chosen { return .requests(row) }
        case .enter:
            if focus == .rows { return chosen.map { .requests($0) } ?? .stay }
            if focus == .apply, hasDangers, seen < length { return goOn(room, length) }
            return enter()
        case .left where focus != .reason: move(by: -1)
        case .right where focus != .reason: move(by: 1)
        default:
            // Who types gives the reason, wherever the focus is: nothing of it is lost.
            guard focus == .reason || key.typed != nil, reason.handle(key) else { break }
            (focus, problem) = (.reason, nil)
        }
        if focus == .rows, key == .tab || key == .backTab { choose(row, room) }
        return .stay
    }

    /// Whether somebody has to have seen the whole page before it is confirmed.
    private var hasDangers: Bool { check?.problems.isEmpty == true && (!waitsFor.isEmpty || !warnings.isEmpty) }

    /// What is dangerous isn't confirmed before its end was on the screen.
    private mutating func goOn(_ room: Size, _ length: Int) -> Step {
        scroll = min(max(0, length - room.height), seen - min(1, seen))
        let rest = length - scroll - room.height
        problem =
            rest > 0
            ? "see all of it first: enter goes on, \(rest) more line\(rest == 1 ? "" : "s")"
            : "that is all of it: enter confirms it now"
        return .stay
    }

    private var chosen: ReplayReport.Row? {
        guard let rows = replay?.rows, rows.indices.contains(row) else { return nil }
        return rows[row]
    }

    /// Chooses a row of the effect, and brings it into sight.
    private mutating func choose(_ index: Int, _ room: Size) {
        row = max(0, min(index, (replay?.rows.count ?? 0) - 1))
        let line = body(.unicode, width: room.width).firstRow + row
        scroll = max(min(scroll, line), line - room.height + 2)
    }

    private mutating func move(by step: Int) {
        var next = focus.rawValue
        repeat {
            next = (next + step + Focus.allCases.count) % Focus.allCases.count
        } while !isThere(Focus(rawValue: next) ?? .reason)
        focus = Focus(rawValue: next) ?? .reason
    }

    private func isThere(_ focus: Focus) -> Bool {
        switch focus {
        case .reason, .apply, .back: true
        case .draft: offersDraft
        case .rows: replay?.rows.isEmpty == false
        }
    }

    var offersDraft: Bool { request.isProposal && waitsFor.isEmpty }

    private mutating func enter() -> Step {
        switch focus {
        case .reason:
            guard !isReasonEmpty else {
                problem = "say in a line why you do this"
                return .stay
            }
            focus = .apply
            return .stay
        case .back, .rows: return .close
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
        guard !isApplying else { return }
        reason.paste(text)
        focus = .reason
    }

    /// Returns what has to be asked then.
    mutating func take(_ answer: Answer, to question: Question) -> [Question] {
        guard questions.contains(question) else { return [] }
        switch answer {
        case .policy(.replay(let report)):
            // What was chosen stays so, however many others come before it.
            let former = chosen?.change
            replay = report
            if row > 0 { row = report.rows.firstIndex { $0.change == former } ?? 0 }
        case .policy(.check(let check)):
            self.check = check
            seen = 0
            if let edits = check.edits { difference = Self.difference(edits) }
            return replayOnTop(of: check.conflicts)
        case .failed(let text):
            if question == replayQuestion { replayProblem = text } else { checkProblem = text }
        case .policy, .overview, .page, .count, .values, .unread: break
        }
        return []
    }

    /// What others changed too can't be replayed as it was written, but on top of theirs.
    private mutating func replayOnTop(of conflicts: [PolicyConflict]) -> [Question] {
        let page = ConflictPage(conflicts, active: question.version, request: request)
        guard !conflicts.isEmpty, !page.isElsewhere else { return [] }
        onTop = PolicyQuestion.ReplayQuestion(
            edits: page.mine.edits, version: question.version, basedOn: question.version, since: question.since)
        (replay, replayProblem, isReplayCancelled) = (nil, nil, false)
        return [replayQuestion]
    }

    mutating func take(_ failure: PolicyOutcomeReport.Failure) {
        isApplying = false
        problem = failure.text
    }
}
