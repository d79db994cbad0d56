/// Which requests a draft could decide differently: most drafts concern few callers and paths, and the rest needs no
/// deciding.
///
/// Limits aside, a decision hangs on the request, the routes that match its path, the settings, and its caller's own
/// record and roles. Whoever has none of the roles that change, and no change of its own, is decided alike on every path
/// that no changed route matches, neither as it was nor as it will be. Scopes count where a route or a client names them,
/// and then that is edited too; a tier counts by its quotas.
///
/// With limits a request also hangs on those before it that took from the same counters: those of its caller, and of
/// others in its tier where a quota counts by address or subject.
struct ReplayScope: Sendable {
    /// Whether nobody is left out.
    private(set) var isEverybody = false
    /// By the number of the client before.
    private(set) var clients: [Bool] = []
    private(set) var isAnonymousConcerned = false
    /// What matches the paths that concern every caller.
    private var patterns = PatternSet()

    /// - Parameters:
    ///   - edits: Those that make the draft's policy of the one before.
    ///   - countsLimits: Whether quotas count the requests.
    init(from before: PolicySnapshot, by edits: [PolicyEdit], countsLimits: Bool) {
        var roles: [UInt32] = []
        var names: [UInt32] = []
        for edit in edits {
            switch edit.key.kind {
            case .settings: isEverybody = isEverybody || edit.concernsDecisions
            case .route:
                // Whoever calls it takes something else from all its counters.
                if countsLimits { isEverybody = true }
                for case .route(let route)? in [edit.before, edit.after] { patterns.insert(route.pattern) }
            // What is new has no number yet, and concerns those that are edited to have it.
            case .role: if let number = before.roleTable.numbers[edit.key.name] { roles.append(number) }
            case .client: if let number = before.clientTable.numbers[edit.key.name] { names.append(number) }
            case .scope, .tier, .quota, .operator: continue
            }
        }
        guard !isEverybody else { return }
        let rows = before.roleTable.rows(with: roles)
        clients = before.clientTable.records.map { rows[Int($0.roles)] }
        for name in names { clients[Int(name)] = true }
        isAnonymousConcerned = rows[Int(before.clientTable.anonymousRoles)]
        if countsLimits { includeCounted(before, edits) }
    }

    /// - Parameters:
    ///   - client: The one that the request names, in the policy before; nil where that doesn't know it.
    ///   - counterpart: The same in the draft.
    func concerns(_ client: ClientIndex?, _ counterpart: ClientIndex?, isNamed: Bool) -> Bool {
        if isEverybody { return true }
        guard isNamed else { return isAnonymousConcerned }
        guard let client else { return counterpart != nil }
        return clients[Int(client.number)]
    }

    /// Whether there are paths that concern every caller.
    var hasPaths: Bool { !patterns.isEmpty }

    /// Whether a request for this path may be decided differently, whoever sends it.
    ///
    /// - Parameter path: Becomes the target's; lent, so that one does for many.
    func concerns(_ target: Span<UInt8>, reading path: inout PathTable) -> Bool {
        patterns.contains(target, reading: &path)
    }

    // MARK: - Limits

    /// Adds who is counted differently, and then who shares a counter with anybody that is concerned.
    private mutating func includeCounted(_ before: PolicySnapshot, _ edits: [PolicyEdit]) {
        let settings = before.policy.settings
        var counted: Set<Name<Tier>> = []
        var touched: Set<Name<Tier>> = []
        var shared: Set<Name<Tier>> = []
        func note(_ quota: Quota, isEdited: Bool) {
            guard case .tier(let tier) = quota.holder else { return }
            if isEdited { counted.insert(tier) }
            if quota.key.isShared { shared.insert(tier) }
        }
        for quota in before.policy.quotas { note(quota, isEdited: false) }
        for edit in edits {
            for item in [edit.before, edit.after] {
                switch item {
                case .quota(let quota):
                    note(quota, isEdited: true)
                    guard case .client(let name) = quota.holder else { continue }
                    if let number = before.clientTable.numbers[name.text] { clients[Int(number)] = true }
                case .client(let client):
                    if let tier = client.tier ?? settings.defaultTier { touched.insert(tier) }
                case .settings, .scope, .role, .tier, .route, .operator, nil: continue
                }
            }
        }
        include(counted, before)
        for (index, client) in before.lists.clients.enumerated() where clients[index] {
            if let tier = client.tier ?? settings.defaultTier { touched.insert(tier) }
        }
        if isAnonymousConcerned, let tier = settings.anonymousTier { touched.insert(tier) }
        // Nobody of these is in another tier, but those that are edited, whose tiers are touched already.
        include(touched.intersection(shared), before)
    }

    /// Adds all callers of some tiers.
    private mutating func include(_ tiers: Set<Name<Tier>>, _ before: PolicySnapshot) {
        guard !tiers.isEmpty else { return }
        let settings = before.policy.settings
        func isIncluded(_ tier: Name<Tier>?) -> Bool { tier.map { tiers.contains($0) } ?? false }
        let isDefaultIncluded = isIncluded(settings.defaultTier)
        for (index, client) in before.lists.clients.enumerated() where !clients[index] {
            clients[index] = client.tier.map { tiers.contains($0) } ?? isDefaultIncluded
        }
        if isIncluded(settings.anonymousTier) { isAnonymousConcerned = true }
    }
}

extension Quota.Key {
    /// Whether several clients take from one counter.
    fileprivate var isShared: Bool {
        switch self {
        case .subject, .address: true
        case .client, .clientAndRoute: false
        }
    }
}
