/// How a decision came about: what each step looked at, what was missing, and what would change the answer.
package struct Explanation: Hashable, Sendable {
    package struct Step: Hashable, Sendable {
        package enum Verdict: Hashable, Sendable {
            case passed
            case failed(Reason)
            /// A step before it failed.
            case notReached
        }

        package let step: DecisionStep
        package var verdict: Verdict
        /// What it looked at, for people. Texts from the request stand in quotation marks, without hidden characters.
        package var notes: [String]
    }

    package let decision: Decision
    /// From the path to the permission; quotas are counted elsewhere.
    package var steps: [Step]
    /// The smallest changes that would allow the request, any one of them, the smallest first; where that can't be known,
    /// what would let it pass the step that denied it.
    package var remedies: [Remedy]
}

extension PolicySnapshot {
    /// The decision on a request, and how it came about.
    package func explanation(of request: AccessRequest, revocations: RevocationSnapshot) -> Explanation {
        let decision = decision(for: request, revocations: revocations)
        let path: CanonicalPath
        do throws(PathProblem) {
            path = try CanonicalPath(request.target)
        } catch {
            let note = "the path \(error.text)"
            return Explanation(
                decision: decision, steps: steps(decision) { $0 == .path ? [note] : [] },
                remedies: [DecisionExplainer.plainPath])
        }
        let explainer = DecisionExplainer(
            snapshot: self, request: request, path: path, decision: decision, revocations: revocations)
        return Explanation(
            decision: decision, steps: steps(decision, explainer.notes(on:)),
            remedies: decision.isAllowed ? [] : explainer.remedies)
    }

    private func steps(_ decision: Decision, _ notes: (DecisionStep) -> [String]) -> [Explanation.Step] {
        // A caller without credentials fails at authentication for what scope or permission would have to allow.
        let failing = decision.isAllowed ? nil : decision.reason.step
        return DecisionStep.allCases.filter { $0 < .quota }.map { step in
            guard let failing, step >= failing else {
                return Explanation.Step(step: step, verdict: .passed, notes: notes(step))
            }
            return step == failing
                ? Explanation.Step(step: step, verdict: .failed(decision.reason), notes: notes(step))
                : Explanation.Step(step: step, verdict: .notReached, notes: [])
        }
    }
}
