import Domain
import Terminal

/// What a version changed, or how two of them differ.
struct VersionDetail: Sendable {
    enum Subject: Hashable, Sendable {
        case version(Int)
        case difference(from: Int, to: Int)
    }

    let subject: Subject
    private var edits = Contents<[PolicyEdit]>.loading

    init(_ subject: Subject) {
        self.subject = subject
    }

    var question: Question {
        switch subject {
        case .version(let number): .policy(.edits(version: number))
        case .difference(let old, let new): .policy(.difference(from: old, to: new))
        }
    }

    var isWaiting: Bool { if case .loading = edits { true } else { false } }

    mutating func take(_ answer: Answer, to question: Question) {
        guard question == self.question else { return }
        switch answer {
        case .policy(.edits(let found)): edits = .loaded(found)
        case .failed(let text): edits = .failed(text)
        case .policy, .overview, .page, .count, .values, .unread: break
        }
    }

    var title: CleanText {
        switch subject {
        case .version(let number): CleanText("version \(number)")
        case .difference(let old, let new): CleanText("from version \(old) to version \(new)")
        }
    }

    func lines(of version: PolicyVersion?, _ context: ScreenContext) -> [ItemDetail.Line] {
        let changes = SignedLines.lines(of: edits)
        switch subject {
        case .version: return (version?.facts(context) ?? []) + [.heading("what it changed")] + changes
        case .difference: return changes
        }
    }
}
