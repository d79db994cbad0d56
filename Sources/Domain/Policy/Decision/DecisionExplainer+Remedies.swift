// What would let a denied request pass. From the step that failed on, each later step is looked at as if those before it
// had passed, and what it lacks is collected: what is called a remedy is all that it takes.

extension DecisionExplainer {
    var remedies: [Remedy] {
        switch decision.reason.step {
        case .path:
            guard decision.reason == .methodUnknown else { return [Self.plainPath] }
            let methods = Method.allCases.map(\.name).joined(separator: ", ")
            return [Remedy("use one of \(methods)", next: "whatever is asked for that method")]
        case .route: return routeRemedies
        case .authentication, .revocation, .scope, .permission: return continued(emptyPlan)
        case .quota:
            if decision.isAllowed { return [] }
            return [
                Remedy(decision.reason == .counterFailed ? "mend the store of counters" : "wait, or raise the quota")
            ]
        }
    }

    static let plainPath = Remedy(
        "send a path that every server reads alike", next: "whatever is asked for that path")

    // MARK: - Route

    private var routeRemedies: [Remedy] {
        if decision.reason == .routeUnknown {
            let text = "create a route with a path like \(suggestedPattern)"
            guard let route = suggestedRoute else { return [Remedy(text, next: asked)] }
            var later = self
            later.assumedRoute = route
            let edits = [PolicyEdit(key: ItemKey(route.name), before: nil, after: .route(route))]
            let isEnough = later.continued(later.emptyPlan).contains { $0.isWhole && $0.text.isEmpty }
            return [Remedy(text, edits, next: isEnough ? nil : later.asked)]
        }
        guard let method = request.method else { return [] }
        return routesOnPath.prefix(3).flatMap { route in
            var later = self
            var changed = route
            changed.methods.formUnion(.init([method]))
            later.assumedRoute = changed
            var plan = emptyPlan.adding("add \(method.name) to the methods of route \(route.name)")
            plan.edits = [PolicyEdit(.route(route), to: .route(changed))]
            return later.continued(plan)
        }
    }

    // MARK: - Authentication and revocation

    /// What the steps from authentication on lack, with what is in the plan already.
    private func continued(_ plan: RemedyPlan) -> [Remedy] {
        switch request.caller {
        case .anonymous:
            let credentials = remedy(plan.adding("send the credentials of a client"), next: asked)
            // No role gives a scope, and only a client has some.
            guard let route, route.requiredScopes.isEmpty else { return [credentials] }
            let access = accessRemedies(plan)
            // Whoever is denied by a rule isn't helped by saying who they are, unless they are somebody else then.
            return access.first?.isWhole == true && access.first?.text.isEmpty == true ? access : [credentials] + access
        case .refused(let reason):
            if reason == .clientUnknown { return Remedy.forStranger(nil, next: asked) }
            let isOver = reason == .credentialExpired || reason == .credentialRevoked
            let words = isOver ? "issue the client a new credential" : "send credentials that are good"
            return [remedy(plan.adding(words), next: asked)]
        case .client(let index, let credential):
            var plan = plan
            var later = self
            addAccount(to: &plan)
            let name = snapshot.client(index).name.text
            if revocations.reason(against: credential, name, request.address) != nil {
                let new = CredentialFacts(issued: Self.afterAll)
                guard revocations.reason(against: new, name, request.address) == nil else { return [] }
                plan.parts.append("issue the client a new credential")
                later.request.caller = .client(index, CredentialFacts(issued: request.time))
            }
            return later.scoped(plan)
        case .token(let index, let token):
            var plan = plan
            var later = self
            addAccount(to: &plan)
            let name = snapshot.client(index).name.text
            let revoked = revocations.reason(against: token, name, request.address)
            if revoked != nil || request.time >= token.expires {
                guard revocations.reason(against: token.renewed(at: Self.afterAll), name, request.address) == nil else {
                    return []
                }
                plan.parts.append(
                    revoked == .credentialRevoked
                        ? "issue the client a new credential, and get a new token with it" : "get a new token")
                later.request.caller = .token(index, token.renewed(at: request.time))
            } else if let start = token.notBefore, request.time < start {
                plan.parts.append("wait until the token is valid")
                later.request.time = start
            }
            return later.scoped(plan)
        }
    }

    /// Later than every revocation that isn't for good.
    private static let afterAll = Timestamp(microseconds: Timestamp.distantFuture.microseconds - 1)

    private func addAccount(to plan: inout RemedyPlan) {
        guard let client else { return }
        if client.status == .suspended {
            plan.parts.append("set the status of client \(client.name) to active")
            plan.client?.status = .active
        }
        if let end = client.expires, request.time >= end {
            plan.parts.append("give client \(client.name) a later time of expiry, or none")
            plan.client?.expires = nil
        }
    }

    // MARK: - Scopes

    private func scoped(_ plan: RemedyPlan) -> [Remedy] {
        guard let route, let client else { return [] }
        var plan = plan
        let refused = route.requiredScopes.filter { !client.scopes.contains($0) }
        let absent = token.map { token in route.requiredScopes.filter { !token.scopes.contains($0.text) } } ?? []
        plan.client?.scopes += refused
        if !refused.isEmpty {
            let allowing = "allow client \(client.name) \(Self.words(refused))"
            let them = refused.count == 1 ? "it" : "them"
            plan.parts.append(refused == absent ? "\(allowing), and add \(them) to the token" : allowing)
        }
        if !absent.isEmpty, refused != absent {
            plan.parts.append("add \(Self.words(absent, article: false)) to the token")
        }
        return accessRemedies(plan)
    }

    private static func words(_ scopes: [Name<Scope>], article: Bool = true) -> String {
        let names = scopes.map(\.text).joined(separator: ", ")
        return (article || scopes.count > 1 ? "the " : "") + (scopes.count == 1 ? "scope " : "scopes ") + names
    }
}

extension TokenFacts {
    /// A new token that says the same.
    fileprivate func renewed(at time: Timestamp) -> TokenFacts {
        TokenFacts(
            subject: subject, issuer: issuer, scopes: scopes, roles: roles, claims: claims,
            authenticationLevel: authenticationLevel, issued: time, expires: .distantFuture)
    }
}
