import Domain
import Terminal

/// A way back in the history, whose edits are asked for before they are reviewed.
struct GoingBack: Sendable {
    enum Way: Sendable {
        /// Brings back the policy of a version.
        case restore
        /// Takes back what a version changed.
        case revert
    }

    let way: Way
    let version: Int
    /// The one in force.
    let active: Int

    init(_ way: Way, to version: Int, from active: Int) {
        self.way = way
        self.version = version
        self.active = active
    }

    var question: Question {
        switch way {
        case .restore: .policy(.difference(from: active, to: version))
        case .revert: .policy(.edits(version: version))
        }
    }

    func request(_ edits: [PolicyEdit]) -> ChangeRequest {
        switch way {
        case .restore: ChangeRequest(.restore(version: version), edits: edits, basedOn: active)
        case .revert: ChangeRequest(.undo(version: version), edits: edits.map(\.inverse), basedOn: version)
        }
    }
}

extension HistoryScreen {
    mutating func ask(_ way: GoingBack) -> [Effect] {
        goingBack = way
        return [.ask(way.question)]
    }

    mutating func takeGoingBack(_ answer: Answer, to question: Question) -> [Effect] {
        guard let way = goingBack, way.question == question else { return [] }
        goingBack = nil
        let effects = lostQuestion.map { [Effect.ask($0)] } ?? []
        switch answer {
        case .policy(.edits(let edits)):
            guard !edits.isEmpty else { return effects + [.notify(Notice(.info, "that would change nothing"))] }
            return effects + [.open(.review(way.request(edits)))]
        case .failed(let text): return effects + [.notify(Notice(.problem, text))]
        case .policy, .overview, .page, .count, .values, .unread: return effects
        }
    }

    func reasonAgainstGoingBack(in context: ScreenContext, active: String?) -> String? {
        if let reason = context.reasonAgainst(.edit) { return reason }
        guard let version = records.selected else { return "nothing is selected" }
        switch version.state {
        case .draft, .shadow: return "it waits, and was never in force"
        case .active: return active
        case .retired: return version.origin == .draft ? "it was a draft, and never in force" : nil
        }
    }
}
