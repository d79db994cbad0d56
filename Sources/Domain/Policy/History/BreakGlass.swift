/// A change that was applied without waiting for a second operator, and ends by itself.
package struct BreakGlass: Hashable, Sendable {
    package enum Ending: String, CaseIterable, Sendable {
        /// A new version took it back.
        case reverted
        /// A second operator let it stay.
        case kept
        /// Others had changed all of it since, so that there was nothing to take back.
        case overtaken
        /// Its time is over, but something of it is in force, since other changes stand on it. That is tried again until
        /// nothing is left of it, or a second operator lets it stay.
        case failed
    }

    package struct Review: Hashable, Sendable {
        package let time: Timestamp
        package let reviewer: Actor

        package init(time: Timestamp, reviewer: Actor) {
            self.time = time
            self.reviewer = reviewer
        }
    }

    package let version: PolicyVersion
    package let expires: Timestamp
    /// Whether something of it may be in force that has an end.
    package var isOpen: Bool { ending == nil || ending == .failed }

    /// Nil while it is in force.
    package let ending: Ending?
    package let ended: Timestamp?
    /// The version that took it back.
    package let revertedBy: Int?
    /// Nil until a second operator has looked at it.
    package let review: Review?

    /// Whether somebody has to look at it: nobody did yet, or its time is over and something of it is in force.
    package func isAlarm(at now: Timestamp) -> Bool {
        review == nil || ending == .failed || ending == nil && expires <= now
    }

    package init(
        version: PolicyVersion, expires: Timestamp, ending: Ending?, ended: Timestamp? = nil, revertedBy: Int?,
        review: Review?
    ) {
        self.version = version
        self.expires = expires
        self.ending = ending
        self.ended = ended
        self.revertedBy = revertedBy
        self.review = review
    }
}
