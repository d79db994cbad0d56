import Domain
import Testing

struct DangerTests {
    private static func base() throws -> Policy {
        try Policy.of(
            scopes: ["vault"],
            roles: [
                Role(
                    "staff", [Permission(.allow, [.get], "/open/*"), Permission(.deny, [.get, .put], "/open/hidden")]),
                Role("keeper", [Permission(.allow, [.get], "/vault/*")]), Role("junior", parents: ["staff"]),
            ],
            routes: [
                Route("open", "/open/{page}", [.get, .put]),
                Route("vault", "/vault/{id}", scopes: ["vault"], classification: .restricted),
            ],
            clients: [Client("app", roles: ["junior"], scopes: []), Client("safe", roles: ["keeper"])],
            others: [
                .tier(Tier(name: Name("free"))), .operator(Operator(name: Name("maria"), userID: 1, duties: [.edit])),
                .quota(
                    Quota(
                        name: Name("free-hour"), holder: .tier(Name("free")), key: .client,
                        window: .rolling(seconds: 3600),
                        limit: 100)),
            ])
    }

    private static func found(_ change: (inout Policy) throws -> Void) throws -> [String] {
        let old = try base()
        var new = old
        try change(&new)
        return Danger.found(from: old, to: new).map(\.description)
    }

    private static func role(_ name: String, _ policy: Policy) throws -> Role {
        try #require(policy.roles.first { $0.name.text == name })
    }

    @Test func `notes and new routes are no danger`() throws {
        let found = try Self.found { policy in
            policy.put(.route(try Route("more", "/more")))
            var role = try Self.role("staff", policy)
            role.note = "everyone"
            role.permissions.append(try Permission(.deny, [.get], "/open/*"))
            policy.put(.role(role))
        }
        #expect(found == [])
    }

    @Test func `a deny that goes or covers less is found`() throws {
        let narrowed = try Self.found { policy in
            var role = try Self.role("staff", policy)
            role.permissions[1].methods = MethodSet([Domain.Method.get])
            policy.put(.role(role))
        }
        #expect(narrowed == ["deny-removed role/staff: no longer denies GET, PUT on /open/hidden"])
        let conditional = try Self.found { policy in
            var role = try Self.role("staff", policy)
            role.permissions[1].conditions = [.mutualTLS]
            policy.put(.role(role))
        }
        #expect(conditional == narrowed)
        let widened = try Self.found { policy in
            var role = try Self.role("staff", policy)
            role.permissions[1].pattern = try RoutePattern("/open/{page}")
            policy.put(.role(role))
        }
        #expect(widened == [])
        let orphaned = try Self.found { $0.put(.role(try Role("junior"))) }
        // Tokens may name it, and would lose what it inherits.
        let gone = try Self.found { $0[ItemKey(try Name<Role>("junior"))] = nil }
        #expect(gone == orphaned)
        #expect(orphaned == ["deny-removed role/junior: no longer denies GET, PUT on /open/hidden"])
        let released = try Self.found { $0.put(.client(try Client("app", roles: []))) }
        #expect(released == ["deny-removed client/app: no longer denies GET, PUT on /open/hidden"])
    }

    @Test(arguments: ["*", "/*", "/{a}/*"])
    func `a permission for everything is found`(pattern: String) throws {
        let found = try Self.found { $0.put(.role(try Role("root", [Permission(.allow, [.get], pattern)]))) }
        #expect(
            found == [
                "wildcard-permission role/root: allows GET on \(pattern)",
                "restricted-route-opened role/root: may call route vault by allowing GET on \(pattern)",
            ])
    }

    @Test func `a restricted route that opens is found, whoever opens it and how`() throws {
        func route(_ change: (inout Route) throws -> Void) throws -> [String] {
            try Self.found { policy in
                var route = try #require(policy.routes.first { $0.name.text == "vault" })
                try change(&route)
                policy.put(.route(route))
            }
        }
        #expect(
            try route { $0.classification = .internal } == ["restricted-route-opened route/vault: becomes internal"])
        #expect(
            try route { $0.requiredScopes = [] } == ["restricted-route-opened route/vault: no longer needs scope vault"]
        )
        #expect(try route { $0.methods = MethodSet([Domain.Method.get, .put]) } == [])
        let granted = try Self.found { $0.put(.client(try Client("app", roles: ["junior", "keeper"]))) }
        #expect(granted == ["restricted-route-opened client/app: may call route vault by allowing GET on /vault/*"])
        let scoped = try Self.found { $0.put(.client(try Client("safe", roles: ["keeper"], scopes: ["vault"]))) }
        #expect(scoped == ["restricted-route-opened client/safe: gets a scope of route vault"])
        let swapped = try Self.found { policy in
            policy[ItemKey(try Name<Route>("vault"))] = nil
            policy.put(.route(try Route("other", "/vault/{x}")))
        }
        #expect(swapped == ["restricted-route-opened route/vault: gives way to route other"])
    }

    @Test func `what conditions on levels mean doesn't change by the order of the levels`() throws {
        func levels(_ names: [String], effect: Permission.Effect, to others: [String]) throws -> [String] {
            let strict = Permission(
                effect: effect, methods: MethodSet([.get]), pattern: try RoutePattern("/vault/*"),
                conditions: [.authenticationLevel("high")])
            var old = try Self.base()
            old.put(.role(Role(name: try Name("keeper"), permissions: [strict])))
            var settings = old.settings
            settings.authenticationLevels = names
            old.put(.settings(settings))
            var new = old
            settings.authenticationLevels = others
            new.put(.settings(settings))
            return Danger.found(from: old, to: new).map(\.danger.name)
        }
        #expect(
            try levels(["low", "high"], effect: .allow, to: ["high", "low"]) == ["restricted-route-opened"])
        #expect(
            try levels(["low", "high"], effect: .allow, to: ["low", "high", "top"]) == ["restricted-route-opened"])
        #expect(try levels(["low", "high"], effect: .allow, to: ["none", "low", "high"]) == [])
        #expect(try levels(["high", "top"], effect: .deny, to: ["top", "high"]) == ["deny-removed"])
        #expect(try levels(["low", "high"], effect: .deny, to: ["high", "low"]) == [])
    }

    @Test func `a route that costs a tenth is a quota raised more than tenfold`() throws {
        func cost(from old: Int, to new: Int) throws -> [String] {
            func policy(_ cost: Int) throws -> Policy {
                var policy = try Self.base()
                var route = try #require(policy.routes.first { $0.name.text == "open" })
                route.cost = cost
                policy.put(.route(route))
                return policy
            }
            return Danger.found(from: try policy(old), to: try policy(new)).map(\.description)
        }
        #expect(try cost(from: 200, to: 1) == ["quota-raised route/open: costs 1 in the place of 200"])
        #expect(try cost(from: 10, to: 1) == [])
        #expect(try cost(from: 1, to: 200) == [])
    }

    @Test func `operators, quotas and the list of dangers itself are watched`() throws {
        #expect(
            try Self.found { policy in
                policy.put(.operator(Operator(name: try Name("maria"), userID: 1, duties: [.edit, .revoke])))
                policy.put(.operator(Operator(name: try Name("otto"), userID: 2, duties: [])))
            } == ["operators operator/maria: duties or account change", "operators operator/otto: is added"])
        func quota(_ limit: Int, _ seconds: Int = 3600) throws -> [String] {
            try Self.found { policy in
                policy.put(
                    .quota(
                        Quota(
                            name: try Name("free-hour"), holder: .tier(try Name("free")), key: .client,
                            window: .rolling(seconds: seconds), limit: limit)))
            }
        }
        #expect(try quota(1000) == [])
        #expect(
            try quota(1001) == [
                "quota-raised quota/free-hour: goes from 100 in 1h to 1001 in 1h: from 100 to 1001 units in 1h"
            ])
        #expect(
            try quota(100, 60)
                == ["quota-raised quota/free-hour: goes from 100 in 1h to 100 in 1m: from 100 to 6000 units in 1h"])
        #expect(
            try Self.found { $0[ItemKey(try Name<Quota>("free-hour"))] = nil }
                == ["quota-raised quota/free-hour: free-hour is removed"])
        #expect(
            try Self.found { policy in
                var settings = policy.settings
                settings.approvals.remove(.operators)
                policy.put(.settings(settings))
            } == ["approvals-weakened settings/policy: operators would need no approval any more"])
    }
}
