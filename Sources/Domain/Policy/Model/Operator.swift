/// A person who uses Gatehouse: an account of the operating system, with duties.
package struct Operator: Hashable, Sendable, NamedThing {
    package static var kind: ItemKind { .operator }

    /// The account's name, for reading; the user id is what counts.
    package var name: Name<Operator>
    package var userID: UInt32
    package var duties: Set<Duty>
    package var note: String

    package init(name: Name<Operator>, userID: UInt32, duties: Set<Duty>, note: String = "") {
        self.name = name
        self.userID = userID
        self.duties = duties
        self.note = note
    }
}

/// What an operator may do. Nobody changes their own.
package enum Duty: UInt8, CaseIterable, Comparable, Sendable, BitwiseCopyable {
    /// See everything.
    case watch
    /// Change the policy.
    case edit
    /// Revoke tokens, credentials and clients' access.
    case revoke
    /// Let another's dangerous change pass.
    case approve

    package var name: String {
        switch self {
        case .watch: "watch"
        case .edit: "edit"
        case .revoke: "revoke"
        case .approve: "approve"
        }
    }

    package init?(name: some StringProtocol) {
        guard let duty = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = duty
    }

    package static func < (left: Duty, right: Duty) -> Bool { left.rawValue < right.rawValue }
}
