// Denies that go, and restricted routes that open.

extension DangerSearch {
    mutating func compare(_ before: Role, _ after: Role) {
        for permission in after.permissions where permission.effect == .allow && permission.pattern.isWild {
            let wasThere = before.permissions.contains { $0.effect == .allow && $0.covers(permission) }
            if !wasThere { found(.wildcardPermission, ItemKey(after.name), "allows \(permission.words)") }
        }
        compareGrants(ItemKey(after.name), [before.name], [after.name])
    }

    /// Tokens may name the role, so that what it inherits goes with it.
    mutating func removed(_ role: Role) {
        for deny in old.permissions(of: [role.name], .deny) {
            found(.denyRemoved, ItemKey(role.name), "no longer denies \(deny.words)")
        }
    }

    mutating func compare(_ before: Client, _ after: Client) {
        guard before.roles != after.roles || before.scopes != after.scopes else { return }
        compareGrants(ItemKey(after.name), before.roles, after.roles)
        let gained = Set(after.scopes).subtracting(before.scopes)
        guard !gained.isEmpty else { return }
        let allows = new.permissions(of: after.roles, .allow)
        for route in restricted where !gained.isDisjoint(with: route.requiredScopes) {
            if allows.contains(where: { $0.concerns(route) }) {
                found(.restrictedRouteOpened, ItemKey(after.name), "gets a scope of route \(route.name)")
            }
        }
    }

    /// What whoever has these roles loses in denies and gains in restricted routes.
    mutating func compareGrants(_ item: ItemKey, _ before: [Name<Role>], _ after: [Name<Role>]) {
        let denies = new.permissions(of: after, .deny)
        for deny in old.permissions(of: before, .deny) {
            let lost = deny.methods.methods.contains { method in
                !denies.contains { $0.covers(deny, for: MethodSet([method])) }
            }
            if lost { found(.denyRemoved, item, "no longer denies \(deny.words)") }
        }
        guard !restricted.isEmpty else { return }
        let allows = old.permissions(of: before, .allow)
        for allow in new.permissions(of: after, .allow) {
            for route in restricted where allow.concerns(route) && !allows.contains(where: { $0.covers(allow) }) {
                found(.restrictedRouteOpened, item, "may call route \(route.name) by allowing \(allow.words)")
            }
        }
    }

    mutating func compare(_ before: Route, _ after: Route) {
        // Each request takes that much less from all quotas.
        let isCounted = !old.quotas.isEmpty
        if isCounted, max(1, before.cost) > 10 * max(1, after.cost) {
            found(.quotaRaised, ItemKey(after.name), "costs \(after.cost) in the place of \(before.cost)")
        }
        guard before.classification == .restricted else { return }
        let item = ItemKey(after.name)
        if after.classification != .restricted {
            found(.restrictedRouteOpened, item, "becomes \(after.classification.name)")
        }
        for scope in before.requiredScopes where !after.requiredScopes.contains(scope) {
            found(.restrictedRouteOpened, item, "no longer needs scope \(scope)")
        }
        if !after.pattern.covers(before.pattern) || !after.methods.isSuperset(of: before.methods) { removed(before) }
    }

    /// Where a restricted route goes, a more general one may answer for its paths. Where none does, one that is made
    /// later could, and then nothing would tell any more that they were restricted: so that it may not just go.
    mutating func removed(_ route: Route) {
        guard route.classification == .restricted else { return }
        var isTaken = false
        var guarded: [Domain.Method] = []
        for other in new.routes
        where other.pattern.overlaps(route.pattern) && !other.methods.isDisjoint(with: route.methods) {
            if !other.isAsGuarded(as: route) {
                isTaken = true
                found(.restrictedRouteOpened, ItemKey(route.name), "gives way to route \(other.name)")
            } else if other.pattern.covers(route.pattern) {
                guarded += other.methods.methods
            }
        }
        let open = route.methods.methods.filter { !guarded.contains($0) }
        guard !isTaken, !open.isEmpty else { return }
        let words = open.map(\.name).joined(separator: ", ")
        found(.restrictedRouteOpened, ItemKey(route.name), "no longer restricts \(words) on \(route.pattern)")
    }
}

extension DangerSearch {
    /// A route that is new or changed may answer for paths of a restricted one, since the more specific pattern wins.
    mutating func checkTaking(_ route: Route) {
        var taken: [Name<Route>: MethodSet] = [:]
        for method in route.methods.methods {
            guard let holder = holder(of: route.pattern, method), holder.name != route.name,
                holder.classification == .restricted, !route.isAsGuarded(as: holder), !isLooked(at: holder)
            else { continue }
            taken[holder.name, default: []].insert(MethodSet([method]))
        }
        for (name, methods) in taken {
            let words = methods.methods.map(\.name).joined(separator: ", ")
            found(
                .restrictedRouteOpened, ItemKey(route.name),
                "answers \(words) on \(route.pattern) in the place of route \(name)")
        }
    }

    /// The route that was nearest to all paths of a pattern and has the method. One that lacks the method refuses it, and
    /// stands for nothing that was open.
    private func holder(of pattern: RoutePattern, _ method: Method) -> Route? {
        let around = restricted.filter { $0.methods.contains(method) && $0.pattern.covers(pattern) }
        guard !around.isEmpty else { return nil }
        return routes.filter { $0.methods.contains(method) && $0.pattern.covers(pattern) }
            .max { $0.pattern.covers($1.pattern) && !$1.pattern.covers($0.pattern) }
    }

    /// Whether what comes in the place of a restricted route is found where that one goes.
    private func isLooked(at route: Route) -> Bool {
        guard case .route(let after)? = new[ItemKey(route.name)] else { return true }
        return !after.pattern.covers(route.pattern) || !after.methods.isSuperset(of: route.methods)
    }
}

extension Route {
    /// Whether it is restricted and needs all the scopes of another.
    fileprivate func isAsGuarded(as other: Route) -> Bool {
        classification == .restricted && Set(requiredScopes).isSuperset(of: other.requiredScopes)
    }
}

extension Policy {
    /// The permissions of some roles and all their ancestors.
    func permissions(of roles: [Name<Role>], _ effect: Permission.Effect) -> [Permission] {
        var found: [Permission] = []
        var seen: Set<Name<Role>> = []
        var rest = roles
        while let name = rest.popLast() {
            guard seen.insert(name).inserted, case .role(let role)? = self[ItemKey(name)] else { continue }
            found += role.permissions.filter { $0.effect == effect }
            rest += role.parents
        }
        return found
    }
}

extension RoutePattern {
    /// Whether it names no segment and ends nowhere: `*`, `/*`, `/{a}/*`.
    var isWild: Bool { isOpen && segments.count == variables.count }
}

extension Permission {
    /// As in `GET, PUT on /users/{id}`.
    var words: String {
        "\(methods == .all ? "everything" : methods.methods.map(\.name).joined(separator: ", ")) on \(pattern)"
    }

    /// Whether it holds wherever another of the same effect does, for some methods or all of the other's.
    func covers(_ other: Permission, for methods: MethodSet? = nil) -> Bool {
        guard
            self.methods.isSuperset(of: methods ?? other.methods), pattern.covers(other.pattern),
            Set(other.conditions).isSuperset(of: conditions)
        else { return false }
        // The place of a variable is the pattern's.
        return conditions.allSatisfy { condition in
            if case .owner = condition { pattern == other.pattern } else { true }
        }
    }

    func concerns(_ route: Route) -> Bool {
        !methods.isDisjoint(with: route.methods) && pattern.overlaps(route.pattern)
    }
}
