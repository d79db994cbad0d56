package import Domain

/// A change that an operator confirmed, on its way to the store.
package enum PolicyAction: Hashable, Sendable {
    case change(Proposal)
    case undo(version: Int, reason: String)
    case restore(version: Int, reason: String)
    case approve(version: Int, reason: String)
    case reject(version: Int, reason: String)
    /// Ends the alarm of a change by break-glass.
    case review(version: Int, keeping: Bool, reason: String)
    case revoke([RevocationTarget], reason: String)

    package struct Proposal: Hashable, Sendable {
        package var edits: [PolicyEdit]
        /// The version that the author looked at.
        package var basedOn: Int
        package var reason: String
        /// Keeps it waiting, even where it could be put in force.
        package var isDraft: Bool

        package init(edits: [PolicyEdit], basedOn: Int, reason: String, isDraft: Bool = false) {
            self.edits = edits
            self.basedOn = basedOn
            self.reason = reason
            self.isDraft = isDraft
        }
    }
}

/// What became of it.
package enum PolicyOutcomeReport: Equatable, Sendable {
    case done(Done)
    case failed(Failure)

    package struct Done: Equatable, Sendable {
        /// Nil for what makes no version.
        package var version: Int?
        /// Whether it waits for a second operator, and why.
        package var waitsFor: Set<Danger>?
        /// Of the newest audit record that it made.
        package var record: Int64
        package var time: Timestamp
        /// Of a revocation.
        package var epoch: Int64?
        /// What a revocation has ended, where that could be counted at once.
        package var ended: RevokedCounts?
        /// Of the first of several revocations: their audit record and their epoch.
        package var first: First?
        /// Changes of others that it was merged with.
        package var mergedWith: [Int]

        package struct First: Equatable, Sendable {
            package var record: Int64
            package var epoch: Int64

            package init(record: Int64, epoch: Int64) {
                self.record = record
                self.epoch = epoch
            }
        }

        package init(
            version: Int? = nil, waitsFor: Set<Danger>? = nil, record: Int64, time: Timestamp, epoch: Int64? = nil,
            mergedWith: [Int] = []
        ) {
            self.version = version
            self.waitsFor = waitsFor
            self.record = record
            self.time = time
            self.epoch = epoch
            self.mergedWith = mergedWith
        }
    }

    /// Nothing was changed.
    package enum Failure: Equatable, Sendable {
        case conflict([PolicyConflict], active: Int)
        case invalid([PolicyProblem])
        /// In words, with what to do.
        case other(String)

        package var text: String {
            switch self {
            case .conflict(let conflicts, _):
                "others changed the same since: " + PolicyConflict.text(of: conflicts)
            case .invalid(let problems): problems.first?.description ?? "the policy would not hold together"
            case .other(let text): text
            }
        }
    }
}
