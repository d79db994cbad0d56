import Domain
import Testing

/// Routes that answer for paths of a restricted one.
struct DangerTakingTests {
    private static func base() throws -> Policy {
        try Policy.of(
            scopes: ["admin", "audit"],
            routes: [
                Route("admin", "/admin/*", [.get, .post], scopes: ["admin"], classification: .restricted),
                Route("help", "/admin/help/*", [.get]), Route("status", "/status"),
                Route("one", "/vault/{id}", [.get], scopes: ["admin", "audit"], classification: .restricted),
            ])
    }

    private static func found(_ change: (inout Policy) throws -> Void) throws -> [String] {
        let old = try base()
        var new = old
        try change(&new)
        // What isn't a policy is refused, and no test of dangers.
        _ = try new.compiled()
        return Danger.found(from: old, to: new).map(\.description)
    }

    @Test func `a new route that takes paths and methods out of a restricted one is found`() throws {
        let danger = "restricted-route-opened route/back: answers GET on /admin/users in the place of route admin"
        #expect(try Self.found { $0.put(.route(try Route("back", "/admin/users"))) } == [danger])
        #expect(
            try Self.found { $0.put(.route(try Route("back", "/admin/users", classification: .restricted))) }
                == [danger])
        #expect(
            try Self.found { $0.put(.route(try Route("back", "/admin/users", scopes: ["admin"]))) } == [danger])
        #expect(
            try Self.found { $0.put(.route(try Route("back", "/admin/{name}", Domain.Method.allCases))) }
                == [
                    "restricted-route-opened route/back: answers GET, POST on /admin/{name} in the place of route admin"
                ])
        #expect(try Self.found { $0.put(.route(try Route("back", "/vault/main"))) }.count == 1)
    }

    @Test func `one that keeps class and scopes, or takes nothing, is none`() throws {
        for route in [
            try Route(
                "back", "/admin/users", scopes: ["audit", "admin"], classification: .restricted),
            // Neither method is one of the restricted route's.
            try Route("back", "/admin/users", [.delete, .head]),
            // Another one answers there already.
            try Route("back", "/admin/help/index"),
            try Route("back", "/admins"), try Route("back", "/{any}/*", [.get]),
        ] {
            #expect(try Self.found { $0.put(.route(route)) } == [], "\(route)")
        }
    }

    @Test func `a restricted route may not just go, since what is made later would be restricted by nothing`() throws {
        let one = ItemKey(try Name<Route>("one"))
        let gone = "restricted-route-opened route/one: no longer restricts GET on /vault/{id}"
        #expect(try Self.found { $0[one] = nil } == [gone])
        func moved(_ path: String, _ methods: [Domain.Method] = [.get]) throws -> Route {
            try Route("one", path, methods, scopes: ["admin", "audit"], classification: .restricted)
        }
        #expect(try Self.found { $0.put(.route(try moved("/safe/{id}"))) } == [gone])
        #expect(try Self.found { $0.put(.route(try moved("/vault/main"))) } == [gone])
        #expect(try Self.found { $0.put(.route(try moved("/vault/{id}", [.post]))) } == [gone])
        // Another that is as guarded stands for it, or it was never restricted.
        #expect(
            try Self.found { policy in
                policy[one] = nil
                policy.put(
                    .route(
                        try Route("all", "/vault/*", [.get], scopes: ["audit", "admin"], classification: .restricted)))
            } == [])
        #expect(try Self.found { $0.put(.route(try moved("/vault/*", [.get, .post]))) } == [])
        #expect(try Self.found { $0[ItemKey(try Name<Route>("status"))] = nil } == [])
    }

    @Test func `a route that moves, gets a method or a name is measured by what it takes anew`() throws {
        #expect(
            try Self.found { $0.put(.route(try Route("status", "/admin/status"))) }
                == ["restricted-route-opened route/status: answers GET on /admin/status in the place of route admin"])
        #expect(
            try Self.found { $0.put(.route(try Route("help", "/admin/help/*", [.get, .post]))) }
                == ["restricted-route-opened route/help: answers POST on /admin/help/* in the place of route admin"])
        #expect(try Self.found { $0.put(.route(try Route("help", "/admin/help/*", note: "for all"))) } == [])
        #expect(try Self.found { $0.put(.route(try Route("help", "/admin/help/{page}"))) } == [])
        #expect(
            try Self.found { policy in
                policy[ItemKey(try Name<Route>("help"))] = nil
                policy.put(.route(try Route("guide", "/admin/help/*")))
            } == [])
        #expect(
            try Self.found { policy in
                policy[ItemKey(try Name<Route>("admin"))] = nil
                policy.put(
                    .route(
                        try Route(
                            "office", "/admin/*", [.get, .post], scopes: ["admin"], classification: .restricted)))
            } == ["restricted-route-opened route/admin: gives way to route help"])
        #expect(
            try Self.found { policy in
                policy.put(
                    .route(try Route("one", "/safe/{id}", scopes: ["admin", "audit"], classification: .restricted)))
                policy.put(.route(try Route("open", "/vault/{name}")))
            } == ["restricted-route-opened route/one: gives way to route open"])
    }
}
