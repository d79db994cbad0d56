// The decision: the steps of `DecisionStep`, in that order. Each step either names the reason why the request is denied,
// and that is the end of it, or says nothing; only what passed them all is allowed.

extension PolicySnapshot {
    /// Whether a request may pass, and if not, why; quotas are no part of it.
    ///
    /// Nothing is allocated for a request that is allowed, but for the roles that a token names.
    package func decision(for request: AccessRequest, revocations: RevocationSnapshot) -> Decision {
        var path = PathTable()
        return decision(for: request, reading: &path, revocations: revocations)
    }

    /// - Parameter path: Becomes the request's; lent for writing to the end, since it would be copied otherwise.
    func decision(
        for request: AccessRequest, reading path: inout PathTable, revocations: RevocationSnapshot
    ) -> Decision {
        // Asked first and used last: the caller lies far away in memory, and the path can be read while that comes.
        let caller = callerLine(request)
        let problem = authenticationProblem(request, caller)
        if let problem = path.read(request.target.span, literals: literals) { return Decision(problem.reason) }
        guard let method = request.method else { return Decision(.methodUnknown) }
        var matches = PatternMatches()
        trie.findMatches(of: &path, routes: routeTable.patternCount, &matches)
        guard matches.route != 0 else { return Decision(.routeUnknown) }
        guard let route = routeTable.route(matches.route, method) else { return Decision(.methodNotAllowed) }
        let record = routeTable.records[Int(route.number)]
        var search = RuleSearch(method: method, roles: caller.roles, classification: record.classification)

        switch request.caller {
        case .anonymous:
            guard clientTable.anonymousMayCall, record.scopeCount == 0 else {
                return Decision(.credentialsMissing, route: route)
            }
            let finding = search.finding(self, request, &path, &matches)
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
            if let reason = problem ?? reason(in: revocations, against: credential, client, request.address) {
                return Decision(reason, route: route, client: client)
            }
            guard hasScopes(caller, record) else { return Decision(.scopeMissing, route: route, client: client) }
            let finding = search.finding(self, request, &path, &matches)
            guard finding.isAllowed else {
                return Decision(finding.reason, route: route, client: client, rule: finding.rule)
            }
            return Decision(.allowed, route: route, client: client, rule: finding.rule, cost: record.cost)
        case .token(let client, let token):
            if let reason = problem ?? reason(in: revocations, against: token, client, request.address) {
                return Decision(reason, route: route, client: client)
            }
            guard hasScopes(caller, record), hasScopes(token, record) else {
                return Decision(.scopeMissing, route: route, client: client)
            }
            var finding = search.finding(self, request, &path, &matches)
            if let roles = token.roles, finding.reason != .permissionDenied {
                let subject = self.finding(for: roles, like: search, request, &path, &matches)
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

    /// What is known of the client that asks, or of anonymous callers.
    ///
    /// A call of its own, like the next: within the decision the caller's token would be counted as one more reference,
    /// which makes the processor wait for it.
    @inline(never)
    private func callerLine(_ request: AccessRequest) -> ClientTable.Line {
        guard let client = request.client else { return clientTable.anonymousLine }
        return clientTable.lines[Int(client.number)]
    }

    /// Why a client or its token is no good at this time, before anybody asks whether it was revoked.
    @inline(never)
    private func authenticationProblem(_ request: AccessRequest, _ line: ClientTable.Line) -> Reason? {
        if line.isSuspended { return .clientSuspended }
        if request.time >= line.expires { return .clientExpired }
        guard case .token(_, let token) = request.caller else { return nil }
        if request.time >= token.expires { return .tokenExpired }
        if let start = token.notBefore, request.time < start { return .tokenNotYetValid }
        return nil
    }

    // MARK: - Revocation

    private func reason(
        in revocations: RevocationSnapshot, against credential: CredentialFacts, _ client: ClientIndex,
        _ address: IPAddress?
    ) -> Reason? {
        revocations.isEmpty ? nil : revocations.reason(against: credential, name(client), address)
    }

    private func reason(
        in revocations: RevocationSnapshot, against token: TokenFacts, _ client: ClientIndex, _ address: IPAddress?
    ) -> Reason? {
        revocations.isEmpty ? nil : revocations.reason(against: token, name(client), address)
    }

    // MARK: - Scopes

    private func hasScopes(_ client: ClientTable.Line, _ route: RouteTable.Record) -> Bool {
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

    /// What roles by name permit, as a token has them; names that are unknown give nothing.
    private func finding(
        for names: [String], like search: RuleSearch, _ request: AccessRequest, _ path: inout PathTable,
        _ matches: inout PatternMatches
    ) -> RuleFinding {
        let members = roleTable.members(of: names)
        var search = RuleSearch(
            method: search.method, roles: RoleSet(0..<members.count, of: members.span),
            classification: search.classification)
        search.run(self, request, &path, &matches, members: members.span)
        return search.finding
    }
}
