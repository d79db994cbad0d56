package import Domain

/// What a change would come to, looked at without making it.
package struct PolicyTrial: Sendable {
    /// What it was tried on.
    package let active: ActivePolicy
    /// From that to what would be in force; none with conflicts.
    package var edits: [PolicyEdit] = []
    /// What of it goes by another name now, as in `role/a is called b since version 7`.
    package var notes: [String] = []
    /// What would be wrong with the policy.
    package var problems: [PolicyProblem] = []
    /// What is dangerous about it.
    package var findings: [DangerFinding] = []
    /// The dangers for which it would wait for a second operator.
    package var waitsFor: Set<Danger> = []
    /// What others changed in another way since.
    package var conflicts: [PolicyConflict] = []
    /// The policy that would be in force; nil with problems or conflicts.
    package var snapshot: PolicySnapshot?

    init(on active: ActivePolicy) {
        self.active = active
    }
}

extension PolicyStore {
    /// Tries a change on the policy in force, by the rules that `apply` goes by. All of it is of one moment.
    ///
    /// - Parameter basedOn: The version that the edits were made on; the one in force if left out.
    package func trial(
        of edits: [PolicyEdit], by actor: Actor? = nil, basedOn: Int? = nil
    ) throws -> PolicyTrial {
        try trial(by: [actor].compactMap(\.self)) { database, _ in
            try basedOn.map { try BasedEdits(edits, madeOn: $0, in: database) } ?? BasedEdits(edits)
        }
    }

    /// Tries what a version changed as if it were approved now.
    package func trial(ofDraft number: Int) throws -> PolicyTrial {
        try trial(by: []) { database, _ in
            try BasedEdits.draft(try Self.waiting(number, in: database), in: database)
        }
    }

    /// Tries to let a draft pass, by the rules that `approve` goes by; nothing of it waits any more.
    package func trial(ofApproving number: Int, by actor: Actor) throws -> PolicyTrial {
        let draft = try read { try Self.waiting(number, in: $0) }
        guard draft.author.userID != actor.userID else { throw PolicyStoreError.ownChange(version: number) }
        var trial = try trial(by: [actor, draft.author]) { database, _ in
            try BasedEdits.draft(try Self.waiting(number, in: database), in: database)
        }
        trial.waitsFor = []
        return trial
    }

    /// Tries to take back what a version changed.
    package func trial(ofUndoing number: Int, by actor: Actor) throws -> PolicyTrial {
        try trial(by: [actor]) { database, _ in try BasedEdits.undoing(number, in: database) }
    }

    /// Tries to make the policy what it was at a version.
    package func trial(ofRestoring number: Int, by actor: Actor) throws -> PolicyTrial {
        try trial(by: [actor]) { database, active in try BasedEdits.restoring(number, active, in: database) }
    }

    private func trial(
        by actors: [Actor], of edits: (SQLiteDatabase, ActivePolicy) throws -> BasedEdits
    ) throws -> PolicyTrial {
        let (active, wanted, emergency, open) = try read { database in
            let active = try activePolicy(in: database)
            return (
                active, try edits(database, active), try BreakGlassTable.openEdits(in: database),
                try OpenBreakGlass.all(in: database)
            )
        }
        loaded = active
        var trial = PolicyTrial(on: active)
        trial.notes = wanted.notes
        let proposal: PolicyProposal
        do throws(PolicyStoreError) {
            proposal = try PolicyProposal(wanted, on: active, outlasting: emergency)
        } catch {
            switch error {
            case .conflict(let conflicts, _): trial.conflicts = conflicts
            case .nothingToDo: break
            case .notInitialised, .alreadyInitialised, .storage, .replaced, .dutyMissing, .ownDuties, .lastEditor,
                .ownChange, .notByBreakGlass, .pinsBreakGlass, .invalid, .badReason, .noVersion, .notPossible:
                throw error
            }
            return trial
        }
        try proposal.checkOperators(actors: actors)
        trial.edits = proposal.edits
        trial.findings = proposal.findings
        trial.waitsFor = try proposal.waitingDangers(of: actors.first) { try read { try EditTable.hadThings(in: $0) } }
        do {
            trial.snapshot = try PolicySnapshot(compiling: proposal.next, zones: zones)
        } catch {
            trial.problems = error.problems
            return trial
        }
        do throws(PolicyStoreError) {
            try checkBreakGlass(open, proposal)
        } catch {
            if trial.waitsFor.isEmpty, !actors.isEmpty, let item = trial.edits.first?.key {
                trial.problems = [PolicyProblem(item, problem: error.message, advice: error.advice)]
                trial.snapshot = nil
            } else {
                trial.notes.append("as long as that is so, it can't be put in force: \(error.message)")
            }
        }
        return trial
    }

    /// Throws where the change would stand on what break-glass did. What it renames is only known once it is made.
    private func checkBreakGlass(
        _ open: [OpenBreakGlass], _ proposal: PolicyProposal
    ) throws(PolicyStoreError) {
        guard !open.isEmpty, Renamings(in: proposal.edits).names.isEmpty else { return }
        let before = OpenBreakGlass.left(of: open, in: proposal.active.policy, zones: zones)
        let after = OpenBreakGlass.left(of: open, in: proposal.next, zones: zones)
        try OpenBreakGlass.check(open, before: before, after: after)
    }
}
