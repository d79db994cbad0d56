import Domain
import Terminal

/// A line of reason before something that needs no more than that: a draft is put aside, an alarm is looked at.
package struct ReasonDialog: Sendable {
    package enum Purpose: Hashable, Sendable {
        case reject(version: Int, author: String)
        /// It was looked at, and ends as it would, or has ended.
        case reviewed(version: Int, author: String, isOver: Bool)

        func action(reason: String) -> PolicyAction {
            switch self {
            case .reject(let version, _): .reject(version: version, reason: reason)
            case .reviewed(let version, _, _): .review(version: version, keeping: false, reason: reason)
            }
        }

        fileprivate var title: String {
            switch self {
            case .reject(let version, let author): "Reject the draft \(version) of \(author)"
            case .reviewed(let version, let author, _): "Reviewed: the break-glass change \(version) of \(author)"
            }
        }

        fileprivate var effect: CleanText {
            switch self {
            case .reject: "The draft is put aside for good; what is in force stays as it is."
            case .reviewed(_, _, let isOver):
                isOver
                    ? "The alarm ends; the change itself has ended already."
                    : "The alarm ends; the change ends when its time is over."
            }
        }

        fileprivate var word: CleanText {
            switch self {
            case .reject: "Reject"
            case .reviewed: "Reviewed"
            }
        }
    }

    enum Focus: Int, CaseIterable, Sendable {
        case reason, confirm, back
    }

    enum Step {
        case stay
        case close
        case act(PolicyAction)
    }

    let purpose: Purpose
    var focus = Focus.reason
    var reason = TextInput()
    private var problem: String?
    private var isActing = false

    init(_ purpose: Purpose) {
        self.purpose = purpose
    }

    mutating func handle(_ key: Key) -> Step {
        guard !isActing else { return .stay }
        switch key {
        case .escape: return .close
        case .tab, .down: move(by: 1)
        case .backTab, .up: move(by: -1)
        case .left where focus != .reason: move(by: -1)
        case .right where focus != .reason: move(by: 1)
        case .enter: return enter()
        default: if focus == .reason, reason.handle(key) { problem = nil }
        }
        return .stay
    }

    private mutating func move(by step: Int) {
        let count = Focus.allCases.count
        focus = Focus(rawValue: (focus.rawValue + step + count) % count) ?? .reason
    }

    private mutating func enter() -> Step {
        if focus == .back { return .close }
        guard reason.text.contains(where: { $0 != " " }) else {
            problem = "say in a line why you do this"
            focus = .reason
            return .stay
        }
        guard focus == .confirm else {
            focus = .confirm
            return .stay
        }
        isActing = true
        return .act(purpose.action(reason: reason.text))
    }

    mutating func paste(_ text: String) {
        if focus == .reason { reason.paste(text) }
    }

    mutating func take(_ failure: PolicyOutcomeReport.Failure) {
        isActing = false
        problem = failure.text
    }

    func draw(into frame: inout Frame) {
        let size = Size(width: min(78, max(20, frame.size.width - 8)), height: 6)
        let area = Dialog(CleanText(purpose.title), note: "nothing yet", role: .caution)
            .draw(into: &frame, contentSize: size)
        frame.put(purpose.effect, at: area.origin, style: Style(.text, on: .overlay), width: area.width)
        frame.put("reason", at: Point(x: area.x, y: area.y + 2), style: Style(.dim, on: .overlay))
        reason.draw(
            into: &frame, in: Rect(x: area.x + 8, y: area.y + 2, width: area.width - 8, height: 1),
            placeholder: "why, in a line; it goes into the audit trail", isFocused: focus == .reason)
        if let problem {
            frame.put(
                CleanText(problem), at: Point(x: area.x, y: area.y + 3), style: Style(.danger, on: .overlay),
                width: area.width)
        }
        let isReady = reason.text.contains { $0 != " " }
        _ = ButtonRow.draw(
            [
                .init(title: isActing ? "…" : purpose.word, isFocused: focus == .confirm, isEnabled: isReady),
                .init(title: "Back", isFocused: focus == .back),
            ], into: &frame, at: Point(x: area.x, y: area.y + 5), width: area.width)
    }
}
