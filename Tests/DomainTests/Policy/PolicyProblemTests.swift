import Domain
import Testing

struct PolicyProblemTests {
    private static func problems(_ policy: Policy) -> [String] {
        do throws(PolicyProblems) {
            _ = try policy.compiled()
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    @Test func `a good policy has no problems`() throws {
        let guides = try Policy.guides()
        #expect(Self.problems(guides) == [])
        #expect(Self.problems(Policy()) == [])
    }

    @Test func `a circle of roles is named once, from its first role`() throws {
        let policy = try Policy.of(roles: [
            Role("c", parents: ["a"]), Role("a", parents: ["b", "d"]), Role("b", parents: ["c"]), Role("d"),
            Role("self", parents: ["self"]),
        ])
        #expect(
            Self.problems(policy) == [
                "role/a parents: is its own ancestor: a → b → c → a; take one of these parents out",
                "role/self parents: is its own ancestor: self → self; take one of these parents out",
            ])
    }

    @Test func `what doesn't exist can't be named`() throws {
        let policy = try Policy.of(
            settings: PolicySettings(anonymousRoles: [Name("ghost")], anonymousTier: Name("free")),
            roles: [Role("a", parents: ["nobody"])], routes: [Route("r", "/r", scopes: ["s"])],
            clients: [Client("c", roles: ["a", "a", "x"], scopes: ["y"])])
        #expect(
            Self.problems(policy) == [
                "settings/policy anonymous_roles[0]: there is no role ghost; create it, or name one that exists",
                "settings/policy anonymous_tier: there is no tier free; create it, or name one that exists",
                "role/a parents[0]: there is no role nobody; create it, or name one that exists",
                "route/r scopes[0]: there is no scope s; create it, or name one that exists",
                "client/c roles[1]: names a twice; take one out",
                "client/c roles[2]: there is no role x; create it, or name one that exists",
                "client/c scopes[0]: there is no scope y; create it, or name one that exists",
            ])
    }

    @Test func `routes must say which of them is meant`() throws {
        let policy = try Policy.of(routes: [
            Route("a", "/users/{id}", [.get, .put]), Route("b", "/users/{name}", [.put]), Route("c", "/{area}/me"),
            Route("d", "/users/me"), Route("e", "/users/{x}", [.delete]),
        ])
        #expect(
            Self.problems(policy) == [
                "route/b path: /users/{name} is that of route a too, for PUT; give each method to one of them",
                "route/c path: /{area}/me and /users/{id} of route a share paths, and neither is more specific; "
                    + "make one of them more specific",
                "route/c path: /{area}/me and /users/{name} of route b share paths, and neither is more specific; "
                    + "make one of them more specific",
                "route/e path: /users/{x} and /{area}/me of route c share paths, and neither is more specific; "
                    + "make one of them more specific",
            ])
    }

    @Test func `conditions must be able to hold`() throws {
        let hours = WeeklyWindow(start: 0, end: 0, days: [], zone: "Mars/Olympus")
        let policy = try Policy.of(roles: [
            Role(
                "a",
                [
                    Permission(
                        .allow, [], "/users/{id}",
                        if: [
                            .network([]), .time(hours), .owner(variable: "user", claim: ""),
                            .authenticationLevel("gold"), .tokenAge(atMostSeconds: 0),
                            .header(name: "X-Region", value: "e\u{202e}u"),
                        ])
                ])
        ])
        #expect(
            Self.problems(policy) == [
                "role/a permissions[0].allow: names no method; name one, or all",
                "role/a permissions[0].conditions[0].networks: names no network; name one, as in 10.0.0.0/8",
                "role/a permissions[0].conditions[1].time.days: names no day; name one, or leave it out for all",
                "role/a permissions[0].conditions[1].time.to: is no time of day; give 00:01 to 24:00",
                "role/a permissions[0].conditions[1].time.zone: there is no time zone “Mars/Olympus”; "
                    + "name one like Europe/Berlin, or UTC",
                "role/a permissions[0].conditions[2].owner.claim: is empty; name a claim, as in sub",
                "role/a permissions[0].conditions[2].owner.variable: /users/{id} has no variable “user”; name one of {id}",
                "role/a permissions[0].conditions[3].acr: “gold” is no level that is known; "
                    + "list it in the settings' authentication_levels",
                "role/a permissions[0].conditions[4].token_age: is 0 s; give 1s to 3650d",
                "role/a permissions[0].conditions[5].header.name: “X-Region” is no header name in lower case; "
                    + "write it like x-region",
                "role/a permissions[0].conditions[5].header.value: holds U+202E, which can't be seen; take it out",
            ])
    }

    @Test func `no text holds a secret`() throws {
        var generator = SystemRandomNumberGenerator()
        let key = SecretText(.apiKey, using: &generator).plaintext
        let route = try Route("r", "/r", note: "calls with \(key)")
        var up = try Route("up", "/up")
        up.upstream = "http://user:hunter2@h.example/"
        var query = try Route("query", "/query")
        query.upstream = "http://h.example/?api_key=abc"
        var plain = try Route("plain", "/plain", note: "asks gh_ for nothing")
        plain.upstream = "http://10.0.0.7:8080/v1"
        #expect(
            Self.problems(try Policy.of(routes: [route, up, query, plain])) == [
                "route/query upstream: holds a password or another secret; take it out: whoever may watch may read it",
                "route/r note: holds what looks like a secret; take it out, and revoke it",
                "route/up upstream: holds a password or another secret; take it out: whoever may watch may read it",
            ])
    }

    @Test(arguments: [
        ("not a url", false), ("file:///etc/passwd", false), ("javascript:alert(1)", false), ("http://", false),
        ("https:///x", false), ("http://:80", false), ("http://a b", false), ("//host", false),
        ("http://h:99999", false), ("http://h:", false), ("http://h:0", false), ("http://h\\x", false),
        ("http://-", false), ("http://h%00", false), ("http://@h", false), ("http://h..i", false),
        ("http://[10.0.0.1]", false), ("http://[::1", false), ("http://h:80:80", false),
        ("http://10.0.0.7:8080", true), ("HTTPS://backend.example/v1", true), ("http://[2001:db8::1]:80/", true),
        ("", true),
    ])
    func `requests go to a URL of http or https`(upstream: String, isGood: Bool) throws {
        var route = try Route("r", "/r")
        route.upstream = upstream
        #expect(
            Self.problems(try Policy.of(routes: [route]))
                == (isGood
                    ? [] : ["route/r upstream: is no URL of http or https; write it like http://10.0.0.7:8080"]))
    }

    @Test func `hours that end when they begin are none`() throws {
        let hours = WeeklyWindow(start: 540, end: 540, days: [.monday], zone: "UTC")
        let role = try Role("a", [try Permission(.allow, [.get], "/a", if: [.time(hours)])])
        #expect(
            Self.problems(try Policy.of(roles: [role])) == [
                "role/a permissions[0].conditions[0].time.to: is when it begins, so that it would never be over; "
                    + "give another time, or 00:00 to 24:00"
            ])
    }

    @Test func `quotas must admit something`() throws {
        let tier = try Name<Tier>("free")
        func quota(
            _ name: String, _ window: Quota.Window, limit: Int, burst: Int = 0, adaptive: Quota.Adaptive? = nil
        ) throws -> PolicyItem {
            .quota(
                Quota(
                    name: try Name(name), holder: .tier(tier), key: .client, window: window, limit: limit, burst: burst,
                    adaptive: adaptive))
        }
        let policy = try Policy.of(others: [
            .tier(Tier(name: tier)), quota("a", .rate(seconds: 1), limit: 0),
            quota("b", .rolling(seconds: 0), limit: 1),
            quota("c", .calendar(.day, zone: "Nowhere"), limit: 1, burst: 2), quota("d", .rate(seconds: 1), limit: 5),
            quota("e", .rate(seconds: 9), limit: 1, adaptive: .init(percent: 0, floor: 0, ceiling: -1)),
            .quota(
                Quota(
                    name: Name("f"), holder: .client(Name("x")), key: .client, window: .rate(seconds: 1), limit: 1)),
        ])
        #expect(
            Self.problems(policy) == [
                "quota/a limit: is 0, which admits nothing; give at least 1; deny by permission",
                "quota/b window: is 0 s; give 1s to 366d",
                "quota/c burst: means nothing here; leave it out, or make the window a rate",
                "quota/c window.zone: there is no time zone “Nowhere”; name one like Europe/Berlin, or UTC",
                "quota/d window: is that of quota a too, with the same holder, key and path; keep one of them",
                "quota/e adaptive.ceiling: lies below the floor; give at least 1",
                "quota/e adaptive.floor: is 0, which admits nothing; give at least 1",
                "quota/e adaptive.percent: is 0; give 1 to 100000",
                "quota/f client: there is no client x; create it, or name one that exists",
            ])
    }

    @Test func `names that differ in case only, long texts and costs are refused`() throws {
        let long = String(repeating: "é", count: 101)
        let policy = try Policy.of(
            roles: [Role("Admin"), Role("admin", note: long)],
            routes: [Route("r", "/r", [], cost: 0), Route("s", "/s", cost: 1001, note: "a\u{1b}[2J")],
            others: [
                .operator(Operator(name: Name("maria"), userID: 7, duties: [.edit])),
                .operator(Operator(name: Name("otto"), userID: 7, duties: [.edit])),
            ])
        #expect(
            Self.problems(policy) == [
                "role/admin: differs from Admin in case only; rename one of them",
                "role/admin note: is 202 bytes long; give at most 200",
                "route/r cost: is 0; give 1 to 1000", "route/r methods: names no method; name one, or all",
                "route/s cost: is 1001; give 1 to 1000",
                "route/s note: holds U+001B, which can't be seen; take it out",
                "operator/otto user_id: is that of operator maria too; an account is one operator",
            ])
    }
}
