// The chain that makes a changed, missing, inserted or moved audit record show. The bytes are written down in
// Sources/ARCHITECTURE.md; a program that was written from that page alone checks them in the tests.

/// How far a chain reaches.
package struct AuditChain: Hashable, Sendable {
    /// How many records there are.
    package private(set) var length: Int64
    /// The hash of the last one, or the chain's beginning.
    package private(set) var head: [UInt8]

    /// An empty chain; the id is the store's, 16 bytes.
    package init(store: [UInt8]) {
        var hasher = ChainHasher(label: "gatehouse audit 1")
        hasher.add(bytes: store)
        length = 0
        head = hasher.finalized()
    }

    package init(length: Int64, head: [UInt8]) {
        self.length = length
        self.head = head
    }

    /// Gives an action its place at the end.
    package mutating func append(_ entry: AuditRecord.Entry) -> AuditRecord {
        let record = AuditRecord(
            sequence: length + 1, entry: entry, previous: head,
            hash: Self.hash(of: entry, sequence: length + 1, after: head))
        length = record.sequence
        head = record.hash
        return record
    }

    /// Where a chain doesn't hold, and how.
    package struct Break: Hashable, Sendable {
        package enum Problem: Hashable, Sendable {
            /// There is no record of this number; the next one that is there.
            case missing(next: Int64)
            /// The record doesn't follow the one before it.
            case unlinked
            /// The record isn't what was written, or not where it was written.
            case changed
        }

        /// Of the record that doesn't hold.
        package let sequence: Int64
        package let problem: Problem
    }

    static func hash(of entry: AuditRecord.Entry, sequence: Int64, after previous: [UInt8]) -> [UInt8] {
        var hasher = ChainHasher(previous: previous)
        hasher.add(sequence)
        hasher.add(entry.time.microseconds)
        hasher.add(entry.version)
        hasher.add(entry.actor.userID.map { Int64($0) } ?? -1)
        for text in [entry.actor.name, entry.action, entry.outcome.rawValue, entry.target, entry.reason] {
            hasher.add(text)
        }
        hasher.add(entry.before)
        hasher.add(entry.after)
        return hasher.finalized()
    }
}
