// What would let a request pass that no permission allows: a role, another token, or both, by how little it opens.

extension DecisionExplainer {
    /// What the permission step lacks, with what is in the plan already; an empty text where neither lacks anything.
    func accessRemedies(_ plan: RemedyPlan) -> [Remedy] {
        guard let route, let method = request.method else { return [] }
        let own = finding(for: callerRoles.map(\.text), by: request)
        let subjects = token?.roles.map { finding(for: $0, by: request) }
        if let rule = own.rule, own.reason == .permissionDenied {
            return denyRemedies(plan, by: rule, isSubjects: false)
        }
        if let rule = subjects?.rule, subjects?.reason == .permissionDenied {
            return denyRemedies(plan, by: rule, isSubjects: true)
        }
        if own.isAllowed, subjects?.isAllowed ?? true { return [remedy(plan)] }
        if let needs = needs(callerRoles, token?.roles), !needs.isEmpty {
            return [remedy(plan.adding(needs.words))] + roleRemedies(plan, thatTakeLessThan: needs.count)
        }
        // Of two that fail, both would have to be met.
        let rule = own.isAllowed ? subjects?.rule : own.rule
        let isAlone = own.isAllowed || subjects?.isAllowed ?? true
        let meeting = rule.map { index in
            let rule = snapshot.rule(index)
            let words = rule.permission.conditions.map(\.words).joined(separator: " and ")
            return remedy(
                plan.adding("meet what permission \(rule.position + 1) of role \(rule.role) asks: \(words)"),
                next: isAlone ? nil : "what the token's subject is permitted")
        }
        let roles = roleRemedies(plan, thatTakeLessThan: .max)
        return [meeting].compactMap(\.self)
            + (roles.isEmpty ? [permissionRemedy(plan, allowing: method, on: route)] : roles)
    }

    /// A new permission, in a role of all those that have to permit the request and don't.
    private func permissionRemedy(_ plan: RemedyPlan, allowing method: Method, on route: Route) -> Remedy {
        let sides = [callerRoles.map(\.text), token?.roles].compactMap(\.self)
        let lacking = sides.filter { !finding(for: $0, by: request).isAllowed }
            .map { Set(snapshot.roleTable.members(of: $0)) }
        let common = lacking.dropFirst().reduce(lacking.first ?? []) { $0.intersection($1) }
        // Their own roles before those that these bring, which others have too.
        let direct = sides.joined().compactMap { snapshot.roleTable.numbers[$0] }.first { common.contains($0) }
        let what = "\(method.name) on \(route.pattern)"
        guard let number = direct ?? common.min() else {
            let whom =
                (client.map { "client \($0.name)" } ?? "requests without credentials")
                + (token?.roles == nil ? "" : " and the token's subject")
            return remedy(plan.adding("make a role that permits \(what), and give it to \(whom)", isByHand: true))
        }
        let role = snapshot.roleTable.names[Int(number)]
        var plan = plan.adding("add a permission to role \(role): allow \(what)")
        plan.edits += edits(allowing: method, on: route, to: role)
        return remedy(plan)
    }

    /// A role that takes as much of a token as no role at all is given for nothing.
    private func roleRemedies(_ plan: RemedyPlan, thatTakeLessThan most: Int) -> [Remedy] {
        var enough: [(size: Int, needs: Int, remedy: Remedy)] = []
        for role in snapshot.lists.roles {
            guard let (given, needs) = gift(plan, of: role.name), needs.count < most else { continue }
            let full = needs.isEmpty ? given : given.adding(needs.words)
            enough.append((breadth(of: role.name), needs.count, remedy(full)))
        }
        enough.sort { ($0.size, $0.needs, $0.remedy.text) < ($1.size, $1.needs, $1.remedy.text) }
        return enough.prefix(3).map(\.remedy)
    }

    /// To whom a role would have to be given for the request to pass, and with which token.
    private func gift(_ plan: RemedyPlan, of role: Name<Role>) -> (plan: RemedyPlan, needs: TokenNeeds)? {
        let holder = client.map { "client \($0.name)" } ?? "requests without credentials"
        // What a token says of its subject bounds what the client may, and is bounded by it.
        let subject = token?.roles.map { roles in (roles: roles, isNew: !roles.contains(role.text)) }
        if !callerRoles.contains(role), let needs = needs(callerRoles + [role], subject?.roles) {
            var given = plan.adding("give \(holder) the role \(role)")
            given.give(role)
            return (given, needs)
        }
        guard let subject, subject.isNew else { return nil }
        if let needs = needs(callerRoles, subject.roles + [role.text]) {
            return (plan.adding("give the token's subject the role \(role)"), needs)
        }
        guard !callerRoles.contains(role), let needs = needs(callerRoles + [role], subject.roles + [role.text]) else {
            return nil
        }
        var given = plan.adding("give \(holder) and the token's subject the role \(role)")
        given.give(role)
        return (given, needs)
    }

    /// What a token would have to say for some roles to permit the request: nothing when it passes as it is, and nil
    /// when no token would do.
    private func needs(_ roles: [Name<Role>], _ subjectRoles: [String]?) -> TokenNeeds? {
        if isPermitted(roles, subjectRoles, by: request) { return TokenNeeds() }
        guard let client = request.client else { return nil }
        var best: TokenNeeds?
        for index in rules(of: roles) {
            guard let needs = needs(of: snapshot.rule(index).permission), !needs.isEmpty,
                best.map({ needs.count < $0.count }) ?? true
            else { continue }
            let facts = needs.facts(token, scopes: route?.requiredScopes ?? [], at: request.time)
            var changed = request
            changed.caller = .token(client, facts)
            if isPermitted(roles, subjectRoles, by: changed) { best = needs }
        }
        return best
    }

    /// What the conditions of a permission for this path ask of a token; nil when the permission isn't about it.
    private func needs(of permission: Permission) -> TokenNeeds? {
        guard permission.effect == .allow, path.matches(permission.pattern) else { return nil }
        var needs = TokenNeeds()
        for condition in permission.conditions {
            switch condition {
            case .owner(let variable, let claim):
                guard let segment = permission.pattern.segments.firstIndex(of: .variable(variable)) else { return nil }
                guard needs.add(claim: claim, path.segments[segment]) else { return nil }
            case .authenticationLevel(let level):
                let levels = snapshot.policy.settings.authenticationLevels
                let given = token?.authenticationLevel.flatMap { levels.firstIndex(of: $0) }
                guard let least = levels.firstIndex(of: level) else { return nil }
                if given.map({ $0 < least }) ?? true { needs.level = level }
            case .tokenAge(let seconds):
                let end = token?.issued?.advanced(by: Int64(seconds) * 1_000_000)
                needs.isFresh = end.map { $0 < request.time } ?? true
            // The request and its surroundings, which no token changes.
            case .network, .time, .classification, .mutualTLS, .header: continue
            }
        }
        if token == nil { needs.scopes = route?.requiredScopes.map(\.text) ?? [] }
        return needs.differing(from: token)
    }

    /// How many routes a role is about, counted by method: a role for everything is the last to give.
    private func breadth(of role: Name<Role>) -> Int {
        let allows = rules(of: [role]).map { snapshot.rule($0).permission }.filter { $0.effect == .allow }
        return snapshot.lists.routes.reduce(0) { count, route in
            let methods = allows.filter { $0.concerns(route) }.reduce(MethodSet()) { $0.union($1.methods) }
            return count + methods.intersection(route.methods).methods.count
        }
    }

    /// Whether roles would permit a request: those of the client, and those of the subject where a token names them.
    private func isPermitted(_ roles: [Name<Role>], _ subjectRoles: [String]?, by request: AccessRequest) -> Bool {
        isPermitted(roles.map(\.text), by: request) && (subjectRoles.map { isPermitted($0, by: request) } ?? true)
    }

    private func isPermitted(_ roles: [String], by request: AccessRequest) -> Bool {
        finding(for: roles, by: request).isAllowed
    }

    private func finding(for roles: [String], by request: AccessRequest) -> RuleFinding {
        var table = PathTable()
        guard let route, let method = request.method,
            table.read(request.target.span, literals: snapshot.literals) == nil
        else { return RuleFinding(reason: .noPermission, rule: nil) }
        let members = snapshot.roleTable.members(of: roles)
        var search = RuleSearch(
            method: method, roles: RoleSet(0..<members.count, of: members.span),
            classification: route.classification)
        var matches = PatternMatches()
        snapshot.trie.findMatches(of: &table, routes: 0, &matches)
        search.run(snapshot, request, &table, &matches, members: members.span)
        return search.finding
    }
}
