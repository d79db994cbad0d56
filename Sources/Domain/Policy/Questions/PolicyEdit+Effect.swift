extension PolicyEdit {
    /// Whether it may change what quotas admit: which of them count a request, or how much it counts there.
    var concernsLimits: Bool {
        switch key.kind {
        case .quota: return true
        case .client:
            // Who is new gets to its quotas, where it was refused before; who goes doesn't.
            guard case .client(let new)? = after else { return false }
            guard case .client(let old)? = before else { return true }
            return old.tier != new.tier
        case .route:
            guard case .route(let new)? = after else { return false }
            guard case .route(let old)? = before else { return true }
            return old.cost != new.cost || old.pattern != new.pattern || old.methods != new.methods
        case .settings:
            guard case .settings(let old)? = before, case .settings(let new)? = after else { return true }
            return old.defaultTier != new.defaultTier || old.anonymousTier != new.anonymousTier
        case .tier, .scope, .role, .operator: return false
        }
    }

    /// Of settings: whether decisions hang on what changes.
    var concernsDecisions: Bool {
        guard case .settings(var old)? = before, case .settings(let new)? = after else { return true }
        (old.approvals, old.breakGlassSeconds, old.tokenSeconds) = (
            new.approvals, new.breakGlassSeconds, new.tokenSeconds
        )
        return old != new
    }
}
