import Console
import Domain
import Store
import Testing

@testable import gatehouse

/// What recorded traffic says about the policy, and the changes that come of it, on a real store.
struct PolicyReviewStoryTests {
    private let console: PolicyConsole

    init() throws {
        console = try PolicyConsole(traffic: true)
    }

    @Test func `what was never used goes in one change, and one undo brings all of it back`() throws {
        let before = try console.policy()
        console.command("review")
        #expect(console.text.contains("never used in"))
        console.press("a")
        #expect(console.text.contains("marked"))
        console.press("d")
        #expect(console.text.contains("Review: change"))
        // Nobody used it, so that nobody is refused. A deny is among it, so that it takes a second operator.
        #expect(console.text.contains("takes a second operator: deny-removed"))
        for _ in 0..<8 { console.press("pgdn") }
        #expect(console.text.contains("- newly refused   0 requests"))
        console.confirm("never used")
        try console.letApprove()
        let after = try console.policy()
        let changed = before.edits(to: after)
        #expect(changed.count > 1)
        #expect(try console.lastRecord.entry.reason == "approved: never used")
        #expect(!console.text.contains("marked"))
        #expect(console.text.contains(" 0 never used in"))
        console.press("u")
        console.goThrough()
        #expect(try console.policy() == before)
        #expect(try console.isIntact())
    }

    @Test func `a path that no route declares is adopted with one key, reviewed and applied`() throws {
        let route = try #require(
            try console.policy().routes.first { $0.pattern.text == "/v1/products/{id}" })
        console.press("6")
        console.filter(route.name.text)
        console.press("d")
        console.confirm("by mistake")
        #expect(console.text.contains("is in force"))
        console.press("esc")
        console.command("discovered")
        #expect(console.text.contains("that no route declares"))
        #expect(console.text.contains("/v1/products/{id}"))
        console.filter("path:/v1/products/*")
        console.press("a")
        #expect(console.text.contains("Review: create route/"))
        #expect(console.text.contains("+ newly allowed"))
        console.confirm("adopted")
        if console.text.contains("waits for approval") { try console.letApprove() }
        let adopted = try #require(try console.policy().routes.first { $0.pattern.text == "/v1/products/{id}" })
        #expect(adopted.methods.contains(.get))
        #expect(!console.text.contains("GET       /v1/products/{id}"))
        #expect(try console.isIntact())
    }

    @Test func `from why to the form and into force: the change that would have allowed a denied request`() throws {
        try console.record([
            AccessEvent(
                time: SystemClock.now(), outcome: .forbidden, status: 403,
                texts: [
                    .client: "partner-acme", .subject: "4201", .method: "POST", .path: "/v1/orders",
                    .route: "/v1/orders", .reason: "no_permission", .address: "203.0.113.7",
                ])
        ])
        let before = try console.version
        console.press("w")
        #expect(console.text.contains("the gateway     ■ 403 forbidden  no_permission"))
        #expect(console.text.contains("✗ no_permission"))
        #expect(console.text.contains("what would allow it"))
        console.press("e")
        #expect(try console.version == before)
        console.press("ctrl-s")
        #expect(console.text.contains("+ newly allowed"))
        console.confirm("they place orders too")
        if console.text.contains("waits for approval") { try console.letApprove() }
        #expect(try console.version > before)
        let snapshot = try PolicySnapshot(compiling: try console.policy(), zones: ZoneTables.table(named:))
        #expect(
            snapshot.callable(by: try #require(snapshot.client(named: "partner-acme"))).contains {
                $0.method == .post && snapshot.route($0.route).pattern.text == "/v1/orders"
            })
        #expect(try console.isIntact())
    }
}
