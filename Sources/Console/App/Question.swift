package import Domain

/// Something a screen wants to know; asked as an effect, answered later by a message.
package enum Question: Hashable, Sendable {
    case overview(OverviewQuery)
    case page(TrafficQuery)
    case count(CountQuery)
    /// Known texts of a field that start with a prefix, for completion.
    case values(TextField, prefix: String)
    /// The newest lines that were not understood.
    case unread(limit: Int)
    case policy(PolicyQuestion)

    package struct CountQuery: Hashable, Sendable {
        package var filter: Filter
        /// Only of these, whatever the snapshot says; nil for all.
        package var selection: EventSelection?
        package var snapshot: TrafficSnapshot?
        package var now: Timestamp

        package init(
            filter: Filter, selection: EventSelection? = nil, snapshot: TrafficSnapshot?, now: Timestamp
        ) {
            self.filter = filter
            self.selection = selection
            self.snapshot = snapshot
            self.now = now
        }
    }

    /// Of the questions in one slot only the newest counts: it takes the place of one that waits, and cancels one
    /// that is being answered.
    package enum Slot: Hashable, CaseIterable, Sendable {
        case overview, page, count, values, unread
        case replay, check, tokens, token, revocation, credentials, callers, versions, changes, edits, audit,
            verification, preview, usage,
            discovery, quotaUse

        /// Whether one goes elsewhere meanwhile: the answer then finds its screen in the background.
        package var takesLong: Bool {
            switch self {
            case .usage, .discovery, .verification: true
            case .overview, .page, .count, .values, .unread, .replay, .check, .tokens, .token, .revocation,
                .credentials, .callers, .versions, .changes, .edits, .audit, .preview, .quotaUse:
                false
            }
        }
    }

    package var slot: Slot {
        switch self {
        case .overview: .overview
        case .page: .page
        case .count: .count
        case .values: .values
        case .unread: .unread
        case .policy(let question): question.slot
        }
    }
}

extension PolicyQuestion {
    package var slot: Question.Slot {
        switch self {
        case .replay: .replay
        case .check: .check
        case .tokens: .tokens
        case .token, .revocable: .token
        case .revocation: .revocation
        case .credentials: .credentials
        case .quotaUse: .quotaUse
        case .callable, .callers: .callers
        case .versions: .versions
        case .changes: .changes
        case .edits, .difference: .edits
        case .audit: .audit
        case .verification: .verification
        case .preview: .preview
        case .usage: .usage
        case .discovery: .discovery
        }
    }
}

/// What came of a question.
package enum Answer: Equatable, Sendable {
    case overview(Overview)
    case page(TrafficPage)
    /// May come several times for one question, with `isComplete` in the last.
    case count(TrafficCount)
    case values([String])
    case unread([UnreadLine])
    case policy(PolicyAnswer)
    /// In words for the screen.
    case failed(String)
}
