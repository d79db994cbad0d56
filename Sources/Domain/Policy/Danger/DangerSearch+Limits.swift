// Limits that somebody loses, by quotas that take the place of others or by another tier.

extension DangerSearch {
    /// Looks at everybody whose quotas or tier the edits change.
    mutating func compareLimits() {
        var tiers: Set<Name<Tier>> = []
        var clients: Set<Name<Client>> = []
        for edit in edits {
            for case .quota(let quota)? in [edit.before, edit.after] {
                switch quota.holder {
                case .tier(let name): tiers.insert(name)
                case .client(let name): clients.insert(name)
                }
            }
            if case .client(let before)? = edit.before, case .client(let after)? = edit.after,
                before.tier != after.tier
            {
                clients.insert(after.name)
            }
        }
        let (was, now) = (old.settings, new.settings)
        guard
            !tiers.isEmpty || !clients.isEmpty || was.defaultTier != now.defaultTier
                || was.anonymousTier != now.anonymousTier
        else { return }
        let (before, after) = (QuotaLists(old), QuotaLists(new))
        let raised = Set(findings.lazy.filter { $0.danger == .quotaRaised }.map(\.item))
        for tier in tiers.sorted() {
            report(LimitChange(from: before.of(tier), to: after.of(tier)), cause: nil, except: raised)
        }
        compareSettings(before, after)
        // Clients without quotas of their own that move from one tier to the same other one lose the same.
        var moves: [TierMove: [LimitChange.Loss]] = [:]
        for name in clients.sorted() {
            guard case .client(let client)? = new[ItemKey(name)] else { continue }
            let tier = client.tier ?? new.settings.defaultTier
            var former = tier
            // What a new client never had is measured by what it would have without quotas of its own.
            var own: [Quota] = []
            var tierQuotas = after.of(tier)
            if case .client(let client)? = old[ItemKey(name)] {
                former = client.tier ?? old.settings.defaultTier
                (own, tierQuotas) = (before.of(name), before.of(former))
            }
            if own.isEmpty, after.of(name).isEmpty {
                guard former != tier else { continue }
                let move = TierMove(from: former, to: tier)
                let losses = moves[move] ?? LimitChange(from: tierQuotas, to: after.of(tier)).losses()
                moves[move] = losses
                report(losses, cause: ItemKey(name), except: [])
            } else {
                let change = LimitChange(from: own + tierQuotas, to: after.of(name) + after.of(tier))
                report(change, cause: former == tier ? nil : ItemKey(name), except: raised)
            }
        }
    }

    /// Another tier for clients that name none, or for requests without credentials.
    private mutating func compareSettings(_ before: QuotaLists, _ after: QuotaLists) {
        let (was, now) = (old.settings, new.settings)
        if was.anonymousTier != now.anonymousTier {
            let change = LimitChange(
                from: before.of(was.anonymousTier), to: after.of(now.anonymousTier), isByKey: false)
            report(change.losses(), cause: .settings, except: [], "for requests without credentials ")
        }
        guard was.defaultTier != now.defaultTier else { return }
        let isUsed = old.items.contains { key, item in
            guard case .client(let client) = item, client.tier == nil, case .client(let next)? = new[key] else {
                return false
            }
            return next.tier == nil
        }
        if isUsed {
            let change = LimitChange(from: before.of(was.defaultTier), to: after.of(now.defaultTier))
            report(change.losses(), cause: .settings, except: [], "for clients without a tier ")
        }
    }

    private mutating func report(_ change: LimitChange, cause: ItemKey?, except raised: Set<ItemKey>) {
        report(change.losses(), cause: cause, except: raised)
    }

    /// - Parameter cause: What gets another tier; nil where quotas take the place of others.
    private mutating func report(
        _ losses: [LimitChange.Loss], cause: ItemKey?, except raised: Set<ItemKey>, _ whose: String = ""
    ) {
        for loss in losses {
            let quota = loss.quota
            let place = loss.pattern == quota.pattern ? "" : loss.pattern.map { " on \($0)" } ?? ""
            guard let (successor, rise) = loss.successor else {
                let item = cause ?? ItemKey(quota.name)
                if raised.contains(item) || raised.contains(ItemKey(quota.name)) { continue }
                found(.quotaRaised, item, "\(whose)\(quota.name) (\(quota.mostText)) counts no more\(place)")
                continue
            }
            // What was there before as it is now has done nothing.
            let isNew = old[ItemKey(successor.name)] != new[ItemKey(successor.name)]
            let item = cause ?? ItemKey(isNew ? successor.name : quota.name)
            if raised.contains(item) { continue }
            let words = cause == nil && isNew ? "takes the place of" : "\(whose)\(successor.name) takes the place of"
            found(.quotaRaised, item, "\(words) \(quota.name)\(place)\(rise.measure)")
        }
    }
}

private struct TierMove: Hashable {
    let from: Name<Tier>?
    let to: Name<Tier>?
}

/// A policy's quotas by their holders.
private struct QuotaLists {
    private var lists: [Quota.Holder: [Quota]] = [:]

    init(_ policy: Policy) {
        for quota in policy.quotas { lists[quota.holder, default: []].append(quota) }
    }

    var isEmpty: Bool { lists.isEmpty }

    func of(_ tier: Name<Tier>?) -> [Quota] { tier.flatMap { lists[.tier($0)] } ?? [] }

    func of(_ client: Name<Client>) -> [Quota] { lists[.client(client)] ?? [] }
}
