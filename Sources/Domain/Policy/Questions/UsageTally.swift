/// Which permissions and scopes of a policy recorded requests made use of.
package struct UsageTally: Sendable {
    /// How often something was made use of, and when last.
    package struct Use: Hashable, Sendable {
        package private(set) var count = 0
        package private(set) var last: Timestamp?

        fileprivate mutating func add(_ fact: TrafficFact) {
            count += fact.count
            last = max(last ?? fact.time, fact.time)
        }
    }

    private var decider: FactDecider
    private var rules: [Use]
    private var scopes: [ClientScope: Use] = [:]
    package private(set) var requests = 0

    private struct ClientScope: Hashable {
        let client: UInt32
        let scope: UInt32
    }

    package init(_ snapshot: PolicySnapshot) {
        decider = FactDecider(snapshot)
        rules = [Use](repeating: Use(), count: snapshot.ruleCount)
    }

    package mutating func add(_ facts: [TrafficFact]) {
        var requests = facts.map { FactDecider.request($0) }
        let clients = facts.indices.map { decider.client(named: facts[$0].client) }
        let decisions = decider.decisions(on: facts, by: clients, as: &requests)
        for (fact, decision) in zip(facts, decisions) { add(fact, decision) }
    }

    private mutating func add(_ fact: TrafficFact, _ decision: Decision) {
        requests += fact.count
        if let rule = decision.rule { rules[Int(rule.number)].add(fact) }
        // A permission whose condition didn't hold counts as used, since a log tells little of the token that may have
        // met it; then so does the scope that the request had to have first.
        guard decision.rule != nil, decision.reason != .permissionDenied, let client = decision.client,
            let route = decision.route
        else { return }
        let record = decider.snapshot.routeTable.records[Int(route.number)]
        for index in 0..<Int(record.scopeCount) {
            let scope = decider.snapshot.routeTable.scopes[Int(record.firstScope) + index]
            scopes[ClientScope(client: client.number, scope: scope), default: Use()].add(fact)
        }
    }

    /// How often each permission decided a request, in order.
    package var ruleUses: [(rule: RuleIndex, use: Use)] {
        rules.indices.map { (RuleIndex($0), rules[$0]) }
    }

    /// How often requests needed each of the scopes that clients are allowed, in the order of clients.
    package var scopeUses: [(client: ClientIndex, scope: Name<Scope>, use: Use)] {
        var uses: [(client: ClientIndex, scope: Name<Scope>, use: Use)] = []
        let lists = decider.snapshot.lists
        let numbers = Dictionary(uniqueKeysWithValues: lists.scopes.enumerated().map { ($1.name, UInt32($0)) })
        for (number, client) in lists.clients.enumerated() {
            for scope in client.scopes {
                guard let index = numbers[scope] else { continue }
                let use = scopes[ClientScope(client: UInt32(number), scope: index)] ?? Use()
                uses.append((ClientIndex(number), scope, use))
            }
        }
        return uses
    }

    /// The permissions that decided no request, in order.
    package var unusedRules: [RuleIndex] { ruleUses.filter { $0.use.count == 0 }.map(\.rule) }

    /// The scopes that clients are allowed and that no request of theirs needed, in the order of clients.
    package var unusedScopes: [(client: ClientIndex, scope: Name<Scope>)] {
        scopeUses.filter { $0.use.count == 0 }.map { ($0.client, $0.scope) }
    }
}
