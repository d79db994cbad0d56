import Domain

extension ScreenContext {
    /// Why what takes this duty can't be done now; nil when it can.
    func reasonAgainst(_ duty: Duty) -> String? {
        if let readOnlyReason { return readOnlyReason }
        switch policy {
        case .opening: return "the policy is being read"
        case .replaced: return "the policy that was here was replaced"
        case .unavailable: return "there is no policy that can be changed"
        // What was damaged or changed by hand is when one revokes; the store says whether it can.
        case .stale(let state, _) where duty == .revoke && state.duties.contains(.revoke): return state.readOnlyReason
        case .stale(_, let problem): return "the policy can't be reached: \(problem)"
        case .ready(let state):
            guard !state.duties.contains(duty) else { return state.readOnlyReason }
            return state.duties.isEmpty
                ? "\(state.actor.name) is no operator with the duty \(duty.name)"
                : "\(state.actor.name) doesn't have the duty \(duty.name)"
        }
    }
}
