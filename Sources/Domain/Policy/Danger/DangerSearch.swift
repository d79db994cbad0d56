// Compares two policies item by item. Only items that differ are looked at, so that one edit of a large policy is cheap.

struct DangerSearch {
    let old: Policy
    let new: Policy
    let edits: [PolicyEdit]
    /// The old policy's restricted routes.
    let restricted: [Route]
    private(set) var findings: Set<DangerFinding> = []

    init(from old: Policy, to new: Policy, by edits: [PolicyEdit]) {
        self.old = old
        self.new = new
        self.edits = edits
        restricted = old.routes.filter { $0.classification == .restricted }
    }

    mutating func run() {
        for edit in edits {
            switch (edit.before, edit.after) {
            case (.settings(let before), .settings(let after)): compare(before, after)
            case (.role(let before), .role(let after)): compare(before, after)
            case (.role(let role), nil): removed(role)
            case (nil, .role(let role)): compare(Role(name: role.name), role)
            case (.route(let before), let after?):
                if case .route(let after) = after { compare(before, after) }
            case (.route(let route), nil): removed(route)
            case (.client(let before), .client(let after)): compare(before, after)
            case (nil, .client(let client)): compare(Client(name: client.name), client)
            case (.quota(let before), .quota(let after)): compare(before, after)
            case (.quota(let quota), nil): found(.quotaRaised, edit.key, "\(quota.name) is removed")
            case (nil, .quota(let quota)): added(quota)
            case (.operator(let before), .operator(let after)):
                if before.userID != after.userID || before.duties != after.duties {
                    found(.operators, edit.key, "duties or account change")
                }
            case (.operator, nil): found(.operators, edit.key, "is removed")
            case (nil, .operator): found(.operators, edit.key, "is added")
            case (.scope?, _), (nil, .scope), (.tier?, _), (nil, .tier), (.client?, nil), (nil, nil): break
            // An item keeps its kind, so that these pairs don't come up.
            case (.settings?, _), (nil, .settings), (.role?, _), (.client?, _), (.quota?, _), (.operator?, _),
                (nil, .route):
                break
            }
        }
    }

    mutating func found(_ danger: Danger, _ item: ItemKey, _ what: String) {
        findings.insert(DangerFinding(danger, item, what))
    }

    private mutating func compare(_ before: PolicySettings, _ after: PolicySettings) {
        for danger in before.approvals.subtracting(after.approvals).sorted() {
            found(.approvalsWeakened, .settings, "\(danger.name) would need no approval any more")
        }
        compareGrants(.settings, before.anonymousRoles, after.anonymousRoles)
    }

    // MARK: - Quotas

    private mutating func compare(_ before: Quota, _ after: Quota) {
        let item = ItemKey(after.name)
        guard before.holder == after.holder, before.key == after.key else {
            found(.quotaRaised, item, "another holder or key takes its place")
            return
        }
        if let pattern = after.pattern, before.pattern.map({ !pattern.covers($0) }) ?? true {
            found(.quotaRaised, item, "is about fewer paths")
        }
        if isRaised(from: before, to: after) {
            found(.quotaRaised, item, "goes from \(text(before)) to \(text(after))")
        }
    }

    /// A client's own quota takes the place of its tier's.
    private mutating func added(_ quota: Quota) {
        guard case .client(let name) = quota.holder, case .client(let client)? = new[ItemKey(name)],
            let tier = client.tier ?? new.settings.defaultTier
        else { return }
        for replaced in new.quotas
        where replaced.holder == .tier(tier) && replaced.key == quota.key && isRaised(from: replaced, to: quota) {
            found(
                .quotaRaised, ItemKey(quota.name),
                "takes the place of \(replaced.name) with more than ten times its units")
        }
    }

    private func isRaised(from before: Quota, to after: Quota) -> Bool {
        let (old, new) = (most(before), most(after))
        if new.units / new.seconds > 10 * old.units / old.seconds { return true }
        return Double(after.burst) + 1 > 10 * (Double(before.burst) + 1) && after.burst > before.limit
    }

    private func most(_ quota: Quota) -> (units: Double, seconds: Double) {
        let seconds: Int =
            switch quota.window {
            case .rate(let seconds), .rolling(let seconds): seconds
            case .calendar(.hour, _): 3600
            case .calendar(.day, _): 86_400
            case .calendar(.month, _): 2_592_000
            }
        return (Double(quota.adaptive?.ceiling ?? quota.limit), Double(max(1, seconds)))
    }

    private func text(_ quota: Quota) -> String {
        let most = most(quota)
        return "\(Int(most.units)) in \(DurationText.exact(Int64(most.seconds) * 1_000_000))"
    }
}
