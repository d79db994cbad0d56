/// How roles may use a route with a method, whoever asks and whenever: what a question about a policy is answered with.
package struct Access: Hashable, Sendable {
    /// The allows, any one of which is enough, in order: a single one when it has no conditions.
    package let ways: [RuleIndex]
    /// The denies that may come in between: those with conditions, or for some of the paths only.
    package let exceptions: [RuleIndex]
}

/// Which paths a question is about.
package enum PathQuestion: Sendable {
    /// One path.
    case path(CanonicalPath)
    /// Every path of a pattern.
    case pattern(RoutePattern)

    /// Reads a path, or else a pattern, as in `/users/42` or `/users/{id}`.
    package init?(_ text: some StringProtocol) {
        if let path = try? CanonicalPath(text) {
            self = .path(path)
        } else if let pattern = try? RoutePattern(String(text)) {
            self = .pattern(pattern)
        } else {
            return nil
        }
    }

    func relation(of pattern: RoutePattern) -> PatternRelation {
        switch self {
        case .path(let path): path.matches(pattern) ? .covers : .disjoint
        case .pattern(let other): pattern.relation(to: other)
        }
    }
}

/// A permission that has a say on a route and method.
struct AccessGrant {
    let rule: RuleIndex
    let role: Int
    let isDeny: Bool
    /// Whether it always has, on every path in question.
    let isPlain: Bool
}

extension PolicySnapshot {
    /// The permissions of some roles that have a say, in order. Conditions on the classification are settled by the
    /// route.
    func grants(
        on question: PathQuestion, _ method: Method, _ classification: Classification, ofRoles isWanted: [Bool]? = nil
    ) -> [AccessGrant] {
        var grants: [AccessGrant] = []
        for (role, item) in lists.roles.enumerated() where isWanted?[role] ?? true {
            for (position, permission) in item.permissions.enumerated() where permission.methods.contains(method) {
                let relation = question.relation(of: permission.pattern)
                guard relation != .disjoint else { continue }
                var isPlain = relation == .covers
                var isOut = false
                for condition in permission.conditions {
                    if case .classification(let ceiling) = condition {
                        isOut = isOut || classification > ceiling
                    } else {
                        isPlain = false
                    }
                }
                guard !isOut else { continue }
                grants.append(
                    AccessGrant(
                        rule: RuleIndex(Int(ruleTable.firstRules[role]) + position), role: role,
                        isDeny: permission.effect == .deny, isPlain: isPlain))
            }
        }
        return grants
    }

    /// What a row of roles may do; nil for nothing.
    func access(_ grants: [AccessGrant], roles row: Int) -> Access? {
        var ways: [RuleIndex] = []
        var exceptions: [RuleIndex] = []
        var plain: RuleIndex?
        for grant in grants where roleTable.contains(grant.role, in: row) {
            if grant.isDeny {
                if grant.isPlain { return nil }
                exceptions.append(grant.rule)
            } else if grant.isPlain {
                plain = plain ?? grant.rule
            } else {
                ways.append(grant.rule)
            }
        }
        if let plain { return Access(ways: [plain], exceptions: exceptions) }
        return ways.isEmpty ? nil : Access(ways: ways, exceptions: exceptions)
    }

    /// For each role whether it is in one of these rows.
    func roles(inRows rows: Set<UInt32>) -> [Bool] {
        lists.roles.indices.map { role in rows.contains { roleTable.contains(role, in: Int($0)) } }
    }

    func hasScopes(_ client: ClientTable.Record, of route: RouteTable.Record) -> Bool {
        (0..<Int(route.scopeCount)).allSatisfy { index in
            let scope = routeTable.scopes[Int(route.firstScope) + index]
            return clientTable.scopes.contains(Int(scope), in: Int(client.scopes))
        }
    }
}
