import Domain

/// What the policy in force says of a recorded request, beside what the gateway said.
struct TrafficVerdict: Sendable {
    let event: AccessEvent
    let fact: TrafficFact
    let explanation: Explanation
    let snapshot: PolicySnapshot
    let version: Int
    /// Whether revocations were looked at. A log doesn't say which token it was, so that only one that the gateway
    /// refused for a revocation is taken to be from before it.
    let judgesRevocations: Bool

    /// Nil for an event that doesn't say what was asked for.
    init?(_ event: AccessEvent, _ state: PolicyState) {
        guard let fact = TrafficFact(event) else { return nil }
        self.event = event
        self.fact = fact
        snapshot = state.snapshot
        version = state.version.number
        judgesRevocations = event[.reason].flatMap { Reason(code: $0) }?.step == .revocation
        var explanation = snapshot.explanation(
            of: snapshot.request(of: fact), revocations: judgesRevocations ? state.revocations : .none)
        if explanation.decision.reason == .clientUnknown, let name = fact.client.flatMap({ try? Name<Client>($0) }) {
            let client = Client(name: name, created: event.time.rounded(downToSeconds: 1))
            explanation.remedies = Remedy.forStranger(
                client, next: explanation.remedies.first?.next ?? "")
        }
        self.explanation = explanation
    }

    var decision: Decision { explanation.decision }

    /// What the gateway said, as in `403 not_owner`.
    var recorded: String {
        let status = event.status.map { "\($0) " } ?? ""
        return status + (event[.reason] ?? event.outcome.name)
    }

    /// Whether both refuse it with the same status, and only call the reason by another name.
    var isOtherNameOnly: Bool {
        let reason = decision.reason
        return !decision.isAllowed && event[.reason] != reason.code && event.status == UInt16(reason.status)
    }

    /// What there is to say where the gateway and the policy don't agree; nil when they do.
    var difference: String? {
        let reason = decision.reason
        if event[.reason] == reason.code || (!event.outcome.isDenied && decision.isAllowed) { return nil }
        if !event.outcome.isDenied {
            return
                "the gateway let it through; the policy in force would refuse it: \(reason.code). Another version, or "
                + "another gateway with rules of its own, decided then; the log tells little of the token"
        }
        if isOtherNameOnly {
            let outcome = "both refuse it with \(reason.status); "
            guard let name = event[.reason] else { return outcome + "the gateway's log names no reason" }
            return outcome + "only the reason has another name: \(name) at the gateway, \(reason.code) in the policy"
        }
        guard decision.isAllowed else {
            return "the gateway said \(recorded); the policy in force would refuse it with \(reason.status) "
                + "\(reason.code)"
        }
        if event.outcome == .limited {
            return
                "the gateway said \(recorded); the policy in force lets it come to its quotas, which count where they "
                + "are enforced and are not judged here"
        }
        return "the gateway said \(recorded); the policy in force would allow it. Another version, or another gateway "
            + "with rules of its own, decided then; the token itself, revocations and limits are not judged here"
    }
}
