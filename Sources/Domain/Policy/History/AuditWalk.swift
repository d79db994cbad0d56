/// The walk along an audit trail as it was stored. Each record is judged by its own hash and by its link to the one
/// before, so that what isn't as it was written hides nothing of what comes after it.
package struct AuditWalk {
    /// The number of the last record that was taken.
    package private(set) var sequence: Int64 = 0
    /// What the next record may follow; nil where that can't be told. Of a record that doesn't hold it is what is stored
    /// and what was: either its content or its hash was changed.
    package private(set) var heads: [[UInt8]]?

    package init(store: [UInt8]) {
        heads = [AuditChain(store: store).head]
    }

    /// Takes the next record; says what is wrong with it, or before it.
    package mutating func take(_ record: AuditRecord) -> [AuditChain.Break] {
        var breaks: [AuditChain.Break] = []
        pass(to: record.sequence, &breaks)
        let own = AuditChain.hash(of: record.entry, sequence: record.sequence, after: record.previous)
        if own != record.hash {
            breaks.append(AuditChain.Break(sequence: record.sequence, problem: .changed))
        } else if let heads, !heads.contains(record.previous) {
            breaks.append(AuditChain.Break(sequence: record.sequence, problem: .unlinked))
        }
        sequence = record.sequence
        heads = own == record.hash ? [own] : [record.hash, own]
        return breaks
    }

    /// Takes one that can't be a record, of which only the hash is known.
    package mutating func take(unreadable number: Int64, hash: [UInt8]) -> [AuditChain.Break] {
        var breaks: [AuditChain.Break] = []
        pass(to: number, &breaks)
        sequence = number
        heads = [hash]
        return breaks
    }

    /// Passes over records that can't be read.
    package mutating func skip(to number: Int64) {
        sequence = number
        heads = nil
    }

    private mutating func pass(to number: Int64, _ breaks: inout [AuditChain.Break]) {
        guard number != sequence + 1 else { return }
        breaks.append(AuditChain.Break(sequence: sequence + 1, problem: .missing(next: number)))
        heads = nil
    }
}
