package import Domain

/// What the outside tells the console.
package enum Message: Equatable, Sendable {
    /// The store as it is now; sent when it changed.
    case status(StoreStatus, TrafficSnapshot)
    case answered(Question, Answer)
    case exported(path: String, rows: Int)
    case notice(Notice)
    /// The policy as it is now; sent when it changed.
    case policy(PolicyStanding)
    case acted(PolicyAction, PolicyOutcomeReport)
}

/// One line that tells how something went; goes away with the next key or after a while.
package struct Notice: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case info, done, warning, problem
    }

    package var kind: Kind
    package var text: String

    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
