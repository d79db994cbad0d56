import Console
import Domain
import Terminal
import Testing

struct FormTypingTests {
    @Test func `every field of every kind can be typed`() throws {
        for item in try Self.items() {
            let kind = item.key.kind
            var policy = try SamplePolicy.policy()
            policy[item.key] = nil
            var tester = FormTester(kind, policy: policy)
            if kind != .settings { tester.type(item.key.name) }
            for field in ItemDraft(kind, item: item).fields {
                while tester.form.focusedField != field.id { tester.press("backtab") }
                // Lists keep what is there; here they are written anew.
                tester.press("ctrl-u")
                for (index, line) in field.text.split(separator: "\n").enumerated() {
                    if index > 0 { tester.press("down") }
                    tester.type(String(line))
                    // Completions would take the arrow.
                    tester.press("right")
                }
            }
            tester.press("ctrl-s")
            #expect(tester.reviewed?.after == item, "\(item.key): \(tester.text)")
        }
    }

    @Test(arguments: [
        (ItemKind.client, "status", "sleeping", "there is no “sleeping”"),
        (.client, "expires", "soon", "“soon” is no time"), (.client, "scopes", "a b !", "can't begin with “!”"),
        (.route, "path", "users", "a pattern begins with /"), (.route, "methods", "get", "did you mean “GET”?"),
        (.route, "cost", "ten", "is no whole number"), (.route, "classification", "hidden", "there is no “hidden”"),
        (.quota, "limit", "10/fortnight", "is no time span"), (.quota, "holder", "acme", "write “tier gold”"),
        (.quota, "adaptive", "300", "write it like 300% from 100 to 5000"), (.quota, "key", "ip", "there is no “ip”"),
        (.quota, "path", "//", "an empty segment"), (.operator, "user_id", "me", "is no whole number"),
        (.operator, "duties", "rule", "there is no “rule”"), (.settings, "token_lifetime", "short", "is no time span"),
        (.settings, "approvals", "x", "there is no “x”"), (.settings, "anonymous_roles", "-", "can't begin with “-”"),
        (.role, "parents", "a, a", "stands here twice"), (.role, "permissions", "GET /", "begins with allow or deny"),
    ])
    func `a wrong value is told beneath its field once it is left`(
        kind: ItemKind, field: String, typed: String, message: String
    ) throws {
        var tester = FormTester(kind, policy: try SamplePolicy.policy())
        while tester.form.focusedField != field { tester.press("tab") }
        tester.press("ctrl-u")
        tester.type(typed)
        tester.press("esc")
        tester.press("shift-tab")
        let rows = tester.frame().rows.filter { $0.contains("!") }.joined()
        #expect(rows.contains(message), "\(tester.text)")
    }

    /// One of each kind, with something in every field.
    private static func items() throws -> [PolicyItem] {
        let permissions = ["allow GET,PUT /users/{id} if owner id = sub, acr \"very high\"", "deny all *"]
        let quota = Quota(
            name: try Name("daily"), holder: .tier(try Name("gold")), key: .subject,
            window: .calendar(.day, zone: "Europe/Berlin"), limit: 500, pattern: try RoutePattern("/orders"),
            adaptive: Quota.Adaptive(percent: 300, floor: 10, ceiling: 900), onCounterFailure: .admit, note: "n, m")
        let moment = Timestamp(seconds: 1_800_000_000)
        return [
            .settings(
                PolicySettings(
                    anonymousRoles: [try Name("reader")], anonymousTier: try Name("free"),
                    defaultTier: try Name("gold-plus"), authenticationLevels: ["low", "very high"],
                    approvals: [.operators, .quotaRaised], breakGlassSeconds: 5400, issuer: "https://id.example",
                    audience: "shop", tokenSeconds: 90)),
            .scope(Scope(name: try Name("a/b"), note: "a scope")), .tier(Tier(name: try Name("tin"), note: "a tier")),
            .role(
                Role(
                    name: try Name("clerk"), note: "who sells", parents: [try Name("reader"), try Name("writer")],
                    permissions: try permissions.map { try PermissionText.permission($0) })),
            .route(
                Route(
                    name: try Name("item"), pattern: try RoutePattern("/items/{id}"), methods: .all,
                    requiredScopes: [try Name("orders:read"), try Name("orders:write")], classification: .restricted,
                    cost: 12, upstream: "http://10.0.0.7:8080", version: "v1", deprecated: moment, sunset: moment,
                    schema: "item", note: "goods")),
            .quota(quota),
            .client(
                Client(
                    name: try Name("svc"), owner: "the shop, inc.", status: .suspended, tier: try Name("free"),
                    roles: [try Name("writer")], scopes: [try Name("orders:read")], created: moment, expires: moment,
                    note: "a note")),
            .operator(
                Operator(name: try Name("bob"), userID: 1001, duties: [.watch, .revoke], note: "on call")),
        ]
    }
}
