/// One action of an operator or of Gatehouse itself, linked to the one before.
package struct AuditRecord: Hashable, Sendable {
    package enum Outcome: String, CaseIterable, Sendable {
        case done
        /// Nothing was changed: who asked may not.
        case refused
    }

    /// What is known of an action before it has its place in the chain.
    package struct Entry: Hashable, Sendable {
        package var time: Timestamp
        package var actor: Actor
        /// What was done, as in `policy.apply` or `token.revoke`.
        package var action: String
        package var outcome: Outcome
        /// To what, as in `client/partner-acme`.
        package var target: String
        package var reason: String
        /// JSON, without secrets; nil when there was nothing.
        package var before: String?
        package var after: String?
        /// The policy version that the action made, or the one that was active; 0 when there was none.
        package var version: Int64

        package init(
            time: Timestamp, actor: Actor, action: String, outcome: Outcome, target: String, reason: String,
            before: String? = nil, after: String? = nil, version: Int64
        ) {
            self.time = time
            self.actor = actor
            self.action = action
            self.outcome = outcome
            self.target = target
            self.reason = reason
            self.before = before
            self.after = after
            self.version = version
        }
    }

    /// From 1, without gaps.
    package let sequence: Int64
    package let entry: Entry
    /// The hash of the record before, or the chain's beginning.
    package let previous: [UInt8]
    package let hash: [UInt8]

    package init(sequence: Int64, entry: Entry, previous: [UInt8], hash: [UInt8]) {
        self.sequence = sequence
        self.entry = entry
        self.previous = previous
        self.hash = hash
    }
}
