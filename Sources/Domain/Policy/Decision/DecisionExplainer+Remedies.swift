extension DecisionExplainer {
    /// What would let the request pass the step that denied it.
    var remedies: [Remedy] {
        switch decision.reason {
        case .allowed: return []
        case .targetUnsupported, .pathTooLong, .pathAmbiguous: return [Remedy(Self.plainPath)]
        case .methodUnknown: return [Remedy("use one of \(Method.allCases.map(\.name).joined(separator: ", "))")]
        case .routeUnknown:
            let pattern = suggestedPattern
            return [Remedy("create a route with a path like \(pattern)", editsDeclaring(pattern))]
        case .methodNotAllowed:
            return routesOnPath.prefix(3).map { route in
                Remedy(
                    "add \(request.method?.name ?? "") to the methods of route \(route.name)",
                    edits(of: route) { changed in
                        if let method = request.method { changed.methods.formUnion(.init([method])) }
                    })
            }
        case .credentialsMissing:
            // No role gives a scope, and only a client has some.
            let isScoped = route.map { !$0.requiredScopes.isEmpty } ?? true
            return [Remedy("send the credentials of a client")] + (isScoped ? [] : accessRemedies)
        case .credentialsInvalid, .tokenInvalid: return [Remedy("send credentials that are good")]
        case .credentialExpired, .credentialRevoked: return [Remedy("issue the client a new credential")]
        case .clientUnknown: return Remedy.forStranger(nil)
        case .clientSuspended:
            return client.map { client in
                [
                    Remedy(
                        "set the status of client \(client.name) to active", edits(of: client) { $0.status = .active })
                ]
            } ?? []
        case .clientExpired:
            return client.map { client in
                [
                    Remedy(
                        "give client \(client.name) a later time of expiry, or none",
                        edits(of: client) { $0.expires = nil })
                ]
            } ?? []
        case .tokenNotYetValid: return [Remedy("wait until the token is valid")]
        case .tokenExpired, .tokenRevoked, .familyRevoked, .subjectRevoked, .issuerRevoked, .addressRevoked,
            .everythingRevoked, .clientRevoked:
            return [Remedy("get a new token")]
        case .scopeMissing: return scopeRemedies
        case .permissionDenied: return denyRemedies
        case .noPermission: return accessRemedies
        case .addressCondition, .timeCondition, .ownerCondition, .classificationCondition, .mutualTLSCondition,
            .authenticationLevelCondition, .tokenAgeCondition, .headerCondition:
            let remedies = accessRemedies
            // A token that would do says the same in fewer words.
            if remedies.first?.text.hasPrefix(TokenNeeds.verb) == true { return remedies }
            let needs = decision.rule.map { index in
                let rule = snapshot.rule(index)
                let words = rule.permission.conditions.map(\.words).joined(separator: " and ")
                return Remedy("meet what permission \(rule.position + 1) of role \(rule.role) asks: \(words)")
            }
            return [needs].compactMap(\.self) + remedies
        case .clientQuota, .tierQuota, .anonymousQuota: return [Remedy("wait, or raise the quota")]
        case .counterFailed: return [Remedy("mend the store of counters")]
        }
    }

    static let plainPath = "send a path that every server reads alike"

    private var denyRemedies: [Remedy] {
        guard let rule = decision.rule.map(snapshot.rule) else { return [] }
        let whose = client.map { "client \($0.name)" } ?? "requests without credentials"
        return [
            Remedy("narrow permission \(rule.position + 1) of role \(rule.role), which denies"),
            Remedy("take the role that brings \(rule.role) from \(whose)", edits(takingAway: rule.role)),
        ]
    }

    private var scopeRemedies: [Remedy] {
        guard let route, let client else { return [] }
        return route.requiredScopes.compactMap { scope in
            let isAllowed = client.scopes.contains(scope)
            let isThere = token?.scopes.contains(scope.text) ?? true
            let allowing = isAllowed ? [] : edits(of: client) { $0.scopes.append(scope) }
            switch (isAllowed, isThere) {
            case (true, true): return nil
            case (true, false): return Remedy("add scope \(scope) to the token")
            case (false, true): return Remedy("allow client \(client.name) the scope \(scope)", allowing)
            case (false, false):
                return Remedy("allow client \(client.name) the scope \(scope), and add it to the token", allowing)
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
