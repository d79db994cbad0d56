import Console
import Domain
import Terminal
import Testing

struct DiscoveredStoryTests {
    private static func found(_ method: String, _ route: String, _ counts: OutcomeCounts) -> DiscoveredRoute {
        DiscoveredRoute(method: method, route: route, counts: counts)
    }

    private static let routes = [
        found("PUT", "/v1/profile", OutcomeCounts(allowed: 90, failed: 10)),
        found("GET", "/v1/profile", OutcomeCounts(allowed: 4000)),
        found("POST", "/v1/shops/{id}/items/{id}", OutcomeCounts(allowed: 20, limited: 5)),
        found("GET", "/wp-login.php", OutcomeCounts(forbidden: 300)),
        found("BREW", "/coffee", OutcomeCounts(allowed: 1)),
        found("GET", "/{other}", OutcomeCounts(allowed: 1)),
    ]

    private static func opened(
        _ width: Int = 120, _ height: Int = 36, duties: Set<Duty> = [.watch, .edit], isReadOnly: Bool = false,
        found: [DiscoveredRoute] = routes
    ) throws -> ConsoleTester {
        var tester = try ConsoleTester.withPolicy(width, height, duties: duties, isReadOnly: isReadOnly)
        tester.answers = { question in
            if case .policy(.discovery) = question { return .policy(.discovery(found)) }
            return SampleTraffic.answer(to: question)
        }
        tester.press(":")
        tester.type("discovered")
        tester.press("enter")
        return tester
    }

    private static func reviewed(_ tester: ConsoleTester) -> [Route] {
        for case .policy(.check(let asked)) in tester.questions.reversed() {
            return asked.edits.compactMap { if case .route(let route)? = $0.after { route } else { nil } }
        }
        return []
    }

    @Test func `methods of a path stand together, with how its requests ended`() throws {
        let tester = try Self.opened()
        #expect(tester.text.contains("3 paths of the last 24 hours that no route declares"))
        let row = try #require(tester.text.split(separator: "\n").first { $0.contains("▸") })
        #expect(row.contains("GET PUT"))
        #expect(row.contains("4 100"))
        #expect(row.contains("99.8 %"))
        #expect(tester.text.contains("/v1/shops/{id}/items/{id2}"))
        #expect(!tester.text.contains("coffee"))
    }

    @Test func `one key adopts a path as a route, after a review`() throws {
        var tester = try Self.opened()
        tester.press("a")
        #expect(tester.text.contains("Review: create route/v1-profile"))
        #expect(tester.effects.isEmpty)
        let route = try #require(Self.reviewed(tester).first)
        #expect(route.pattern.text == "/v1/profile")
        #expect(route.methods.methods == [.get, .put])
        #expect(route.classification == .internal)
    }

    @Test func `several that are marked become routes in one change`() throws {
        var tester = try Self.opened()
        tester.press("space", "j", "space", "a")
        #expect(tester.text.contains("Review: change 2 things"))
        #expect(Self.reviewed(tester).map(\.name.text) == ["v1-profile", "v1-shops-id-items-id2"])
    }

    @Test func `e writes the route into a form first`() throws {
        var tester = try Self.opened()
        tester.press("e")
        #expect(tester.row(1).contains("6 Routes"))
        #expect(tester.text.contains("new route"))
        #expect(tester.text.contains("v1-profile"))
        #expect(tester.text.contains("GET,PUT"))
        tester.press("ctrl-s")
        #expect(Self.reviewed(tester).first?.pattern.text == "/v1/profile")
    }

    @Test func `what was adopted goes from the list`() throws {
        var tester = try Self.opened()
        var policy = try SampleStanding.policy()
        policy.put(
            .route(
                Route(name: try Name("mine"), pattern: try RoutePattern("/v1/profile"), methods: .init([.get, .put]))))
        tester.receive(.policy(.ready(try SampleStanding.state(policy, version: 8))))
        #expect(tester.text.contains("2 paths of the last 24 hours"))
        #expect(!tester.text.contains("/v1/profile"))
    }

    @Test func `only the methods that are missing are adopted`() throws {
        var tester = try Self.opened()
        var policy = try SampleStanding.policy()
        policy.put(
            .route(Route(name: try Name("mine"), pattern: try RoutePattern("/v1/profile"), methods: .init([.get]))))
        tester.receive(.policy(.ready(try SampleStanding.state(policy, version: 8))))
        tester.press("a")
        #expect(Self.reviewed(tester).first?.methods.methods == [.put])
    }

    @Test func `t shows the requests, and Esc comes back`() throws {
        var tester = try Self.opened()
        tester.press("t")
        #expect(tester.row(2).contains("route:/v1/profile"))
        tester.press("esc")
        #expect(tester.row(1).contains("Discovered"))
    }

    @Test(arguments: [false, true])
    func `whoever may not edit sees it all, and adopts nothing`(isReadOnly: Bool) throws {
        var tester = try Self.opened(duties: isReadOnly ? [.watch, .edit] : [.watch], isReadOnly: isReadOnly)
        for key in ["a", "e"] {
            tester.press(key)
            #expect(
                tester.text.contains(isReadOnly ? "the console was opened read-only" : "ann doesn't have the duty edit")
            )
        }
        #expect(Self.reviewed(tester).isEmpty)
    }

    @Test func `hostile paths become variables, and stay inert`() throws {
        let tester = try Self.opened(
            80, 24,
            found: [
                Self.found(
                    "GET", "/v1/\u{1B}[2J\u{202E}/a b/" + String(repeating: "x", count: 300), OutcomeCounts(allowed: 1))
            ])
        #expect(tester.text.contains("/v1/{"))
        for scalar in tester.text.unicodeScalars where scalar != "\n" {
            #expect(scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .format)
        }
    }

    @Test(arguments: [(60, 16), (80, 24), (200, 60)])
    func `it fits, with the cursor on the row`(width: Int, height: Int) throws {
        let tester = try Self.opened(width, height)
        #expect(tester.cursorRow.contains("/v1/profile"))
    }
}
