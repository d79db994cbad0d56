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
        case .credentialsMissing:
            // No role gives a scope, and only a client has some.
            let isScoped = route.map { !$0.requiredScopes.isEmpty } ?? true
            return ["send the credentials of a client"] + (isScoped ? [] : accessRemedies)
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
        case .noPermission: return accessRemedies
        case .addressCondition, .timeCondition, .ownerCondition, .classificationCondition, .mutualTLSCondition,
            .authenticationLevelCondition, .tokenAgeCondition, .headerCondition:
            let remedies = accessRemedies
            // A token that would do says the same in fewer words.
            if remedies.first?.hasPrefix(TokenNeeds.verb) == true { return remedies }
            let needs = decision.rule.map { index in
                let rule = snapshot.rule(index)
                let words = rule.permission.conditions.map(\.words).joined(separator: " and ")
                return "meet what permission \(rule.position + 1) of role \(rule.role) asks: \(words)"
            }
            return [needs].compactMap(\.self) + remedies
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

    /// The path with a variable in the place of each segment that a pattern can't name.
    private var suggestedPattern: String {
        let parts = path.segments.enumerated().map { index, segment in
            (try? RoutePattern("/" + segment)) != nil && segment != "*" ? segment : "{part\(index + 1)}"
        }
        return "/" + parts.joined(separator: "/")
    }
}
