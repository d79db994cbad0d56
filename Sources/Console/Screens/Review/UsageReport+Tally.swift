package import Domain

extension UsageReport {
    /// What a finished tally says of every permission and scope.
    package init(_ tally: UsageTally, of snapshot: PolicySnapshot, total: Int) {
        let rules = tally.ruleUses.map { use in
            let rule = snapshot.rule(use.rule)
            return Row(
                thing: .permission(
                    role: rule.role.text, index: rule.position, text: PermissionText.text(of: rule.permission)),
                count: use.use.count, last: use.use.last)
        }
        let scopes = tally.scopeUses.map { use in
            Row(
                thing: .scope(client: snapshot.client(use.client).name.text, scope: use.scope.text),
                count: use.use.count, last: use.use.last)
        }
        self.init(requests: tally.requests, total: total, rows: rules + scopes, isComplete: true)
    }
}
