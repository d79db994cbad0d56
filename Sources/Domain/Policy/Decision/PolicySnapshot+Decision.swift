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

    /// Decides several requests, each as if it came alone, and faster than one by one: most of a decision is waiting for
    /// memory, and here it is asked for the next ones' while that of the first is on its way.
    ///
    /// - Parameter requests: Lent for writing, though nobody writes, because what is lent for reading is copied.
    package func decide(
        _ requests: inout [AccessRequest], revocations: RevocationSnapshot, _ body: (Int, Decision) -> Void
    ) {
        var path = PathTable()
        var callers: [CallerFacts] = []
        callers.reserveCapacity(Self.together)
        var span = requests.mutableSpan
        var start = 0
        while start < span.count {
            let end = min(start + Self.together, span.count)
            callers.removeAll(keepingCapacity: true)
            let isWell = isWell(&span, start..<end)
            for index in start..<end { callers.append(callerFacts(lent: &span[index], isWell)) }
            for index in start..<end {
                body(index, decision(lent: &span[index], callers[index - start], &path, revocations))
            }
            start = end
        }
    }

    /// Whether there is nothing that `authenticationProblem` could find in any of some requests, and all ask for paths.
    ///
    /// It is also what asks for the memory: so little is done for each that all have to be answered at once.
    @inline(never)
    private func isWell(_ requests: inout MutableSpan<AccessRequest>, _ range: Range<Int>) -> Bool {
        for index in range {
            let time = requests[index].time
            switch requests[index].caller {
            case .anonymous, .refused: break
            case .client(let client, _):
                guard clientTable.lines[Int(client.number)].isGood(at: time) else { return false }
            case .token(let client, let token):
                guard clientTable.lines[Int(client.number)].isGood(at: time), token.isGood(at: time) else {
                    return false
                }
            }
            guard requests[index].target.first == Byte.slash else { return false }
        }
        return true
    }

    private func callerFacts(lent request: inout AccessRequest, _ isWell: Bool) -> CallerFacts {
        callerFacts(request, isWell: isWell)
    }

    private func decision(
        lent request: inout AccessRequest, _ caller: CallerFacts, _ path: inout PathTable,
        _ revocations: RevocationSnapshot
    ) -> Decision {
        decision(for: request, by: caller, reading: &path, revocations: revocations)
    }

    /// As many as a processor waits for at once.
    private static let together = 16

    /// - Parameter path: Becomes the request's; lent for writing to the end, since it would be copied otherwise.
    func decision(
        for request: AccessRequest, reading path: inout PathTable, revocations: RevocationSnapshot
    ) -> Decision {
        // Asked first and used last: the caller lies far away in memory, and the path can be read while that comes.
        let caller = callerFacts(request)
        return decision(for: request, by: caller, reading: &path, revocations: revocations)
    }

    private func decision(
        for request: AccessRequest, by caller: CallerFacts, reading path: inout PathTable,
        revocations: RevocationSnapshot
    ) -> Decision {
        guard caller.asksForPath else { return Decision(PathProblem.notAPath.reason) }
        if let problem = path.read(request.target.span, literals: literals) { return Decision(problem.reason) }
        guard let method = request.method else { return Decision(.methodUnknown) }
        var matches = PatternMatches()
        trie.findMatches(of: &path, routes: routeTable.patternCount, &matches)
        guard matches.route != 0 else { return Decision(.routeUnknown) }
        guard let route = routeTable.route(matches.route, method) else { return Decision(.methodNotAllowed) }
        let record = routeTable.records[Int(route.number)]
        var search = RuleSearch(method: method, roles: caller.line.roles, classification: record.classification)

        switch caller.kind {
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
        case .client(let client):
            if let reason = caller.problem ?? reason(in: revocations, against: request, client) {
                return Decision(reason, route: route, client: client)
            }
            guard hasScopes(caller.line, record), record.scopeCount == 0 || tokenHasScopes(request, record) else {
                return Decision(.scopeMissing, route: route, client: client)
            }
            var finding = search.finding(self, request, &path, &matches)
            if let roles = tokenRoles(request), finding.reason != .permissionDenied {
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

    // MARK: - Who asks

    // Each of these is a call of its own: within the decision the caller's token would be counted as one more reference,
    // which makes the processor wait for it, and all threads wait for each other.

    @inline(never)
    private func callerFacts(_ request: AccessRequest, isWell: Bool = false) -> CallerFacts {
        let (kind, line): (CallerFacts.Kind, ClientLine)
        switch request.caller {
        case .anonymous: (kind, line) = (.anonymous, clientTable.anonymousLine)
        case .refused(let reason): (kind, line) = (.refused(reason), clientTable.anonymousLine)
        case .client(let client, _), .token(let client, _):
            (kind, line) = (.client(client), clientTable.lines[Int(client.number)])
        }
        return CallerFacts(
            kind: kind, line: line, problem: isWell ? nil : authenticationProblem(request, line),
            asksForPath: isWell || request.target.first == Byte.slash)
    }

    /// Why a client or its token is no good at this time, before anybody asks whether it was revoked.
    @inline(never)
    private func authenticationProblem(_ request: AccessRequest, _ line: ClientLine) -> Reason? {
        if line.isSuspended { return .clientSuspended }
        if request.time >= line.expires { return .clientExpired }
        guard case .token(_, let token) = request.caller else { return nil }
        if request.time >= token.expires { return .tokenExpired }
        if let start = token.notBefore, request.time < start { return .tokenNotYetValid }
        return nil
    }

    private func reason(
        in revocations: RevocationSnapshot, against request: AccessRequest, _ client: ClientIndex
    ) -> Reason? {
        revocations.isEmpty ? nil : revocationReason(revocations, request, client)
    }

    @inline(never)
    private func revocationReason(
        _ revocations: RevocationSnapshot, _ request: AccessRequest, _ client: ClientIndex
    ) -> Reason? {
        switch request.caller {
        case .anonymous, .refused: .credentialsInvalid
        case .client(_, let credential): revocations.reason(against: credential, name(client), request.address)
        case .token(_, let token): revocations.reason(against: token, name(client), request.address)
        }
    }

    // MARK: - Scopes

    private func hasScopes(_ client: ClientLine, _ route: RouteTable.Record) -> Bool {
        for index in 0..<Int(route.scopeCount) {
            let scope = routeTable.scopes[Int(route.firstScope) + index]
            guard client.allows(scope, clientTable.scopes) else { return false }
        }
        return true
    }

    /// Whether the token has what the route requires; who comes without one has what the client has.
    @inline(never)
    private func tokenHasScopes(_ request: AccessRequest, _ route: RouteTable.Record) -> Bool {
        switch request.caller {
        case .anonymous, .refused: return false
        case .client: return true
        case .token(_, let token):
            for index in 0..<Int(route.scopeCount) {
                let scope = routeTable.scopes[Int(route.firstScope) + index]
                let name = lists.scopes[Int(scope)].name.text
                guard token.scopes.contains(where: { $0.isExactly(name) }) else { return false }
            }
            return true
        }
    }

    /// What a token says of its subject's roles; nil when it says nothing, or there is none.
    @inline(never)
    private func tokenRoles(_ request: AccessRequest) -> [String]? {
        guard case .token(_, let token) = request.caller else { return nil }
        return token.roles
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
