// What would let a request pass that no permission allows: a role, another token, or both, by how little it opens.

extension DecisionExplainer {
    /// Roles that would be enough, with the token that it takes; a new permission when there is none.
    var accessRemedies: [Remedy] {
        guard let route, let method = request.method else { return [] }
        if let needs = needs(callerRoles, token?.roles), !needs.isEmpty {
            return [Remedy(needs.words)] + roleRemedies(thatTakeLessThan: needs.count)
        }
        let remedies = roleRemedies(thatTakeLessThan: .max)
        guard remedies.isEmpty else { return remedies }
        let whom = client.map { "client \($0.name)" } ?? "requests without credentials"
        return [
            Remedy(
                "add a permission to a role of \(whom): allow \(method.name) on \(route.pattern)",
                edits(allowing: method, on: route))
        ]
    }

    /// A role that takes as much of a token as no role at all is given for nothing.
    private func roleRemedies(thatTakeLessThan most: Int) -> [Remedy] {
        var enough: [(size: Int, needs: Int, remedy: Remedy)] = []
        for role in snapshot.lists.roles {
            guard let (gift, needs) = gift(of: role.name), needs.count < most else { continue }
            let size = breadth(of: role.name)
            let words = needs.isEmpty ? gift.text : "\(gift.text), and \(needs.words)"
            enough.append((size, needs.count, Remedy(words, gift.edits)))
        }
        enough.sort { ($0.size, $0.needs, $0.remedy.text) < ($1.size, $1.needs, $1.remedy.text) }
        return enough.prefix(3).map(\.remedy)
    }

    /// To whom a role would have to be given for the request to pass, and with which token.
    private func gift(of role: Name<Role>) -> (gift: Remedy, needs: TokenNeeds)? {
        let holder = client.map { "client \($0.name)" } ?? "requests without credentials"
        // What a token says of its subject bounds what the client may, and is bounded by it.
        let subject = token?.roles.map { roles in (roles: roles, isNew: !roles.contains(role.text)) }
        if !callerRoles.contains(role), let needs = needs(callerRoles + [role], subject?.roles) {
            return (Remedy("give \(holder) the role \(role)", edits(giving: role)), needs)
        }
        guard let subject, subject.isNew else { return nil }
        if let needs = needs(callerRoles, subject.roles + [role.text]) {
            return (Remedy("give the token's subject the role \(role)"), needs)
        }
        guard !callerRoles.contains(role), let needs = needs(callerRoles + [role], subject.roles + [role.text]) else {
            return nil
        }
        return (Remedy("give \(holder) and the token's subject the role \(role)", edits(giving: role)), needs)
    }

    /// What a token would have to say for some roles to permit the request: nothing when it passes as it is, and nil
    /// when no token would do.
    private func needs(_ roles: [Name<Role>], _ subjectRoles: [String]?) -> TokenNeeds? {
        if isPermitted(roles, subjectRoles, by: request) { return TokenNeeds() }
        guard case .some(let client) = decision.client else { return nil }
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
        guard let route, let method = request.method else { return false }
        var table = PathTable()
        guard table.read(request.target.span, literals: snapshot.literals) == nil else { return false }
        let members = snapshot.roleTable.members(of: roles)
        var search = RuleSearch(
            method: method, roles: RoleSet(0..<members.count, of: members.span),
            classification: route.classification)
        var matches = PatternMatches()
        snapshot.trie.findMatches(of: &table, routes: 0, &matches)
        search.run(snapshot, request, &table, &matches, members: members.span)
        return search.finding.isAllowed
    }
}
