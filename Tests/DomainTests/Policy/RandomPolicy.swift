import Domain

/// Small policies and requests that meet each other often, from a seed.
struct RandomPolicy {
    private var random: SeededGenerator
    static let now = Timestamp(seconds: 1_795_000_000)

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    /// A policy that compiles, with its snapshot.
    mutating func policy() throws -> (policy: Policy, snapshot: PolicySnapshot) {
        let scopes = ["read", "write", "admin:all"]
        let names = (0..<Int.random(in: 1...40, using: &random)).map { "role-\($0)" }
        var roles: [Role] = []
        for (index, name) in names.enumerated() {
            let parents = index > 0 && random.chance(40) ? [names[Int.random(in: 0..<index, using: &random)]] : []
            var permissions: [Permission] = []
            for _ in 0..<Int.random(in: 0...4, using: &random) { permissions.append(try permission()) }
            roles.append(try Role(name, permissions, parents: parents))
        }
        var routes: [Route] = []
        for index in 0..<Int.random(in: 1...12, using: &random) {
            let route = try Route(
                "route-\(index)", pattern(), methods(), scopes: scopes.filter { _ in random.chance(15) },
                classification: random.pick(Classification.allCases), cost: Int.random(in: 1...9, using: &random))
            let clashes = routes.contains { other in
                let (covers, covered) = (
                    NaivePolicy.contains(route.pattern, other.pattern),
                    NaivePolicy.contains(other.pattern, route.pattern)
                )
                if covers && covered { return !route.methods.isDisjoint(with: other.methods) }
                return !covers && !covered && route.pattern.overlaps(other.pattern)
            }
            if !clashes { routes.append(route) }
        }
        var clients: [Client] = []
        for index in 0..<5 {
            let expires: Timestamp? =
                random.chance(10) ? Timestamp(seconds: Self.now.second + Int64(random.pick([-1, 0, 1]))) : nil
            clients.append(
                try Client(
                    "client-\(index)", roles: names.filter { _ in random.chance(20) },
                    scopes: scopes.filter { _ in random.chance(80) }, status: random.chance(5) ? .suspended : .active,
                    expires: expires))
        }
        var settings = PolicySettings(authenticationLevels: ["one", "two", "three"])
        if random.chance(60) { settings.anonymousRoles = [try Name(random.pick(names))] }
        let policy = try Policy.of(settings: settings, scopes: scopes, roles: roles, routes: routes, clients: clients)
        return (policy, try policy.compiled())
    }

    mutating func request(clients: Int) -> AccessRequest {
        let headers = ["eu", "us"].filter { _ in random.chance(40) }.map {
            AccessRequest.Header(name: "x-region", value: $0)
        }
        let second =
            Self.now.second + Int64.random(in: -400_000...400_000, using: &random) * (random.chance(50) ? 1 : 0)
        return AccessRequest(
            method: random.chance(2) ? nil : random.pick(Self.methods), target: Array(target().utf8),
            address: random.chance(10) ? nil : IPAddress(random.pick(["10.1.2.3", "192.0.2.1", "2001:db8::5", "::1"])),
            time: Timestamp(seconds: second), caller: caller(clients), hasVerifiedCertificate: random.chance(50),
            headers: headers)
    }

    mutating func watermarks() throws -> [RevocationSnapshot.Watermark] {
        guard random.chance(30), let network = Network("10.0.0.0/8") else { return [] }
        let targets: [RevocationSnapshot.Watermark.Target] = [
            .client("client-1"), .subject("a"), .subject("e\u{301}"), .issuer("https://i"), .network(network),
            .everything,
        ]
        return [
            .init(random.pick(targets), before: Timestamp(seconds: Self.now.second + Int64(random.pick([-100, 0]))))
        ]
    }

    // MARK: - Parts

    private static let methods: [Domain.Method] = [.get, .put, .head]
    private static let words = ["a", "b", "long-segment-of-a-path", "d:1"]

    private mutating func methods() -> [Domain.Method] {
        let some = Self.methods.filter { _ in random.chance(50) }
        return some.isEmpty ? [.get] : some
    }

    private mutating func pattern() -> String {
        if random.chance(8) { return "*" }
        var parts: [String] = []
        for index in 0..<Int.random(in: 0...3, using: &random) {
            parts.append(random.chance(40) ? "{v\(index)}" : random.pick(Self.words))
        }
        if random.chance(30) { parts.append("*") }
        return "/" + parts.joined(separator: "/")
    }

    private mutating func target() -> String {
        let encoded = ["d%3A1", "%C3%A9", "x%20y"]
        var parts: [String] = []
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            parts.append(random.chance(15) ? random.pick(encoded) : random.pick(Self.words))
        }
        return "/" + parts.joined(separator: "/") + (random.chance(20) ? "?q=/b/../a" : "")
    }

    private mutating func permission() throws -> Permission {
        let pattern = try RoutePattern(pattern())
        var conditions: [Condition] = []
        while random.chance(35) { conditions.append(try condition(pattern)) }
        return Permission(
            effect: random.chance(15) ? .deny : .allow, methods: MethodSet(methods()), pattern: pattern,
            conditions: conditions)
    }

    private mutating func condition(_ pattern: RoutePattern) throws -> Condition {
        let variables = pattern.variables
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return .network(["10.0.0.0/8", "2001:db8::/32"].compactMap { Network($0) })
        case 1:
            return .time(
                WeeklyWindow(
                    start: random.pick([0, 540, 1320]), end: random.pick([360, 1020, 1440]),
                    days: Set(Weekday.allCases.filter { _ in random.chance(60) } + [.sunday]),
                    zone: random.pick(["UTC", "Test/East", "Test/Changing"])))
        case 2 where !variables.isEmpty:
            return .owner(variable: random.pick(variables), claim: random.pick(["sub", "team", "client_id", "iss"]))
        case 3: return .classification(ceiling: random.pick(Classification.allCases))
        case 4: return .mutualTLS
        case 5: return .authenticationLevel(random.pick(["one", "two", "three"]))
        case 6: return .tokenAge(atMostSeconds: random.pick([1, 60, 600]))
        default: return .header(name: "x-region", value: "eu")
        }
    }

    private mutating func caller(_ clients: Int) -> Caller {
        let client = ClientIndex(Int.random(in: 0..<clients, using: &random))
        let issued: Timestamp? =
            random.chance(10) ? nil : Timestamp(seconds: Self.now.second - Int64.random(in: 0...120, using: &random))
        if random.chance(10) { return .anonymous }
        if random.chance(3) { return .refused(.tokenInvalid) }
        if random.chance(25) { return .client(client, CredentialFacts(id: 1, issued: issued)) }
        let roles: [String]? =
            random.chance(60) ? nil : ["role-0", "role-1", "role-2", "ghost"].filter { _ in random.chance(60) }
        let claims = ["a", "b"].filter { _ in random.chance(50) }.map { TokenFacts.Claim(name: "team", value: $0) }
        return .token(
            client,
            TokenFacts(
                subject: random.pick(["", "a", "b", "\u{e9}", "e\u{301}"]), issuer: random.pick(["", "https://i"]),
                scopes: ["read", "write", "admin:all"].filter { _ in random.chance(80) }, roles: roles, claims: claims,
                authenticationLevel: random.chance(30) ? nil : random.pick(["one", "two", "three", "odd"]),
                issued: issued, notBefore: random.chance(90) ? nil : Self.now,
                expires: random.chance(95) ? .distantFuture : Self.now,
                issuedFrom: random.chance(60) ? nil : IPAddress(random.pick(["10.9.9.9", "192.0.2.1"]))))
    }
}
