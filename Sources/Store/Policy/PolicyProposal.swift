import Domain
import GRDB

/// A change on its way to a version: brought onto the active policy, and checked against all rules.
struct PolicyProposal {
    let active: ActivePolicy
    let next: Policy
    /// From the active policy to the next, in the order of keys; what others already did isn't among them.
    let edits: [PolicyEdit]
    /// The active policy as it will be when break-glass is over, without the change and with it: what a change makes
    /// last is as dangerous as if nothing had been opened meanwhile.
    private let settled: (before: Policy, after: Policy)
    /// What is merged as something that has another name now, as in `role/a is called b since version 7`.
    let notes: [String]

    /// Throws `conflict` where others changed the same in another way, and `nothingToDo`.
    ///
    /// - Parameter emergency: What break-glass changed and will take back, the newest first.
    init(
        _ wanted: BasedEdits, on active: ActivePolicy, outlasting emergency: [PolicyEdit] = []
    ) throws(PolicyStoreError) {
        let (policy, conflicts) = wanted.merged(onto: active.policy)
        guard conflicts.isEmpty else { throw .conflict(conflicts, active: active.version.number) }
        try self.init(leadingTo: policy, on: active, keys: wanted.keys, notes: wanted.notes, outlasting: emergency)
    }

    /// - Parameter keys: All that may differ.
    init(
        leadingTo next: Policy, on active: ActivePolicy, keys: Set<ItemKey>, notes: [String] = [],
        outlasting emergency: [PolicyEdit] = []
    ) throws(PolicyStoreError) {
        self.active = active
        self.next = next
        self.notes = notes
        var edits: [PolicyEdit] = []
        for key in keys where active.policy[key] != next[key] {
            edits.append(PolicyEdit(key: key, before: active.policy[key], after: next[key]))
        }
        guard !edits.isEmpty else { throw .nothingToDo }
        self.edits = edits.sorted { $0.key < $1.key }
        var before = active.policy
        for edit in emergency where before[edit.key] == edit.after { before[edit.key] = edit.before }
        var after = before
        for edit in edits { after[edit.key] = edit.after }
        settled = (before, after)
    }

    /// What the change would be called in the audit trail.
    static func target(_ edits: [PolicyEdit]) -> String {
        edits.count == 1 ? edits[0].key.description : "policy"
    }

    /// Throws unless the operators' rules and the policy's own allow it.
    func check(actors: [Actor], zones: (String) -> TimeZoneTable?) throws(PolicyStoreError) {
        try checkOperators(actors: actors)
        do {
            _ = try PolicySnapshot(compiling: next, zones: zones)
        } catch {
            throw .invalid(error.problems)
        }
    }

    /// Throws where somebody changes their own duties, or nobody could edit any more.
    func checkOperators(actors: [Actor]) throws(PolicyStoreError) {
        let userIDs = Set(actors.compactMap(\.userID))
        for edit in edits {
            for case .operator(let person)? in [edit.before, edit.after] where userIDs.contains(person.userID) {
                throw .ownDuties(edit.key)
            }
        }
        if edits.contains(where: { $0.key.kind == .operator }),
            !next.operators.contains(where: { $0.duties.contains(.edit) })
        {
            throw .lastEditor
        }
    }

    /// Throws where break-glass would change who may do what, what takes a second operator, or how long it lasts itself:
    /// what is over would have given somebody the say over what stays.
    func checkBreakGlass() throws(PolicyStoreError) {
        for edit in edits where edit.key.kind == .operator { throw .notByBreakGlass(edit.key) }
        let (old, new) = (active.policy.settings, next.settings)
        guard old.approvals == new.approvals, old.breakGlassSeconds == new.breakGlassSeconds else {
            throw .notByBreakGlass(.settings)
        }
    }

    /// The dangers for which it has to wait for a second operator.
    ///
    /// - Parameters:
    ///   - author: Who makes the change; nil where nobody is to be taken for it.
    ///   - hadThings: Whether an earlier version had something to call, or somebody who calls; asked where there is
    ///     nothing now.
    func waitingDangers(of author: Actor?, hadThings: () throws -> Bool) rethrows -> Set<Danger> {
        var waiting = dangers.intersection(active.policy.settings.approvals)
        let operators = active.policy.operators
        let isSole = operators.count == 1
        // Where nobody else could approve it, a further operator is the only way to a second one.
        if isSole || author.map(isOnlyApprover) ?? false,
            edits.allSatisfy({ $0.key.kind != .operator || $0.before == nil })
        {
            waiting.remove(.operators)
        }
        // Where there never was anything to call, nothing can be opened. Who may decide is another matter.
        if isBlank, try !hadThings() { waiting.formIntersection(isSole ? [] : [.operators, .approvalsWeakened]) }
        return waiting
    }

    private func isOnlyApprover(_ author: Actor) -> Bool {
        let approvers = active.policy.operators.filter { $0.duties.contains(.approve) }
        return approvers.count == 1 && approvers[0].userID == author.userID
    }

    var dangers: Set<Danger> { Set(findings.map(\.danger)) }

    var findings: [DangerFinding] {
        let changes = edits.map { PolicyEdit(key: $0.key, before: settled.before[$0.key], after: $0.after) }
        return Danger.found(from: settled.before, to: settled.after, by: changes.filter { $0.before != $0.after })
    }

    private var isBlank: Bool {
        settled.before.items.keys.allSatisfy { key in
            switch key.kind {
            case .route, .role, .client, .tier: false
            case .settings, .scope, .quota, .operator: true
            }
        }
    }
}
