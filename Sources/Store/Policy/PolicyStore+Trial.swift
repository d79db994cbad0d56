package import Domain

/// What a change would come to, looked at without making it.
package struct PolicyTrial: Sendable {
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
}

extension PolicyStore {
    /// Tries a change on the policy in force, by the rules that `apply` goes by.
    package func trial(of edits: [PolicyEdit], by actor: Actor) throws -> PolicyTrial {
        let active = try active()
        var trial = PolicyTrial()
        let emergency = try read { try BreakGlassTable.openEdits(in: $0) }
        let proposal: PolicyProposal
        do {
            proposal = try PolicyProposal(edits, on: active, outlasting: emergency)
        } catch .conflict(let conflicts, _) {
            trial.conflicts = conflicts
            return trial
        } catch .nothingToDo {
            return trial
        }
        try proposal.checkOperators(actors: [actor])
        trial.findings = proposal.findings
        trial.waitsFor = proposal.waitingDangers
        do {
            trial.snapshot = try PolicySnapshot(compiling: proposal.next, zones: zones)
        } catch {
            trial.problems = error.problems
        }
        return trial
    }
}
