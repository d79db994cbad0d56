/// Which permissions and scopes of a policy recorded requests made use of.
package struct UsageTally: Sendable {
    private var decider: FactDecider
    private var rules: [Bool]
    private var scopes: Set<ClientScope> = []
    package private(set) var requests = 0

    private struct ClientScope: Hashable {
        let client: UInt32
        let scope: UInt32
    }

    package init(_ snapshot: PolicySnapshot) {
        decider = FactDecider(snapshot)
        rules = [Bool](repeating: false, count: snapshot.ruleCount)
    }

    package mutating func add(_ fact: TrafficFact) {
        requests += fact.count
        let decision = decider.decision(on: fact)
        if let rule = decision.rule { rules[Int(rule.number)] = true }
        // A permission whose condition didn't hold counts as used, since a log tells little of the token that may have
        // met it; then so does the scope that the request had to have first.
        guard decision.rule != nil, decision.reason != .permissionDenied, let client = decision.client,
            let route = decision.route
        else { return }
        let record = decider.snapshot.routeTable.records[Int(route.number)]
        for index in 0..<Int(record.scopeCount) {
            let scope = decider.snapshot.routeTable.scopes[Int(record.firstScope) + index]
            scopes.insert(ClientScope(client: client.number, scope: scope))
        }
    }

    /// The permissions that decided no request, in order.
    package var unusedRules: [RuleIndex] { rules.indices.filter { !rules[$0] }.map { RuleIndex($0) } }

    /// The scopes that clients are allowed and that no request of theirs needed, in the order of clients.
    package var unusedScopes: [(client: ClientIndex, scope: Name<Scope>)] {
        var unused: [(client: ClientIndex, scope: Name<Scope>)] = []
        let lists = decider.snapshot.lists
        let numbers = Dictionary(uniqueKeysWithValues: lists.scopes.enumerated().map { ($1.name, UInt32($0)) })
        for (number, client) in lists.clients.enumerated() {
            for scope in client.scopes {
                guard let index = numbers[scope] else { continue }
                if !scopes.contains(ClientScope(client: UInt32(number), scope: index)) {
                    unused.append((ClientIndex(number), scope))
                }
            }
        }
        return unused
    }
}
