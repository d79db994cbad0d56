// Compares two policies item by item. Only items that differ are looked at, so that one edit of a large policy is cheap.

struct DangerSearch {
    let old: Policy
    let new: Policy
    let edits: [PolicyEdit]
    /// The old policy's routes, and those of them that are restricted.
    let routes: [Route]
    let restricted: [Route]
    private(set) var findings: Set<DangerFinding> = []

    init(from old: Policy, to new: Policy, by edits: [PolicyEdit]) {
        self.old = old
        self.new = new
        self.edits = edits
        routes = old.routes
        restricted = routes.filter { $0.classification == .restricted }
    }

    mutating func run() {
        for edit in edits {
            switch (edit.before, edit.after) {
            case (.settings(let before), .settings(let after)): compare(before, after)
            case (.role(let before), .role(let after)): compare(before, after)
            case (.role(let role), nil): removed(role)
            case (nil, .role(let role)): compare(Role(name: role.name), role)
            case (.route(let before), .route(let after)):
                compare(before, after)
                checkTaking(after)
            case (nil, .route(let route)): checkTaking(route)
            case (.route(let route), nil): removed(route)
            case (.client(let before), .client(let after)): compare(before, after)
            case (nil, .client(let client)): compare(Client(name: client.name), client)
            case (.quota(let before), .quota(let after)): compare(before, after)
            case (.quota(let quota), nil): found(.quotaRaised, edit.key, "\(quota.name) is removed")
            case (.operator(let before), .operator(let after)):
                if before.userID != after.userID || before.duties != after.duties {
                    found(.operators, edit.key, "duties or account change")
                }
            case (.operator, nil): found(.operators, edit.key, "is removed")
            case (nil, .operator): found(.operators, edit.key, "is added")
            case (.scope?, _), (nil, .scope), (.tier?, _), (nil, .tier), (.client?, nil), (nil, .quota), (nil, nil):
                break
            // An item keeps its kind, so that these pairs don't come up.
            case (.settings?, _), (nil, .settings), (.role?, _), (.route?, _), (.client?, _), (.quota?, _),
                (.operator?, _):
                break
            }
        }
        compareLimits()
    }

    mutating func found(_ danger: Danger, _ item: ItemKey, _ what: String) {
        findings.insert(DangerFinding(danger, item, what))
    }

    private mutating func compare(_ before: PolicySettings, _ after: PolicySettings) {
        for danger in before.approvals.subtracting(after.approvals).sorted() {
            found(.approvalsWeakened, .settings, "\(danger.name) would need no approval any more")
        }
        if after.breakGlassSeconds > before.breakGlassSeconds {
            found(.approvalsWeakened, .settings, "break-glass would last longer")
        }
        compareGrants(.settings, before.anonymousRoles, after.anonymousRoles)
        compareLevels(before.authenticationLevels, after.authenticationLevels)
    }

    /// What a condition on the authentication level means hangs on the order of the levels.
    private mutating func compareLevels(_ before: [String], _ after: [String]) {
        guard before != after else { return }
        func reaching(_ level: String, in levels: [String]) -> Set<String> {
            Set(levels.firstIndex(of: level).map { levels[$0...] } ?? [])
        }
        for role in old.roles {
            for permission in role.permissions {
                for case .authenticationLevel(let level) in permission.conditions {
                    let (was, now) = (reaching(level, in: before), reaching(level, in: after))
                    let words = "\(permission.words) by role \(role.name), as the levels are ordered then"
                    switch permission.effect {
                    case .allow:
                        guard !now.isSubset(of: was) else { continue }
                        for route in restricted where permission.concerns(route) {
                            found(.restrictedRouteOpened, .settings, "allows more levels \(words)")
                        }
                    case .deny:
                        if !now.isSuperset(of: was) { found(.denyRemoved, .settings, "denies fewer levels \(words)") }
                    }
                }
            }
        }
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
        if let rise = QuotaRise(from: before, to: after) {
            found(.quotaRaised, item, "goes from \(before.mostText) to \(after.mostText)\(rise.measure)")
        }
    }
}
