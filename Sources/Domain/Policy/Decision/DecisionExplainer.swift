// Words for a decision. Slow and thorough: it goes through all permissions of the caller's roles by path.

struct DecisionExplainer {
    static let mostNotes = 20

    let snapshot: PolicySnapshot
    var request: AccessRequest
    let path: CanonicalPath
    let decision: Decision
    let revocations: RevocationSnapshot
    /// The route that there would be, where the decision found none.
    var assumedRoute: Route?

    func notes(on step: DecisionStep) -> [String] {
        switch step {
        case .path:
            if request.method == nil {
                return ["the method is none of \(Method.allCases.map(\.name).joined(separator: ", "))"]
            }
            return ["\(SafeText.quoted(path.description)) reads the same everywhere"]
        case .route: return routeNotes
        case .authentication: return authenticationNotes
        case .revocation:
            return decision.reason.step == .revocation
                ? [
                    "\(Self.revokedThings[decision.reason] ?? "something") was revoked, as of epoch \(revocations.epoch)"
                ]
                : ["nothing about it was revoked, as of epoch \(revocations.epoch)"]
        case .scope: return scopeNotes
        case .permission: return permissionNotes
        case .quota: return []
        }
    }

    var client: Client? {
        switch request.caller {
        case .anonymous, .refused: nil
        case .client(let index, _), .token(let index, _): snapshot.client(index)
        }
    }

    var token: TokenFacts? {
        switch request.caller {
        case .anonymous, .refused, .client: nil
        case .token(_, let token): token
        }
    }

    var route: Route? { decision.route.map(snapshot.route) ?? assumedRoute }

    /// Those that share the path of the request.
    var routesOnPath: [Route] {
        let matching = snapshot.lists.routes.filter { path.matches($0.pattern) }
        guard let best = matching.first(where: { route in matching.allSatisfy { $0.pattern.covers(route.pattern) } })
        else { return [] }
        return matching.filter { best.pattern.covers($0.pattern) }
    }

    private var routeNotes: [String] {
        if let route {
            return ["route \(route.name): \(route.pattern), \(route.classification.name), cost \(route.cost)"]
        }
        let others = routesOnPath
        if others.isEmpty { return ["no route has this path"] }
        return others.map {
            "route \($0.name) has this path, for \($0.methods.methods.map(\.name).joined(separator: ", "))"
        }
    }

    private var authenticationNotes: [String] {
        switch request.caller {
        case .anonymous:
            let roles = snapshot.policy.settings.anonymousRoles.map(\.text)
            guard decision.reason == .credentialsMissing else {
                return ["no credentials; such requests have the roles \(roles.joined(separator: ", "))"]
            }
            if roles.isEmpty { return ["no credentials; no request may do without"] }
            if let route, !route.requiredScopes.isEmpty {
                return ["no credentials; the route needs scopes, which only a client has"]
            }
            return ["no credentials; the roles without them (\(roles.joined(separator: ", "))) don't permit this"]
        case .refused: return ["credentials came, and they are no good: \(decision.reason.code)"]
        case .client(let index, _):
            return ["client \(snapshot.client(index).name), \(snapshot.client(index).status.name), by a credential"]
        case .token(let index, let token):
            let subject = token.subject.isEmpty ? "itself" : "subject \(SafeText.quoted(token.subject))"
            let who =
                "client \(snapshot.client(index).name), \(snapshot.client(index).status.name), by a token for \(subject)"
            // A log doesn't say when a token ends.
            guard token.expires != .distantFuture else { return [who] }
            return [who, "the token ends at \(TimeText.shortRFC3339(token.expires))"]
        }
    }

    private static let revokedThings: [Reason: String] = [
        .tokenRevoked: "the token", .familyRevoked: "the token's family", .credentialRevoked: "the credential",
        .clientRevoked: "what the client was given until then",
        .subjectRevoked: "what the subject was given until then",
        .issuerRevoked: "what the issuer gave until then",
        .addressRevoked: "what was given until then to this address, or calls from it",
        .everythingRevoked: "everything that was given until then",
    ]

    private var scopeNotes: [String] {
        guard let route, !route.requiredScopes.isEmpty else { return ["the route needs no scope"] }
        return route.requiredScopes.map { scope in
            let isAllowed = client?.scopes.contains(scope) ?? false
            let isThere = token?.scopes.contains(scope.text) ?? isAllowed
            switch (isAllowed, isThere) {
            case (true, true): return "scope \(scope): there"
            case (true, false): return "scope \(scope): the client may have it, and the token doesn't"
            case (false, _): return "scope \(scope): the client isn't allowed it"
            }
        }
    }
}
