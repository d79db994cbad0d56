import Domain

/// Edits with what became since of the names at the version that they were made on.
struct BasedEdits {
    let edits: [PolicyEdit]
    /// Nil when they were made on the policy in force.
    private let history: NameHistory?
    /// What others changed since; known where the edits rename something.
    private let touched: Set<ItemKey>

    /// Edits of the policy in force.
    init(_ edits: [PolicyEdit]) {
        self.edits = edits
        history = nil
        touched = []
    }

    init(_ edits: [PolicyEdit], madeOn version: Int, in database: SQLiteDatabase) throws {
        self.edits = edits
        let isNow = try database.integer("SELECT 1 FROM policy_versions WHERE number = \(version) AND state = 'active'")
        guard isNow == nil else {
            history = nil
            touched = []
            return
        }
        history = try NameHistory(since: version, in: database)
        touched =
            Renamings(in: edits).names.isEmpty ? [] : try EditTable.keys(changedSince: version, in: database)
    }

    /// What a draft changes of the version that it was made on.
    static func draft(_ draft: PolicyVersion, in database: SQLiteDatabase) throws -> BasedEdits {
        try BasedEdits(
            try EditTable.edits(of: draft.number, in: database), madeOn: draft.parent ?? draft.number, in: database)
    }

    /// A version's edits the other way round; they take it back.
    static func inverse(of version: Int, in database: SQLiteDatabase) throws -> BasedEdits {
        try BasedEdits(
            try EditTable.edits(of: version, in: database).map(\.inverse), madeOn: version, in: database)
    }

    /// The policy with the edits but for those in conflict.
    func merged(onto policy: Policy) -> (policy: Policy, conflicts: [PolicyConflict]) {
        if let history { return policy.following(edits, since: history, touched: touched) }
        do throws(PolicyConflicts) {
            return (try policy.merging(edits), [])
        } catch {
            let keys = Set(error.conflicts.map(\.key))
            let rest = try? policy.merging(edits.filter { !keys.contains($0.key) })
            return (rest ?? policy, error.conflicts)
        }
    }

    /// All that may be changed by them, by the names of now.
    var keys: Set<ItemKey> {
        guard let history else { return Set(edits.map(\.key)) }
        return Set(edits.flatMap { [$0.key, history.names[$0.key]] }).union(touched)
    }

    /// What goes by another name now, or went.
    var notes: [String] {
        guard let history else { return [] }
        return Set(edits.compactMap { history.note(on: $0.key) }).sorted()
    }

    /// The edits as they are in the names of now, each by itself.
    var inNamesOfNow: [PolicyEdit] {
        guard let names = history?.names, !names.isEmpty else { return edits }
        return edits.map { edit in
            PolicyEdit(
                key: names[edit.key], before: edit.before.map(names.applied), after: edit.after.map(names.applied))
        }
    }
}
