// A policy of a large organisation, and requests that its clients could make; the same on every run.

import Domain

struct LargePolicy {
    let policy: Policy
    private let roles: [Role]
    private let clients: [Client]

    static let now = Timestamp(seconds: 1_795_000_000)
    private static let methods: [Domain.Method] = [.get, .post, .put, .delete]

    /// - Parameters:
    ///   - permissions: Ten for each role.
    ///   - isPlain: Without conditions and required scopes, which not every peer knows.
    init(
        roles roleCount: Int = 1000, permissions: Int = 10_000, routes: Int = 2000, clients: Int = 100_000,
        isPlain: Bool = false, seed: UInt64 = 12
    ) throws {
        var random = SplitMix(state: seed)
        func pick(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
        var items: [PolicyItem] = []
        let scopes = try (0..<200).map { try Name<Scope>("service\($0 % 100):\($0 < 100 ? "read" : "write")") }
        items += scopes.map { .scope(Scope(name: $0)) }
        // A service has twenty routes: ten collections, and ten of their members.
        let services = max(1, routes / 20)
        var patterns: [RoutePattern] = []
        for index in 0..<routes {
            let (service, place) = (index / 20, index % 20)
            let text = "/v1/service\(service)/things\(place / 2)" + (place % 2 == 0 ? "" : "/{id}")
            patterns.append(try RoutePattern(text))
            items.append(
                .route(
                    Route(
                        name: try Name("service\(service)-\(place)"), pattern: patterns[index],
                        methods: MethodSet(place % 2 == 0 ? [.get, .post] : [.get, .put, .delete]),
                        requiredScopes: !isPlain && index % 3 == 0 ? [scopes[service % 100]] : [],
                        classification: Classification.allCases[index % 4], cost: 1 + index % 5)))
        }
        let network = [Network("10.0.0.0/8")].compactMap(\.self)
        var madeRoles: [Role] = []
        for index in 0..<roleCount {
            var list: [Permission] = []
            for place in 0..<max(1, permissions / roleCount) {
                let isService = place == 0
                let pattern = isService ? try RoutePattern("/v1/service\(pick(services))/*") : patterns[pick(routes)]
                var conditions: [Condition] = []
                if !isPlain, place % 5 == 4 {
                    conditions =
                        pattern.variables.isEmpty ? [.network(network)] : [.owner(variable: "id", claim: "sub")]
                }
                let isDeny = pick(50) == 0
                list.append(
                    Permission(
                        effect: isDeny ? .deny : .allow, methods: isService ? [] : .all, pattern: pattern,
                        conditions: conditions))
                if isService { list[place].methods = MethodSet([Domain.Method.get]) }
            }
            let parents = index >= 10 && index % 3 == 0 ? [try Name<Role>("role\(pick(index))")] : []
            madeRoles.append(Role(name: try Name("role\(index)"), parents: parents, permissions: list))
        }
        items += madeRoles.map { .role($0) }
        var madeClients: [Client] = []
        for index in 0..<clients {
            let first = pick(roleCount)
            let others = [first, pick(roleCount), pick(roleCount)].prefix(1 + index % 3)
            madeClients.append(
                Client(
                    name: try Name("client-\(index)"), owner: "team-\(index % 300)",
                    roles: try Set(others).sorted().map { try Name("role\($0)") },
                    scopes: Array(Set((0..<4).map { _ in scopes[pick(200)] })).sorted(),
                    created: Self.now))
        }
        items += madeClients.map { .client($0) }
        policy = Policy(items)
        self.roles = madeRoles
        self.clients = madeClients
    }

    /// Ten tiers with five quotas each, and a thousand clients with one of their own.
    static func addQuotas(to policy: inout Policy) throws {
        for tier in 0..<10 {
            policy.put(.tier(Tier(name: try Name("tier\(tier)"))))
            for place in 0..<5 {
                policy.put(
                    .quota(
                        Quota(
                            name: try Name("tier\(tier)-\(place)"), holder: .tier(try Name("tier\(tier)")),
                            key: .client,
                            window: .rate(seconds: 60 * (place + 1)), limit: 1000, burst: 500)))
            }
        }
        for number in 0..<1000 {
            policy.put(
                .quota(
                    Quota(
                        name: try Name("minute-\(number)"), holder: .client(try Name("client-\(number)")), key: .client,
                        window: .rate(seconds: 60), limit: 100 + number, burst: 50)))
        }
    }

    /// Requests to what one of the client's roles is about, most of them; the rest to anywhere.
    func requests(_ count: Int, _ snapshot: PolicySnapshot) -> [AccessRequest] {
        var random = SplitMix(state: 99)
        func pick(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
        let routes = policy.routes
        let numbers = Dictionary(uniqueKeysWithValues: roles.map { ($0.name, $0) })
        var requests: [AccessRequest] = []
        for index in 0..<count {
            let client = clients[pick(clients.count)]
            guard let number = snapshot.client(named: client.name.text) else { continue }
            var pattern = routes[pick(routes.count)].pattern
            if index % 10 != 0, let role = client.roles.first.flatMap({ numbers[$0] }) {
                pattern = role.permissions[pick(role.permissions.count)].pattern
            }
            let user = "user\(pick(1000))"
            var path = pattern.text.replacing("{id}", with: index % 4 == 0 ? user : "item\(pick(100_000))")
            if pattern.isOpen { path = String(path.dropLast()) + "things\(pick(10))" }
            let facts = TokenFacts(
                subject: user, issuer: "https://issuer.example", scopes: client.scopes.map(\.text),
                issued: Self.now, expires: .distantFuture)
            let address = IPAddress(v4: index % 2 == 0 ? 0x0a00_0001 : 0xc000_0201)
            requests.append(
                AccessRequest(
                    method: index % 5 == 0 ? Self.methods[pick(4)] : .get, target: Array(path.utf8), address: address,
                    time: Self.now,
                    caller: index % 3 == 0
                        ? .client(number, CredentialFacts(id: 1, issued: Self.now)) : .token(number, facts)))
        }
        return requests
    }
}
