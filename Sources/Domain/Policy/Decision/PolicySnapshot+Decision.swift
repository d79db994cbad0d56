// The decision: the steps of `DecisionStep`, in that order. Each step either names the reason why the request is denied,
// and that is the end of it, or says nothing; only what passed them all is allowed.

extension PolicySnapshot {
    /// Whether a request may pass, and if not, why; quotas are no part of it.
    ///
    /// Nothing is allocated for a request that is allowed, but for the roles that a token names.
    package func decision(for request: AccessRequest, revocations: RevocationSnapshot) -> Decision {
        var path = PathTable()
        if let problem = path.read(request.target.span, literals: literals) { return Decision(problem.reason) }
        return decision(for: request, path: path, revocations: revocations)
    }

    func decision(
        for request: AccessRequest, path: borrowing PathTable, revocations: RevocationSnapshot
    ) -> Decision {
        guard let method = request.method else { return Decision(.methodUnknown) }
        let pattern = routeTable.trie.mostSpecific(for: path)
        guard pattern != 0 else { return Decision(.routeUnknown) }
        guard let route = routeTable.route(pattern, method) else { return Decision(.methodNotAllowed) }
        let record = routeTable.records[Int(route.number)]

        switch request.caller {
        case .anonymous:
            let roles = Int(clientTable.anonymousRoles)
            guard clientTable.anonymousMayCall, record.scopeCount == 0 else {
                return Decision(.credentialsMissing, route: route)
            }
            let finding = permission(request, method, path, roles, client: nil, record.classification)
            guard finding.isAllowed else {
                // Whoever shows who they are may be allowed; whoever is denied by name of a rule is denied.
                let reason = finding.reason == .permissionDenied ? finding.reason : .credentialsMissing
                return Decision(reason, route: route, rule: finding.rule)
            }
            return Decision(.allowed, route: route, rule: finding.rule, cost: record.cost)
        case .refused(let reason):
            // Whoever was refused is refused, whatever reason was given for it.
            return Decision(reason == .allowed ? .credentialsInvalid : reason, route: route)
        case .client(let client, let credential):
            let facts = clientTable.records[Int(client.number)]
            if let reason = unusable(facts, at: request.time)
                ?? revocations.reason(against: credential, name(client), request.address)
            {
                return Decision(reason, route: route, client: client)
            }
            guard hasScopes(facts, record) else { return Decision(.scopeMissing, route: route, client: client) }
            let finding = permission(request, method, path, Int(facts.roles), client: client, record.classification)
            guard finding.isAllowed else {
                return Decision(finding.reason, route: route, client: client, rule: finding.rule)
            }
            return Decision(.allowed, route: route, client: client, rule: finding.rule, cost: record.cost)
        case .token(let client, let token):
            let facts = clientTable.records[Int(client.number)]
            if let reason = unusable(facts, at: request.time) ?? unusable(token, at: request.time)
                ?? revocations.reason(against: token, name(client), request.address)
            {
                return Decision(reason, route: route, client: client)
            }
            guard hasScopes(facts, record), hasScopes(token, record) else {
                return Decision(.scopeMissing, route: route, client: client)
            }
            var finding = permission(request, method, path, Int(facts.roles), client: client, record.classification)
            if let roles = token.roles, finding.reason != .permissionDenied {
                let subject = permission(request, method, path, roles, client, record.classification)
                // A deny in either beats everything; else what the client lacks comes first.
                if subject.reason == .permissionDenied || finding.isAllowed && !subject.isAllowed { finding = subject }
            }
            guard finding.isAllowed else {
                return Decision(finding.reason, route: route, client: client, rule: finding.rule)
            }
            return Decision(.allowed, route: route, client: client, rule: finding.rule, cost: record.cost)
        }
    }

    /// Of a client by name; the client as a whole would be copied.
    func name(_ client: ClientIndex) -> String { lists.clients[Int(client.number)].name.text }

    // MARK: - Authentication

    private func unusable(_ client: ClientTable.Record, at time: Timestamp) -> Reason? {
        if client.isSuspended { return .clientSuspended }
        return time >= client.expires ? .clientExpired : nil
    }

    private func unusable(_ token: TokenFacts, at time: Timestamp) -> Reason? {
        if time >= token.expires { return .tokenExpired }
        if let start = token.notBefore, time < start { return .tokenNotYetValid }
        return nil
    }

    // MARK: - Scopes

    private func hasScopes(_ client: ClientTable.Record, _ route: RouteTable.Record) -> Bool {
        for index in 0..<Int(route.scopeCount) {
            let scope = routeTable.scopes[Int(route.firstScope) + index]
            guard clientTable.scopes.contains(Int(scope), in: Int(client.scopes)) else { return false }
        }
        return true
    }

    private func hasScopes(_ token: TokenFacts, _ route: RouteTable.Record) -> Bool {
        for index in 0..<Int(route.scopeCount) {
            let scope = routeTable.scopes[Int(route.firstScope) + index]
            guard token.scopes.contains(lists.scopes[Int(scope)].name.text) else { return false }
        }
        return true
    }

    // MARK: - Permission

    private func permission(
        _ request: AccessRequest, _ method: Method, _ path: borrowing PathTable, _ roles: Int, client: ClientIndex?,
        _ classification: Classification
    ) -> RuleFinding {
        var search = RuleSearch(method: method, client: client, classification: classification)
        let members = roleTable.members
        let all = members.span
        search.run(self, request, path, roles: all.extracting(roleTable.range(roles)))
        return search.finding
    }

    /// For roles by name, as a token has them; names that are unknown give nothing.
    private func permission(
        _ request: AccessRequest, _ method: Method, _ path: borrowing PathTable, _ names: [String],
        _ client: ClientIndex, _ classification: Classification
    ) -> RuleFinding {
        let roles = roleTable.members(of: names)
        var search = RuleSearch(method: method, client: client, classification: classification)
        search.run(self, request, path, roles: roles.span)
        return search.finding
    }
}
