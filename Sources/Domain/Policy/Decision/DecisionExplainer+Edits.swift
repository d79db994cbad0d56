// What remedies change in the policy, beside the caller's client and the settings.

extension DecisionExplainer {
    func edits(of route: Route, _ change: (inout Route) -> Void) -> [PolicyEdit] {
        var changed = route
        change(&changed)
        return [PolicyEdit(.route(route), to: .route(changed))]
    }

    /// The caller's roles without those that bring another one.
    func roles(without role: Name<Role>) -> [Name<Role>] {
        callerRoles.filter { own in
            own != role
                && !snapshot.roleTable.members(of: [own.text]).contains { snapshot.roleTable.names[Int($0)] == role }
        }
    }

    /// Adds a permission to a role.
    func edits(allowing method: Method, on route: Route, to name: Name<Role>) -> [PolicyEdit] {
        guard case .role(let role)? = snapshot.policy[ItemKey(name)] else { return [] }
        var changed = role
        changed.permissions.append(Permission(methods: .init([method]), pattern: route.pattern))
        return [PolicyEdit(.role(role), to: .role(changed))]
    }

    /// A route for the request's path, with a name made of it; nil where no pattern can be written for it that stands
    /// beside the others.
    var suggestedRoute: Route? {
        guard let method = request.method, let pattern = try? RoutePattern(suggestedPattern) else { return nil }
        let clashes = snapshot.lists.routes.contains { route in
            route.pattern.overlaps(pattern) && !route.pattern.covers(pattern) && !pattern.covers(route.pattern)
        }
        guard !clashes else { return nil }
        return Route(name: snapshot.policy.unusedRouteName(for: pattern), pattern: pattern, methods: .init([method]))
    }

    /// The path with a variable in the place of each segment that a pattern can't name.
    var suggestedPattern: String {
        let parts = path.segments.enumerated().map { index, segment in
            (try? RoutePattern("/" + segment)) != nil && segment != "*" ? segment : "{part\(index + 1)}"
        }
        return "/" + parts.joined(separator: "/")
    }
}
