import Domain

/// Items of every kind with everything in them that their types allow, from a seed.
struct RandomItem {
    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func item(_ kind: ItemKind) throws -> PolicyItem {
        switch kind {
        case .settings: .settings(try settings())
        case .scope: .scope(Scope(name: try name(), note: text()))
        case .role:
            .role(
                Role(
                    name: try name(), note: text(), parents: try names(),
                    permissions: try (0..<Int.random(in: 0...5, using: &random)).map { _ in try permission() }))
        case .route: .route(try route())
        case .tier: .tier(Tier(name: try name(), note: text()))
        case .quota: .quota(try quota())
        case .client:
            .client(
                Client(
                    name: try name(), owner: text(), status: random.pick(Client.Status.allCases), tier: try maybeName(),
                    roles: try names(), scopes: try names(), created: moment(), expires: moment(), note: text()))
        case .operator:
            .operator(
                Operator(
                    name: try name(), userID: UInt32.random(in: 0..<UInt32.max, using: &random),
                    duties: Set(Duty.allCases.filter { _ in random.chance(50) }), note: text()))
        }
    }

    mutating func permission() throws -> Permission {
        Permission(
            effect: random.pick(Permission.Effect.allCases),
            methods: MethodSet(rawValue: UInt16.random(in: 0...MethodSet.all.rawValue, using: &random)),
            pattern: try pattern(),
            conditions: (0..<Int.random(in: 0...4, using: &random)).map { _ in condition() })
    }

    mutating func window() -> WeeklyWindow {
        WeeklyWindow(
            start: Int.random(in: 0...1439, using: &random), end: Int.random(in: 1...1440, using: &random),
            days: Set(Weekday.allCases.filter { _ in random.chance(50) }),
            zone: random.pick(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "", text()]))
    }

    // MARK: - Parts

    private mutating func settings() throws -> PolicySettings {
        var levels: [String] = []
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let level = "level \(text())"
            if !levels.contains(level), !level.contains("\n") { levels.append(level) }
        }
        return PolicySettings(
            anonymousRoles: try names(), anonymousTier: try maybeName(), defaultTier: try maybeName(),
            authenticationLevels: levels, approvals: Set(Danger.allCases.filter { _ in random.chance(50) }),
            breakGlassSeconds: seconds(), issuer: text(), audience: text(), tokenSeconds: seconds())
    }

    private mutating func route() throws -> Route {
        Route(
            name: try name(), pattern: try pattern(),
            methods: MethodSet(rawValue: UInt16.random(in: 0...MethodSet.all.rawValue, using: &random)),
            requiredScopes: try names(), classification: random.pick(Classification.allCases),
            cost: Int.random(in: -5...1000, using: &random), upstream: text(), version: text(), deprecated: moment(),
            sunset: moment(), schema: text(), note: text())
    }

    private mutating func quota() throws -> Quota {
        let window: Quota.Window =
            switch Int.random(in: 0..<3, using: &random) {
            case 0: .rate(seconds: seconds())
            case 1: .rolling(seconds: seconds())
            default:
                .calendar(
                    random.pick(Quota.CalendarUnit.allCases), zone: random.pick(["UTC", "America/Argentina/Ushuaia"]))
            }
        let adaptive = Quota.Adaptive(
            percent: Int.random(in: 1...900, using: &random), floor: Int.random(in: 0...9, using: &random),
            ceiling: Int.random(in: 9...Int.max, using: &random))
        return Quota(
            name: try name(), holder: random.chance(50) ? .tier(try name()) : .client(try name()),
            key: random.pick(Quota.Key.allCases), window: window,
            limit: random.pick([0, 1, 1000, Int.max, -3]), burst: random.pick([0, 7, 50, Int.max]),
            pattern: random.chance(50) ? try pattern() : nil, adaptive: random.chance(40) ? adaptive : nil,
            onCounterFailure: random.pick(Quota.CounterFailure.allCases), note: text())
    }

    private mutating func seconds() -> Int { random.pick([0, 1, 60, 61, 3600, 86_400, 90_000, 604_800, 31_536_000]) }

    private mutating func moment() -> Timestamp? {
        guard random.chance(50) else { return nil }
        return Timestamp(microseconds: Int64.random(in: 0...4_000_000_000_000_000, using: &random))
    }

    private mutating func name<Thing>() throws -> Name<Thing> {
        try Name(random.pick(["a", "b", "gold", "none", "all", "x.y_z-1:2", "_9", "if", "tier"]))
    }

    private mutating func maybeName<Thing>() throws -> Name<Thing>? { random.chance(50) ? try name() : nil }

    private mutating func names<Thing>() throws -> [Name<Thing>] {
        var names: [Name<Thing>] = []
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let name: Name<Thing> = try name()
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    private mutating func pattern() throws -> RoutePattern {
        let parts = ["users", "{id}", "a,b", "x=y", "(1)", "'q'", "{other}", "if", "all", ",", "a,"]
        var segments: [String] = []
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let part = random.pick(parts)
            if !segments.contains(part) { segments.append(part) }
        }
        if random.chance(30) { segments.append("*") }
        return try RoutePattern(random.chance(10) ? "*" : "/" + segments.joined(separator: "/"))
    }

    /// Words of the language itself, signs that mean something in it, and characters that nobody sees.
    mutating func text() -> String {
        let words = [
            "eu", "if", "none", "=", ",", ", ", " ", "\"", "\\", "\\u{41}", "a b", "é", "语", "\u{202E}", "\u{1B}[2J",
            "\u{0}", "\u{200D}", "🏳️‍🌈", "10", "true", "#", ": ", "\t",
        ]
        return (0..<Int.random(in: 0...3, using: &random)).map { _ in random.pick(words) }.joined()
    }

    private mutating func condition() -> Condition {
        switch Int.random(in: 0..<8, using: &random) {
        case 0:
            .network(
                ["10.0.0.0/8", "2001:db8::/32", "::/0", "192.0.2.7"].compactMap { Network($0) }
                    .filter { _ in random.chance(50) })
        case 1: .time(window())
        case 2: .owner(variable: text(), claim: text())
        case 3: .classification(ceiling: random.pick(Classification.allCases))
        case 4: .mutualTLS
        case 5: .authenticationLevel(text())
        case 6: .tokenAge(atMostSeconds: seconds())
        default: .header(name: text().lowercased(), value: text())
        }
    }
}
