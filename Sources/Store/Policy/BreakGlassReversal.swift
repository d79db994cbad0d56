import Domain

/// What is taken back when a change by break-glass ends: all of it that others' changes don't stand on.
struct BreakGlassReversal {
    /// The policy without it.
    private(set) var next: Policy
    /// What the change did that can't be taken back: by the names of now, what others changed in another way since, or
    /// without which the policy would not hold together.
    private(set) var left: Set<ItemKey>
    private let policy: Policy
    private let keys: Set<ItemKey>
    private let zones: (String) -> TimeZoneTable?

    /// - Parameters:
    ///   - inverse: What takes the change back.
    ///   - spared: What newer changes by break-glass did to the same things; these end first.
    init(
        _ inverse: BasedEdits, from policy: Policy, sparing spared: Set<ItemKey> = [],
        zones: @escaping (String) -> TimeZoneTable?
    ) {
        self.policy = policy
        self.zones = zones
        let (merged, conflicts) = inverse.merged(onto: policy)
        keys = inverse.keys
        left = Set(conflicts.map(\.key)).union(spared.intersection(inverse.inNamesOfNow.map(\.key)))
        next = policy
        let wanted = keys.filter { !spared.contains($0) && policy[$0] != merged[$0] }.sorted()
        left.formUnion(settle(wanted, as: merged))
    }

    /// From the policy to that without the change, in the order of keys.
    var edits: [PolicyEdit] {
        keys.sorted().compactMap { key in
            policy[key] == next[key] ? nil : PolicyEdit(key: key, before: policy[key], after: next[key])
        }
    }

    /// Takes over as many items as the policy holds together with; gives the others.
    private mutating func settle(_ wanted: [ItemKey], as merged: Policy) -> [ItemKey] {
        var rest = wanted
        // One may have to go before another can.
        while !rest.isEmpty {
            let still = halved(rest, as: merged)
            if still.count == rest.count { break }
            rest = still
        }
        return rest
    }

    private mutating func halved(_ wanted: [ItemKey], as merged: Policy) -> [ItemKey] {
        guard !wanted.isEmpty else { return [] }
        var trial = next
        for key in wanted { trial[key] = merged[key] }
        if holds(trial) {
            next = trial
            return []
        }
        guard wanted.count > 1 else { return wanted }
        let middle = wanted.count / 2
        return halved(Array(wanted[..<middle]), as: merged) + halved(Array(wanted[middle...]), as: merged)
    }

    private func holds(_ trial: Policy) -> Bool {
        guard trial.operators.contains(where: { $0.duties.contains(.edit) }) else { return false }
        return (try? PolicySnapshot(compiling: trial, zones: zones)) != nil
    }
}

/// A change by break-glass that is not at its end, with what takes it back.
struct OpenBreakGlass {
    let change: BreakGlass
    let inverse: BasedEdits

    var number: Int { change.version.number }

    /// By the names of now.
    var keys: Set<ItemKey> { Set(inverse.inNamesOfNow.map(\.key)) }

    /// All that are open, the newest first.
    static func all(in database: SQLiteDatabase) throws -> [OpenBreakGlass] {
        try BreakGlassTable.changes(in: database, "WHERE \(BreakGlassTable.isOpen) ORDER BY version DESC").map {
            OpenBreakGlass(
                change: $0, inverse: try BasedEdits.inverse(of: $0.version.number, in: database))
        }
    }

    /// What of each can't be taken back from a policy, if they end one after the other, the newest first.
    static func left(
        of open: [OpenBreakGlass], in policy: Policy, zones: @escaping (String) -> TimeZoneTable?
    ) -> [Int: Set<ItemKey>] {
        var policy = policy
        var left: [Int: Set<ItemKey>] = [:]
        for one in open {
            let reversal = BreakGlassReversal(one.inverse, from: policy, zones: zones)
            left[one.number] = reversal.left
            policy = reversal.next
        }
        return left
    }

    /// Throws where more of a change can't be taken back than before.
    static func check(
        _ open: [OpenBreakGlass], before: [Int: Set<ItemKey>], after: [Int: Set<ItemKey>]
    ) throws(PolicyStoreError) {
        for one in open {
            let more = (after[one.number] ?? []).subtracting(before[one.number] ?? [])
            guard more.isEmpty else {
                throw .pinsBreakGlass(version: one.number, expires: one.change.expires, more.sorted())
            }
        }
    }
}
