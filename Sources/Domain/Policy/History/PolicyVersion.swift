/// What is known of a policy version beside the policy itself. Versions are numbered from 1, drafts among them.
package struct PolicyVersion: Hashable, Sendable {
    package enum State: String, CaseIterable, Sendable {
        /// Waits for a second operator.
        case draft
        /// A draft that requests are also decided by, for comparison only.
        case shadow
        case active
        case retired
    }

    /// How a version came to be.
    package enum Origin: Hashable, Sendable {
        /// `gatehouse init` made it.
        case first
        case change
        case draft
        /// A draft that somebody else approved.
        case approval(of: Int)
        case undo(of: Int)
        /// The policy of an earlier version, whole.
        case restore(of: Int)
        case breakGlass
        /// The end of a change by break-glass.
        case expiry(of: Int)

        /// As it is stored.
        package var name: String {
            switch self {
            case .first: "first"
            case .change: "change"
            case .draft: "draft"
            case .approval: "approval"
            case .undo: "undo"
            case .restore: "restore"
            case .breakGlass: "break-glass"
            case .expiry: "expiry"
            }
        }

        /// The version that this one goes back to.
        package var version: Int? {
            switch self {
            case .first, .change, .draft, .breakGlass: nil
            case .approval(let version), .undo(let version), .restore(let version), .expiry(let version): version
            }
        }

        package init?(name: String, version: Int?) {
            switch (name, version) {
            case ("first", nil): self = .first
            case ("change", nil): self = .change
            case ("draft", nil): self = .draft
            case ("approval", let version?): self = .approval(of: version)
            case ("undo", let version?): self = .undo(of: version)
            case ("restore", let version?): self = .restore(of: version)
            case ("break-glass", nil): self = .breakGlass
            case ("expiry", let version?): self = .expiry(of: version)
            default: return nil
            }
        }
    }

    package let number: Int
    /// The version that it was made from; nil for the first.
    package let parent: Int?
    package let origin: Origin
    package let state: State
    /// `PolicyContent.hash` of its policy; of a draft: of the parent's with the draft's edits.
    package let content: [UInt8]
    /// `PolicyContent.hash` of what it changed.
    package let edits: [UInt8]
    package let author: Actor
    /// Who let a dangerous change pass.
    package let approver: Actor?
    package let reason: String
    package let created: Timestamp
    /// Why it had to wait, or would have had to.
    package let dangers: Set<Danger>

    package init(
        number: Int, parent: Int?, origin: Origin, state: State, content: [UInt8], edits: [UInt8], author: Actor,
        approver: Actor?, reason: String, created: Timestamp, dangers: Set<Danger>
    ) {
        self.number = number
        self.parent = parent
        self.origin = origin
        self.state = state
        self.content = content
        self.edits = edits
        self.author = author
        self.approver = approver
        self.reason = reason
        self.created = created
        self.dangers = dangers
    }
}
