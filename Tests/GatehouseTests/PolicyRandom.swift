// Random policies that use every field, within what a file can say and far outside of what makes sense.

import Domain

struct PolicyRandom {
    private var random: SplitMixGenerator

    init(seed: UInt64) {
        random = SplitMixGenerator(state: seed)
    }

    mutating func policy() throws -> Policy {
        var items: [PolicyItem] = [.settings(try settings())]
        for kind in ItemKind.allCases {
            for _ in 0..<number(0...4) {
                switch kind {
                case .settings: break
                case .scope: items.append(.scope(Scope(name: try name(), note: text())))
                case .tier: items.append(.tier(Tier(name: try name(), note: text())))
                case .role: items.append(.role(try role()))
                case .route: items.append(.route(try route()))
                case .quota: items.append(.quota(try quota()))
                case .client: items.append(.client(try client()))
                case .operator:
                    items.append(
                        .operator(
                            Operator(
                                name: try name(), userID: UInt32(number(0...70_000)), duties: Set(some(Duty.allCases)),
                                note: text())))
                }
            }
        }
        return Policy(items)
    }

    // MARK: - Items

    private mutating func settings() throws -> PolicySettings {
        PolicySettings(
            anonymousRoles: try names(), anonymousTier: try maybe { try $0.name() },
            defaultTier: try maybe { try $0.name() },
            authenticationLevels: Array(Set((0..<number(0...3)).map { _ in text() })).sorted(),
            approvals: Set(some(Danger.allCases)), breakGlassSeconds: number(0...100_000), issuer: text(),
            audience: text(), tokenSeconds: number(1...1_000_000))
    }

    private mutating func role() throws -> Role {
        Role(
            name: try name(), note: text(), parents: try names(),
            permissions: try (0..<number(0...4)).map { _ in
                Permission(
                    effect: pick(Permission.Effect.allCases), methods: methods(), pattern: try pattern(),
                    conditions: (0..<number(0...3)).map { _ in condition() })
            })
    }

    private mutating func condition() -> Condition {
        switch pick(Condition.Kind.allCases) {
        case .ip:
            .network(some(["10.0.0.0/8", "::/0", "0.0.0.0/0", "2001:db8::/32", "::1"].compactMap { Network($0) }))
        case .time:
            .time(
                WeeklyWindow(
                    start: number(0...1439), end: number(1...1440), days: Set(some(Weekday.allCases)),
                    zone: pick(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"])))
        case .owner: .owner(variable: text(), claim: text())
        case .classification: .classification(ceiling: pick(Classification.allCases))
        case .mutualTLS: .mutualTLS
        case .authenticationLevel: .authenticationLevel(text())
        case .tokenAge: .tokenAge(atMostSeconds: number(0...10_000_000))
        case .header: .header(name: text().lowercased(), value: text())
        }
    }

    private mutating func route() throws -> Route {
        Route(
            name: try name(), pattern: try pattern(), methods: methods(), requiredScopes: try names(),
            classification: pick(Classification.allCases), cost: number(-1...1000), upstream: text(), version: text(),
            deprecated: try maybe { $0.time() }, sunset: try maybe { $0.time() }, schema: text(), note: text())
    }

    private mutating func quota() throws -> Quota {
        let window: Quota.Window =
            switch number(0...2) {
            case 0: .rate(seconds: number(0...100_000))
            case 1: .rolling(seconds: number(0...100_000))
            default: .calendar(pick(Quota.CalendarUnit.allCases), zone: pick(["UTC", "Europe/Berlin"]))
            }
        return Quota(
            name: try name(), holder: number(0...1) == 0 ? .tier(try name()) : .client(try name()),
            key: pick(Quota.Key.allCases), window: window, limit: number(0...1000), burst: number(0...3),
            pattern: try maybe { try $0.pattern() },
            adaptive: try maybe {
                Quota.Adaptive(percent: $0.number(0...900), floor: $0.number(0...9), ceiling: $0.number(0...99))
            }, onCounterFailure: pick(Quota.CounterFailure.allCases), note: text())
    }

    private mutating func client() throws -> Client {
        Client(
            name: try name(), owner: text(), status: pick(Client.Status.allCases), tier: try maybe { try $0.name() },
            roles: try names(), scopes: try names(), created: try maybe { $0.time() },
            expires: try maybe { $0.time() }, note: text())
    }

    // MARK: - Values

    private mutating func name<Thing>() throws -> Name<Thing> {
        let words = ["a", "b-1", "true", "no", "y", "123", "1_2", "1e3", "a:b", "a:", "1:30", "0x1f", "_x", "Z", "x.y"]
        return try Name(pick(words))
    }

    private mutating func names<Thing>() throws -> [Name<Thing>] {
        var names: [Name<Thing>] = []
        for _ in 0..<number(0...3) {
            let name: Name<Thing> = try name()
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    /// From nothing over what YAML takes for something else to what a terminal would obey.
    ///
    /// None begins with a byte order mark: Foundation drops it while decoding, and no compiled policy has one.
    private mutating func text() -> String {
        let whole = [
            "", "plain text", "true", "null", "~", "12", "-7", "1.5", "0o17", "12:30:45", "2026-11-20", "yes", "=",
            "<<",
            "- a", "? a", "a: b", "a #b", "#", "*", "*a", "&a", "!t", "%a", "@", "`", "|", ">", "[]", "{}", "'q'",
            "\"q\"", "\\", " a", "a ", "a:", "\u{1b}[31m", "\u{202e}x", "\n", "a\nb\n", "\t", "é", "😀", "x\u{feff}",
            "\u{85}",
            "\u{2028}", "e\u{301}", String(repeating: "long ", count: 60), "---", "...", "a,b", "x{y}z",
            "http://h:1/p?q=1&r",
        ]
        if number(0...9) > 0 { return pick(whole) }
        var text = ""
        for _ in 0..<number(1...12) {
            let value = UInt32(pick([number(1...0x7e), number(0xa0...0x2fff), number(0x1_0000...0x2_ffff)]))
            if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
        }
        return text
    }

    private mutating func pattern() throws -> RoutePattern {
        try RoutePattern(
            pick(["*", "/", "/*", "/users/{id}", "/v1/{a}/b/*", "/a,b", "/a:b", "/(x)", "/'x'", "/~me", "/1", "/!a&b"]))
    }

    private mutating func methods() -> MethodSet { number(0...4) == 0 ? .all : MethodSet(some(Method.allCases)) }

    private mutating func time() -> Timestamp {
        Timestamp(microseconds: Int64(number(0...4_000_000_000)) * pick([1_000_000, 60_000_000, 999_983]))
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(0...elements.count - 1)] }

    private mutating func some<Element>(_ elements: [Element]) -> [Element] {
        elements.filter { _ in number(0...1) == 0 }
    }

    private mutating func maybe<Value>(_ value: (inout PolicyRandom) throws -> Value) throws -> Value? {
        number(0...1) == 0 ? nil : try value(&self)
    }
}

/// The same numbers in each run (SplitMix64).
private struct SplitMixGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
        return bits ^ (bits >> 31)
    }
}
