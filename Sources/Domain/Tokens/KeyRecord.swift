/// A key of the store's ring, as everybody may know it.
package struct KeyRecord: Hashable, Sendable {
    /// The raw values are the words of commands and of the audit trail.
    package enum Kind: String, CaseIterable, Sendable {
        /// Signs tokens.
        case signing
        /// Makes hashes of credentials worthless without it.
        case pepper
        /// Signs checkpoints of the audit trail.
        case checkpoint
    }

    package enum State: String, CaseIterable, Sendable {
        /// Published, so that others know it before it signs.
        case next
        case active
        /// Verifies what it made, and makes nothing any more.
        case retiring
        case retired
    }

    package var number: Int64
    /// The thumbprint of a signing key (RFC 7638), which is its `kid`.
    package var name: String
    package var kind: Kind
    /// Nil for a pepper.
    package var algorithm: SigningAlgorithm?
    package var publicKey: VerifyingKey?
    package var state: State
    package var created: Timestamp
    package var activated: Timestamp?
    package var retiring: Timestamp?
    /// When the last thing that a retiring key made will have expired; nil while that isn't known.
    package var ends: Timestamp?

    package init(
        number: Int64, name: String, kind: Kind, algorithm: SigningAlgorithm?, publicKey: VerifyingKey?, state: State,
        created: Timestamp, activated: Timestamp? = nil, retiring: Timestamp? = nil, ends: Timestamp? = nil
    ) {
        self.number = number
        self.name = name
        self.kind = kind
        self.algorithm = algorithm
        self.publicKey = publicKey
        self.state = state
        self.created = created
        self.activated = activated
        self.retiring = retiring
        self.ends = ends
    }

    /// Whether tokens that it signed may still be about, or soon will be.
    package func isPublished(at now: Timestamp) -> Bool {
        guard kind == .signing else { return false }
        switch state {
        case .next, .active: return true
        case .retiring: return ends.map { now < $0 } ?? true
        case .retired: return false
        }
    }
}
