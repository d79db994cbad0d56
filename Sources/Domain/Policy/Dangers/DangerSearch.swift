/// Looks at edits one by one, and at the two policies where an edit's effect lies elsewhere.
struct DangerSearch {
    private let old: Policy
    private let new: Policy
    private let oldRoles: RoleClosures
    private let newRoles: RoleClosures
    private(set) var found: Set<FoundDanger> = []

    init(old: Policy, new: Policy) {
        self.old = old
        self.new = new
        oldRoles = RoleClosures(old)
        newRoles = RoleClosures(new)
    }

    private mutating func note(_ danger: Danger, _ item: ItemKey) {
        found.insert(FoundDanger(danger: danger, item: item))
    }

    mutating func look(at edit: PolicyEdit) {
        // A kind never changes under a key, so the side that is there says which it is.
        switch edit.after ?? edit.before {
        case .role: lookAtRole(edit)
        case .route: lookAtRoute(edit)
        case .quota: lookAtQuota(edit)
        case .client: lookAtClient(edit)
        case .operator: lookAtOperator(edit)
        case .settings: lookAtSettings(edit)
        case .scope, .tier, nil: break
        }
    }

    // MARK: - Roles, and who has them

    private mutating func lookAtRole(_ edit: PolicyEdit) {
        let before: [Name<Role>] = if case .role(let role)? = edit.before { [role.name] } else { [] }
        let after: [Name<Role>] = if case .role(let role)? = edit.after { [role.name] } else { [] }
        compare(before, after, edit.key)
    }

    private mutating func lookAtClient(_ edit: PolicyEdit) {
        // What a client may do as such is the daily work; only that a deny stops holding for it is a danger.
        guard case .client(let client)? = edit.before, case .client(let next)? = edit.after else { return }
        if losesDeny(client.roles, next.roles) { note(.denyRemoved, edit.key) }
    }

    private mutating func compare(_ before: [Name<Role>], _ after: [Name<Role>], _ key: ItemKey) {
        if losesDeny(before, after) { note(.denyRemoved, key) }
        let known = oldRoles.permissions(of: before).filter { $0.effect == .allow }
        let allows = newRoles.permissions(of: after).filter { allow in
            allow.effect == .allow && !known.contains { $0.holdsWherever(allow) }
        }
        if allows.contains(where: { $0.pattern.isEverything || $0.pattern.isOpen && $0.pattern.segments.isEmpty }) {
            note(.wildcardPermission, key)
        }
        let opens = allows.contains { allow in
            new.routes.contains { route in
                route.classification == .restricted && !route.methods.isDisjoint(with: allow.methods)
                    && allow.pattern.overlaps(route.pattern)
            }
        }
        if opens { note(.restrictedRouteOpened, key) }
    }

    private func losesDeny(_ before: [Name<Role>], _ after: [Name<Role>]) -> Bool {
        guard before != after || oldRoles.permissions(of: before) != newRoles.permissions(of: after) else {
            return false
        }
        let left = newRoles.permissions(of: after).filter { $0.effect == .deny }
        return oldRoles.permissions(of: before).contains { deny in
            deny.effect == .deny && !left.contains { $0.holdsWherever(deny) }
        }
    }

    // MARK: - Routes

    private mutating func lookAtRoute(_ edit: PolicyEdit) {
        guard case .route(let route)? = edit.before, route.classification == .restricted else { return }
        guard case .route(let next)? = edit.after else {
            // Without it its paths fall to a wider route, where there is one.
            if new.routes.contains(where: { $0.pattern.overlaps(route.pattern) }) {
                note(.restrictedRouteOpened, edit.key)
            }
            return
        }
        let isOpened =
            next.classification < .restricted || !Set(route.requiredScopes).isSubset(of: next.requiredScopes)
            || !next.methods.isSubset(of: route.methods) || next.pattern != route.pattern
        if isOpened { note(.restrictedRouteOpened, edit.key) }
    }

    // MARK: - Quotas, operators, settings

    private mutating func lookAtQuota(_ edit: PolicyEdit) {
        switch (edit.before, edit.after) {
        case (.quota(let quota)?, .quota(let next)?):
            if !next.isStill(quota) { note(.quotaRaised, edit.key) }
        case (.quota?, nil): note(.quotaRaised, edit.key)
        case (_, .quota(let next)?):
            // An override takes the place of the tier's quotas.
            guard case .client(let name) = next.holder, let tier = tier(of: name) else { return }
            let replaced = new.quotas.filter { $0.holder == .tier(tier) && $0.key == next.key }
            if replaced.contains(where: { !next.isStill($0, asOverride: true) }) { note(.quotaRaised, edit.key) }
        default: break
        }
    }

    private func tier(of name: Name<Client>) -> Name<Tier>? {
        guard case .client(let client)? = new[ItemKey(name)] else { return nil }
        return client.tier ?? new.settings.defaultTier
    }

    private mutating func lookAtOperator(_ edit: PolicyEdit) {
        if case .operator(let person)? = edit.before, case .operator(let next)? = edit.after,
            person.userID == next.userID, person.duties == next.duties
        {
            return
        }
        note(.operators, edit.key)
    }

    private mutating func lookAtSettings(_ edit: PolicyEdit) {
        let (before, after) = (old.settings, new.settings)
        if !before.approvals.isSubset(of: after.approvals) { note(.approvalsWeakened, edit.key) }
        compare(before.anonymousRoles, after.anonymousRoles, edit.key)
    }
}

/// The permissions of roles with all their ancestors.
private struct RoleClosures {
    private let policy: Policy

    init(_ policy: Policy) {
        self.policy = policy
    }

    /// Those of the roles and their ancestors; a policy that is checked next may have cycles and gaps.
    func permissions(of names: [Name<Role>]) -> [Permission] {
        var permissions: [Permission] = []
        var seen: Set<Name<Role>> = []
        var waiting = names
        while let name = waiting.popLast() {
            guard seen.insert(name).inserted, case .role(let role)? = policy[ItemKey(name)] else { continue }
            permissions += role.permissions
            waiting += role.parents
        }
        return permissions
    }
}

extension Permission {
    /// Whether this holds for every request for which another does.
    fileprivate func holdsWherever(_ other: Permission) -> Bool {
        methods.isSuperset(of: other.methods) && pattern.covers(other.pattern)
            && Set(conditions).isSubset(of: other.conditions)
    }
}

extension Quota {
    /// Whether this limits what another did, and at most ten times as high.
    fileprivate func isStill(_ other: Quota, asOverride: Bool = false) -> Bool {
        guard asOverride || holder == other.holder, key == other.key, pattern == nil || pattern == other.pattern else {
            return asOverride && pattern != nil && pattern != other.pattern
        }
        let (mine, theirs) = (window.seconds, other.window.seconds)
        let most = max(limit, adaptive?.ceiling ?? 0)
        let mostBefore = max(other.limit, other.adaptive?.ceiling ?? 0)
        // limit ÷ window, without division: a product of these never overflows 128 bits.
        let isRaised = Int128(most) * Int128(theirs) > 10 * Int128(mostBefore) * Int128(mine)
        let isBurst = Int128(burst) > 10 * Int128(max(1, other.burst)) && burst > other.limit
        return !isRaised && !isBurst
    }
}

extension Quota.Window {
    /// Its usual length.
    fileprivate var seconds: Int {
        switch self {
        case .rate(let seconds), .rolling(let seconds): seconds
        case .calendar(.hour, _): 3600
        case .calendar(.day, _): 86_400
        case .calendar(.month, _): 2_592_000
        }
    }
}
