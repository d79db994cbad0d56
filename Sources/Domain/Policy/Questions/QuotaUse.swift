/// How much of a quota a client has used at a moment, as recorded traffic tells.
package struct QuotaUse: Hashable, Sendable {
    /// What the numbers are worth.
    package enum Precision: Hashable, Sendable {
        /// Each request in the window was looked at.
        case exact
        /// Requests were counted without looking at their paths and what they cost.
        case about
        /// Only the newest requests in the window were looked at.
        case atLeast
    }

    package let quota: Quota
    /// The nearer one that takes its place, which then counts in its stead.
    package let displacedBy: Name<Quota>?
    /// Units that requests took that were let through; of the key that took most.
    package var used = 0
    /// Requests that were refused for a limit, which need not have been this one.
    package var limited = 0
    /// What took most, where a client has several counters: a subject, an address or a route.
    package var heaviest: String?
    /// How many counters took something.
    package var keys = 0
    package var precision = Precision.exact

    package init(_ quota: Quota, displacedBy: Name<Quota>? = nil) {
        self.quota = quota
        self.displacedBy = displacedBy
    }

    /// The most that it may come to: of an adaptive quota the ceiling.
    package var most: Int { quota.adaptive?.ceiling ?? quota.limit }

    /// From 0 to 1, or beyond where more was let through than the quota would have.
    package var share: Double { most > 0 ? Double(used) / Double(most) : used > 0 ? 1 : 0 }
}
