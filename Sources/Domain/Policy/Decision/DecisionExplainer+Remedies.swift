extension DecisionExplainer {
    /// What would let the request pass the step that denied it.
    var remedies: [String] {
        switch decision.reason {
        case .allowed: return []
        case .targetUnsupported, .pathTooLong, .pathAmbiguous: return ["send a path that every server reads alike"]
        case .methodUnknown: return ["use one of \(Method.allCases.map(\.name).joined(separator: ", "))"]
        case .routeUnknown: return ["create a route with a path like \(suggestedPattern)"]
        case .methodNotAllowed:
            let method = request.method?.name ?? ""
            return routesOnPath.prefix(3).map { "add \(method) to the methods of route \($0.name)" }
        case .credentialsMissing: return ["send the credentials of a client"] + roleRemedies
        case .credentialsInvalid, .tokenInvalid: return ["send credentials that are good"]
        case .credentialExpired: return ["issue the client a new credential"]
        case .clientUnknown: return ["create the client"]
        case .clientSuspended: return client.map { ["set the status of client \($0.name) to active"] } ?? []
        case .clientExpired: return client.map { ["give client \($0.name) a later time of expiry, or none"] } ?? []
        case .tokenNotYetValid: return ["wait until the token is valid"]
        case .tokenExpired, .tokenRevoked, .familyRevoked, .subjectRevoked, .issuerRevoked, .addressRevoked,
            .everythingRevoked, .clientRevoked:
            return ["get a new token"]
        case .credentialRevoked: return ["issue the client a new credential"]
        case .scopeMissing: return scopeRemedies
        case .permissionDenied:
            guard let rule = decision.rule.map(snapshot.rule) else { return [] }
            let whose = client.map { "client \($0.name)" } ?? "requests without credentials"
            return [
                "narrow permission \(rule.position + 1) of role \(rule.role), which denies",
                "take the role that brings \(rule.role) from \(whose)",
            ]
        case .noPermission: return roleRemedies
        case .addressCondition, .timeCondition, .ownerCondition, .classificationCondition, .mutualTLSCondition,
            .authenticationLevelCondition, .tokenAgeCondition, .headerCondition:
            let needs = decision.rule.map { index in
                let rule = snapshot.rule(index)
                let words = rule.permission.conditions.map(\.words).joined(separator: " and ")
                return "meet what permission \(rule.position + 1) of role \(rule.role) asks: \(words)"
            }
            return [needs].compactMap(\.self) + roleRemedies
        case .clientQuota, .tierQuota, .anonymousQuota: return ["wait, or raise the quota"]
        case .counterFailed: return ["mend the store of counters"]
        }
    }

    private var scopeRemedies: [String] {
        guard let route, let client else { return [] }
        return route.requiredScopes.compactMap { scope in
            let isAllowed = client.scopes.contains(scope)
            let isThere = token?.scopes.contains(scope.text) ?? true
            switch (isAllowed, isThere) {
            case (true, true): return nil
            case (true, false): return "add scope \(scope) to the token"
            case (false, true): return "allow client \(client.name) the scope \(scope)"
            case (false, false): return "allow client \(client.name) the scope \(scope), and add it to the token"
            }
        }
    }

    /// The roles that would be enough, those that permit the least first; a new permission when there is none.
    private var roleRemedies: [String] {
        guard let route, let method = request.method else { return [] }
        // Whether the client lacks the role, or only what the token says of its subject.
        let isSubject = token?.roles != nil && isPermitted(by: callerRoles)
        let given = isSubject ? (token?.roles ?? []).compactMap { try? Name<Role>($0) } : callerRoles
        var enough: [(size: Int, name: Name<Role>)] = []
        for role in snapshot.lists.roles where !given.contains(role.name) && isPermitted(by: given + [role.name]) {
            enough.append((breadth(of: role.name), role.name))
        }
        enough.sort { ($0.size, $0.name) < ($1.size, $1.name) }
        let whom =
            isSubject ? "the token's subject" : client.map { "client \($0.name)" } ?? "requests without credentials"
        if enough.isEmpty {
            return ["add a permission to a role of \(whom): allow \(method.name) on \(route.pattern)"]
        }
        return enough.prefix(3).map { "give \(whom) the role \($0.name)" }
    }

    /// How many routes a role is about, counted by method: a role for everything is the last to give.
    private func breadth(of role: Name<Role>) -> Int {
        let allows = rules(of: [role]).map { snapshot.rule($0).permission }.filter { $0.effect == .allow }
        return snapshot.lists.routes.reduce(0) { count, route in
            let methods = allows.filter { $0.concerns(route) }.reduce(MethodSet()) { $0.union($1.methods) }
            return count + methods.intersection(route.methods).methods.count
        }
    }

    /// Whether roles would permit the request.
    private func isPermitted(by roles: [Name<Role>]) -> Bool {
        guard let route, let method = request.method else { return false }
        var table = PathTable()
        guard table.read(request.target.span, literals: snapshot.literals) == nil else { return false }
        let client: ClientIndex? =
            switch request.caller {
            case .anonymous, .refused: nil
            case .client(let index, _), .token(let index, _): index
            }
        var search = RuleSearch(method: method, client: client, classification: route.classification)
        let members = snapshot.roleTable.members(of: roles.map(\.text))
        search.run(snapshot, request, table, roles: members.span)
        return search.finding.isAllowed
    }

    /// The path with a variable in the place of each segment that a pattern can't name.
    private var suggestedPattern: String {
        let parts = path.segments.enumerated().map { index, segment in
            (try? RoutePattern("/" + segment)) != nil && segment != "*" ? segment : "{part\(index + 1)}"
        }
        return "/" + parts.joined(separator: "/")
    }
}
