import Console
import Domain
import Terminal
import Testing

struct WhyStoryTests {
    /// The newest event with this reason.
    private static func event(_ reason: String) throws -> AccessEvent {
        try #require((0..<8).map { SampleTraffic.event($0) }.first { $0[.reason] == reason })
    }

    @Test func `one key from the Overview says why the newest denied request was denied`() throws {
        var tester = try ConsoleTester.withPolicy()
        tester.press("w")
        let query = try #require(tester.lastPage)
        #expect(query.limit == 1)
        #expect(query.filter == .test(.outcome([.unauthenticated, .forbidden, .limited, .invalid])))
        #expect(tester.row(1).contains("Why"))
        #expect(tester.text.contains("GET /v1/orders"))
        #expect(tester.text.contains("429 limited  quota_exceeded:tier"))
        #expect(tester.text.contains("the scope orders:read"))
        tester.press("esc")
        #expect(tester.text.contains("clients by requests"))
    }

    @Test func `where nothing was denied it says so`() throws {
        var tester = try ConsoleTester.withPolicy()
        tester.answers = { question in
            if case .page = question { return .page(TrafficPage(events: [], reachedEnd: true)) }
            return SampleTraffic.answer(to: question)
        }
        tester.press("w")
        #expect(tester.text.contains("no request was denied"))
        #expect(tester.row(1).contains("1 Overview"))
    }

    @Test func `an answer that comes after another key changes nothing`() throws {
        var tester = try ConsoleTester.withPolicy()
        tester.answers = { question in
            if case .page = question { return nil }
            return SampleTraffic.answer(to: question)
        }
        tester.press("w")
        let query = try #require(tester.lastPage)
        tester.press("j")
        tester.receive(.answered(.page(query), .page(TrafficPage(events: [SampleTraffic.event(3)], reachedEnd: true))))
        #expect(tester.text.contains("clients by requests"))
    }

    @Test func `each step has its sign, with the rule, what was missing and what would allow it`() throws {
        var tester = try ConsoleTester.withPolicy(screen: .traffic)
        tester.press("j", "j", "j", "w")
        let text = tester.text
        #expect(text.contains("✓ route users: /v1/users/{id}"))
        #expect(text.contains("✗ condition_failed:owner"))
        #expect(text.contains("permission      ✗"))
        #expect(text.contains("reader, permission 1: allow GET /v1/users/{id} if owner id = sub"))
        #expect(text.contains("give client web-spa the role support"))
        #expect(text.contains("not judged: the log doesn't say which token it was"))
    }

    @Test func `steps that were not reached have a sign without colours too`() throws {
        var tester = try ConsoleTester.withPolicy(screen: .traffic, glyphs: .ascii)
        tester.press("w")
        #expect(tester.text.contains("route           + route orders"))
        #expect(tester.text.contains("scope           x scope_missing"))
        #expect(tester.text.contains("permission      - not reached"))
    }

    @Test func `only another name for the reason is no disagreement`() throws {
        var tester = try ConsoleTester.withPolicy(screen: .traffic)
        tester.press("j", "j", "j", "w")
        #expect(!tester.text.contains("they differ"))
        #expect(tester.text.contains("same outcome    both refuse it with 403; only the reason has another name"))
        #expect(tester.text.contains("not_owner at the gateway"))
    }

    @Test func `where the log names no reason, none is said to be called by another name`() throws {
        var tester = try ConsoleTester.withPolicy(screen: .overview)
        tester.answers = { question in
            guard case .page(var page)? = SampleTraffic.answer(to: question) else {
                return SampleTraffic.answer(to: question)
            }
            for index in page.events.indices { page.events[index][.reason] = nil }
            return .page(page)
        }
        tester.press("2", "j", "j", "j", "w")
        #expect(tester.text.contains("same outcome    both refuse it with 403; the gateway's log names no reason"))
        #expect(!tester.text.contains("another name"))
    }

    @Test func `a request that the policy in force would allow says that, and that limits are not judged`() throws {
        var policy = try SampleStanding.policy()
        policy.put(
            .client(
                Client(name: try Name("partner-acme"), roles: [try Name("reader")], scopes: [try Name("orders:read")])))
        var tester = try ConsoleTester.withPolicy(screen: .traffic, policy: policy)
        tester.press("w")
        #expect(tester.text.contains("● would allow it"))
        #expect(tester.text.contains("not judged here"))
        tester.press("e")
        #expect(tester.text.contains("the policy in force allows it"))
    }

    @Test func `w on a request that was let through is about the next one below that was not`() throws {
        var tester = try ConsoleTester.withPolicy(screen: .traffic)
        tester.press("j", "j", "w")
        #expect(tester.text.contains("why  GET /v1/users/77"))
        tester.press("esc")
        #expect(tester.row(1).contains("2 Traffic"))
    }

    @Test func `e writes the change into the client's form, and nothing is applied`() throws {
        var tester = try ConsoleTester.withPolicy(screen: .traffic)
        tester.press("w", "e")
        #expect(tester.row(1).contains("3 Clients"))
        #expect(tester.text.contains("partner-acme"))
        #expect(tester.text.contains("~ changed"))
        #expect(tester.text.contains("orders:read"))
        #expect(tester.effects.isEmpty)
        tester.press("ctrl-s")
        #expect(tester.text.contains("Review: change client/partner-acme"))
        #expect(tester.effects.isEmpty)
        let checked = tester.questions.compactMap { question -> [PolicyEdit]? in
            if case .policy(.check(let asked)) = question { asked.edits } else { nil }
        }
        guard case .client(let client)? = checked.last?.first?.after else {
            Issue.record("no change of a client is reviewed")
            return
        }
        #expect(client.scopes.map(\.text) == ["orders:read"])
    }

    @Test func `Tab chooses another change, which e takes`() throws {
        var policy = try SampleStanding.policy()
        policy.put(
            .role(
                Role(
                    name: try Name("auditor"),
                    permissions: [
                        try PermissionText.permission("allow GET /v1/users/{id}"),
                        try PermissionText.permission("allow GET /v1/orders"),
                    ])))
        var tester = try ConsoleTester.withPolicy(screen: .traffic, policy: policy)
        tester.press("j", "j", "j", "w", "tab", "e")
        #expect(tester.text.contains("reader, auditor"))
    }

    @Test func `what somebody wrote before is not written over`() throws {
        var tester = try ConsoleTester.withPolicy(screen: .clients)
        tester.press("n")
        tester.type("half-done")
        // The form stays open while another screen is in front.
        tester.receive(.policy(.unavailable("away")))
        tester.press("esc")
        tester.receive(.policy(.ready(try SampleStanding.state(SampleStanding.policy()))))
        tester.press("2", "w", "e")
        #expect(tester.text.contains("what you wrote before is still here"))
        #expect(tester.text.contains("half-done"))
    }

    @Test(arguments: [Set<Duty>([.watch]), [.watch, .revoke]])
    func `without the duty to edit e says so, and the rest can be read`(duties: Set<Duty>) throws {
        var tester = try ConsoleTester.withPolicy(duties: duties)
        tester.press("w", "e")
        #expect(tester.text.contains("ann doesn't have the duty edit"))
        #expect(tester.text.contains("allow client partner-acme the scope orders:read"))
    }

    @Test func `a console that was opened read-only explains, and writes no form`() throws {
        var tester = try ConsoleTester.withPolicy(isReadOnly: true)
        tester.press("w", "e")
        #expect(tester.text.contains("the console was opened read-only"))
        #expect(tester.row(1).contains("Why"))
    }

    @Test func `a policy that changes is asked again`() throws {
        var tester = try ConsoleTester.withPolicy(screen: .traffic)
        tester.press("w")
        #expect(tester.text.contains("scope_missing"))
        var policy = try SampleStanding.policy()
        policy.put(
            .client(
                Client(name: try Name("partner-acme"), roles: [try Name("reader")], scopes: [try Name("orders:read")])))
        tester.receive(.policy(.ready(try SampleStanding.state(policy, version: 8))))
        #expect(tester.text.contains("policy 8"))
        #expect(tester.text.contains("● would allow it"))
    }

    @Test func `without a policy the page says what is wrong`() throws {
        var tester = ConsoleTester()
        tester.receive(.policy(.unavailable("there is no policy: gatehouse init makes one")))
        tester.press("w")
        #expect(tester.text.contains("gatehouse init makes one"))
    }

    @Test func `hostile paths, reasons and names stay inert`() throws {
        var event = SampleTraffic.event(3)
        event[.path] = "/v1/\u{1B}[2J\u{202E}users\u{7}/" + String(repeating: "A", count: 3000)
        event[.client] = "web\u{202E}spa\u{1B}]0;x"
        event[.reason] = "not\u{9B}31m_owner\u{2066}"
        event[.subject] = "\u{200B}\u{1B}[31m"
        for width in [60, 80, 120] {
            var tester = try ConsoleTester.withPolicy(width, 24)
            let hostile = event
            tester.answers = { question in
                if case .page = question { return .page(TrafficPage(events: [hostile], reachedEnd: true)) }
                return SampleTraffic.answer(to: question)
            }
            tester.press("w", "j", "pagedown", "tab", "G", "y")
            #expect(tester.row(1).contains("Why"))
            for scalar in tester.text.unicodeScalars where scalar != "\n" {
                #expect(scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .format)
            }
        }
    }
}
