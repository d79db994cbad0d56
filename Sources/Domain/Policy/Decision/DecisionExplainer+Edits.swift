// What remedies change in the policy.

extension DecisionExplainer {
    func edits(of client: Client?, _ change: (inout Client) -> Void) -> [PolicyEdit] {
        guard let client else { return [] }
        var changed = client
        change(&changed)
        return [PolicyEdit(.client(client), to: .client(changed))]
    }

    func edits(of route: Route, _ change: (inout Route) -> Void) -> [PolicyEdit] {
        var changed = route
        change(&changed)
        return [PolicyEdit(.route(route), to: .route(changed))]
    }

    /// Gives a role to whoever asked.
    func edits(giving role: Name<Role>) -> [PolicyEdit] {
        guard client == nil else { return edits(of: client) { $0.roles.append(role) } }
        return editsOfAnonymousRoles { $0.append(role) }
    }

    /// Takes the roles that bring another one from whoever asked.
    func edits(takingAway role: Name<Role>) -> [PolicyEdit] {
        let others = callerRoles.filter { own in
            own != role
                && !snapshot.roleTable.members(of: [own.text]).contains { snapshot.roleTable.names[Int($0)] == role }
        }
        guard others.count < callerRoles.count else { return [] }
        guard client == nil else { return edits(of: client) { $0.roles = others } }
        return editsOfAnonymousRoles { $0 = others }
    }

    /// Adds what is missing to the first role of whoever asked.
    func edits(allowing method: Method, on route: Route) -> [PolicyEdit] {
        guard let name = callerRoles.first, case .role(let role)? = snapshot.policy[ItemKey(name)] else { return [] }
        var changed = role
        changed.permissions.append(Permission(methods: .init([method]), pattern: route.pattern))
        return [PolicyEdit(.role(role), to: .role(changed))]
    }

    /// A route for the request's path, with a name made of it.
    func editsDeclaring(_ pattern: String) -> [PolicyEdit] {
        guard let method = request.method, let pattern = try? RoutePattern(pattern) else { return [] }
        let route = Route(
            name: snapshot.policy.unusedRouteName(for: pattern), pattern: pattern, methods: .init([method]))
        return [PolicyEdit(key: PolicyItem.route(route).key, before: nil, after: .route(route))]
    }

    private func editsOfAnonymousRoles(_ change: (inout [Name<Role>]) -> Void) -> [PolicyEdit] {
        var settings = snapshot.policy.settings
        change(&settings.anonymousRoles)
        return [PolicyEdit(key: .settings, before: snapshot.policy[.settings], after: .settings(settings))]
    }
}

extension PolicyEdit {
    fileprivate init(_ before: PolicyItem, to after: PolicyItem) {
        self.init(key: before.key, before: before, after: after)
    }
}
