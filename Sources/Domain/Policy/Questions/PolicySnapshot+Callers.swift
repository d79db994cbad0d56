/// Who can call a route: the answer to one question.
package struct Callers: Sendable {
    package let route: RouteIndex
    /// In the order of names; only clients that are active at that time, and allowed all scopes that the route needs.
    package let clients: [(client: ClientIndex, access: Access)]
    /// What requests without credentials may do; nil for nothing.
    package let anonymous: Access?
    /// Clients whose roles permit it, and that lack a scope.
    package let withoutScope: [ClientIndex]
}

/// A route and method that a client can call.
package struct Callable: Hashable, Sendable {
    package let route: RouteIndex
    package let method: Method
    package let access: Access
    /// The required scopes that the client isn't allowed; with any, it can't call the route.
    package let missingScopes: [Name<Scope>]
}

extension PolicySnapshot {
    /// Who can call a method on a path, at a time; a reason when no route answers there.
    package func callers(
        of method: Method, on question: PathQuestion, at time: Timestamp
    ) -> Result<Callers, DecisionRefusal> {
        let index: RouteIndex
        switch route(for: method, on: question) {
        case .success(let found): index = found
        case .failure(let refusal): return .failure(refusal)
        }
        let record = routeTable.records[Int(index.number)]
        let grants = grants(on: question, method, record.classification)
        var known: [UInt32: Access?] = [:]
        var clients: [(client: ClientIndex, access: Access)] = []
        var withoutScope: [ClientIndex] = []
        for (number, client) in clientTable.records.enumerated() where !client.isSuspended && time < client.expires {
            let access: Access?
            if let found = known[client.roles] {
                access = found
            } else {
                access = self.access(grants, roles: Int(client.roles))
                known[client.roles] = .some(access)
            }
            guard let access else { continue }
            if hasScopes(client, of: record) {
                clients.append((ClientIndex(number), access))
            } else {
                withoutScope.append(ClientIndex(number))
            }
        }
        let anonymous =
            clientTable.anonymousMayCall && record.scopeCount == 0
            ? access(grants, roles: Int(clientTable.anonymousRoles)) : nil
        return .success(Callers(route: index, clients: clients, anonymous: anonymous, withoutScope: withoutScope))
    }

    /// What a client can call, in the order of routes and methods, whatever its status.
    package func callable(by client: ClientIndex) -> [Callable] {
        let record = clientTable.records[Int(client.number)]
        let allowed = Set(self.client(client).scopes)
        let roles = roles(inRows: [record.roles])
        var found: [Callable] = []
        for (number, route) in lists.routes.enumerated() {
            let missing = route.requiredScopes.filter { !allowed.contains($0) }
            for method in route.methods.methods {
                let grants = grants(on: .pattern(route.pattern), method, route.classification, ofRoles: roles)
                guard let access = access(grants, roles: Int(record.roles)) else { continue }
                found.append(
                    Callable(route: RouteIndex(number), method: method, access: access, missingScopes: missing))
            }
        }
        return found
    }

    /// The route for a path, or the one whose pattern covers all that is asked about and is the most specific.
    private func route(for method: Method, on question: PathQuestion) -> Result<RouteIndex, DecisionRefusal> {
        let matching = lists.routes.indices.filter { question.relation(of: lists.routes[$0].pattern) == .covers }
        let best = matching.filter { index in
            matching.allSatisfy { lists.routes[$0].pattern.covers(lists.routes[index].pattern) }
        }
        guard !best.isEmpty else { return .failure(DecisionRefusal(reason: .routeUnknown)) }
        guard let route = best.first(where: { lists.routes[$0].methods.contains(method) }) else {
            return .failure(DecisionRefusal(reason: .methodNotAllowed))
        }
        return .success(RouteIndex(route))
    }
}

/// Why a question about a path has no answer.
package struct DecisionRefusal: Error, Hashable, Sendable {
    package let reason: Reason
}
