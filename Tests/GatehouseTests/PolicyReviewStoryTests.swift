import Console
import Domain
import Foundation
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
        // Nobody used it, so that nobody is refused. Denies guard, and stay.
        #expect(!console.text.contains("deny-removed"))
        for _ in 0..<8 { console.press("pgdn") }
        #expect(console.text.contains("- newly refused   0 requests"))
        console.confirm("never used")
        let after = try console.policy()
        let changed = before.edits(to: after)
        #expect(changed.count > 1)
        #expect(try console.lastRecord.entry.reason == "never used")
        #expect(!console.text.contains("marked"))
        #expect(
            before.roles.flatMap(\.permissions).filter { $0.effect == .deny }
                == after.roles.flatMap(\.permissions).filter { $0.effect == .deny })
        console.press("a")
        #expect(console.text.contains("all that wasn't used are denies, which guard"))
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

    @Test func `behind a row of a limit's effect lie exactly the requests that its counters refuse`() throws {
        let before = try console.policy()
        console.press("7")
        console.filter("acme")
        console.press("e")
        console.type("10/h")
        console.press("ctrl-s")
        console.press("ctrl-o")
        let shown = console.text
        let path = console.home.path + "/refused.json"
        console.press("E", "ctrl-u")
        console.type(path)
        console.press("enter")
        let written = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        // What the engine says about the same traffic, request by request.
        console.press("esc")
        console.confirm("too many")
        if console.text.contains("waits for approval") { try console.letApprove() }
        let reader = TrafficReader(folder: console.folder)
        _ = try reader.refresh()
        let everything = TrafficQuery(start: .oldest, limit: .max - 1, now: SystemClock.now())
        let facts = try reader.factPage(everything)
        let change = try #require(
            try tally(of: facts.facts, from: before).ranking.first { $0.change.before == .allowed }?.change)
        var refused: Set<EventID> = []
        var tally = try tally(of: [], from: before)
        for (fact, position) in zip(facts.facts, facts.positions) {
            let known = tally.changes[change]?.count
            tally.add([fact])
            if tally.changes[change]?.count != known { refused.insert(position.id) }
        }
        #expect(refused.count > 10 && facts.facts.count > 2 * refused.count)
        #expect(shown.contains("newly refused by this change: \(refused.count)"))
        #expect(written == (try reader.page(everything).events.filter { refused.contains($0.id) }.map(\.json)))
    }

    /// What the policy in force now does to requests that another one decided.
    private func tally(of facts: [TrafficFact], from before: Policy) throws -> ReplayTally {
        var tally = ReplayTally(
            from: try PolicySnapshot(compiling: before, zones: ZoneTables.table(named:)),
            to: try PolicySnapshot(compiling: try console.policy(), zones: ZoneTables.table(named:)),
            zones: ZoneTables.table(named:))
        tally.add(facts)
        return tally
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
