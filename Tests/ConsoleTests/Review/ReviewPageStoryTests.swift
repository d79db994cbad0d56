import Console
import Domain
import Terminal
import Testing

/// What nobody may confirm unseen, and the way to the requests.
struct ReviewPageStoryTests {
    private static let warning =
        "client/mobile-app: its credentials and tokens are revoked, and undoing brings none back"

    /// The newest question of a kind on the review page.
    private func asked(_ tester: ConsoleTester, _ isWanted: (PolicyQuestion) -> Bool) throws -> Question {
        try #require(
            tester.questions.last {
                if case .policy(let question) = $0 { isWanted(question) } else { false }
            })
    }

    /// Four clients are to go.
    private func deletion(_ check: PolicyCheck) throws -> ConsoleTester {
        var tester = try ConsoleTester.withPolicy(80, 24)
        tester.press("3", "space", "space", "space", "space", "d")
        let question = try asked(tester) { if case .check = $0 { true } else { false } }
        tester.receive(.answered(question, .policy(.check(check))))
        return tester
    }

    @Test func `what is dangerous, waits or can't be undone stands first, in sight at 80 by 24`() throws {
        let key = try #require(ItemKey(text: "client/mobile-app"))
        let tester = try deletion(
            PolicyCheck(
                findings: [DangerFinding(.wildcardPermission, key, "may do anything")], waitsFor: [.wildcardPermission],
                warnings: [Self.warning]))
        #expect(tester.text.contains("takes a second operator: wildcard-permission"))
        #expect(tester.text.contains("client/mobile-app: may do anything"))
        #expect(tester.text.contains("its credentials and tokens are revoked"))
        let rows = (0..<24).map(tester.row)
        let (first, second) = (
            rows.firstIndex { $0.contains("may do anything") }, rows.firstIndex { $0.contains("difference") }
        )
        #expect(try #require(first) < (try #require(second)))
    }

    @Test func `a long page with something dangerous is confirmed only after its end was seen`() throws {
        var tester = try deletion(PolicyCheck(warnings: [Self.warning]))
        tester.type("x")
        tester.press("enter", "enter")
        #expect(tester.action == nil)
        for _ in 0..<9 where tester.text.contains("see all of it first: enter goes on") { tester.press("enter") }
        #expect(tester.action == nil)
        #expect(tester.text.contains("that is all of it: enter confirms it now"))
        #expect(tester.text.contains("effect on the traffic"))
        tester.press("enter")
        #expect(tester.action != nil)
    }

    @Test func `what is typed or pasted while a button has the focus is the reason`() throws {
        var tester = try deletion(PolicyCheck())
        tester.press("tab")
        tester.type("no longer")
        tester.press("tab", "tab")
        tester.paste(" needed")
        tester.press("enter", "enter")
        guard case .change(let proposal)? = tester.action else {
            Issue.record("nothing was applied")
            return
        }
        #expect(proposal.reason == "no longer needed")
    }

    @Test func `one line that is left is one line`() throws {
        var tester = try deletion(PolicyCheck(warnings: [Self.warning]))
        tester.type("x")
        tester.press("enter", "enter")
        var notes: [String] = []
        for _ in 0..<30 where tester.text.contains("enter goes on") {
            notes.append(tester.text)
            tester.press("up", "down", "down", "enter")
        }
        #expect(!notes.contains { $0.contains("1 more lines") })
    }

    @Test func `who has scrolled to the end has seen it, and without danger nobody has to`() throws {
        var scrolled = try deletion(PolicyCheck(warnings: [Self.warning]))
        scrolled.type("x")
        for _ in 0..<5 { scrolled.press("pgdn") }
        scrolled.press("enter", "enter")
        #expect(scrolled.action != nil)
        var harmless = try deletion(PolicyCheck())
        harmless.type("x")
        harmless.press("enter", "enter")
        #expect(harmless.action != nil)
    }

    @Test func `what becomes known to be dangerous meanwhile has to be seen again`() throws {
        var tester = try deletion(PolicyCheck())
        tester.type("x")
        for _ in 0..<5 { tester.press("pgdn") }
        tester.press("pgup", "pgup", "pgup", "pgup", "pgup", "enter")
        let question = try asked(tester) { if case .check = $0 { true } else { false } }
        tester.receive(.answered(question, .policy(.check(PolicyCheck(warnings: [Self.warning])))))
        tester.press("enter")
        #expect(tester.action == nil)
    }

    // MARK: - The effect

    /// Where the sample's requests are.
    private let positions = (0..<4).map {
        EventPosition(
            time: SampleTraffic.now,
            id: EventID(segment: SegmentID(day: SampleTraffic.now.day, part: 1), ordinal: Int64($0)))
    }

    /// Once mobile-app is suspended: one request newly refused, and three for another reason.
    private func effect(_ tester: inout ConsoleTester) throws {
        let before = try SampleStanding.policy()
        var after = before
        let key = try #require(ItemKey(text: "client/mobile-app"))
        guard case .client(var client)? = before[key] else { return }
        client.status = .suspended
        after.put(.client(client))
        var tally = ReplayTally(
            from: try SampleStanding.state(before).snapshot, to: try SampleStanding.state(after).snapshot
        ) { _ in .utc }
        let paths = ["/v1/users/1", "/v1/users/2", "/v1/users/3", "/v1/orders"]
        tally.add(
            paths.map { TrafficFact(client: "mobile-app", method: "GET", path: $0, time: SampleTraffic.now) },
            at: positions)
        let question = try asked(tester) { if case .replay = $0 { true } else { false } }
        tester.receive(.answered(question, .policy(.replay(ReplayReport(tally, total: 4, isComplete: true)))))
    }

    @Test func `what is newly refused comes first, and its requests are those that are decided differently`() throws {
        var tester = try ConsoleTester.withPolicy()
        tester.press("3", "e", "ctrl-u")
        tester.type("x")
        tester.press("ctrl-s")
        try effect(&tester)
        let rows = (0..<36).map(tester.row)
        let (first, second) = (
            rows.firstIndex { $0.contains("allowed → client_suspended") },
            rows.firstIndex { $0.contains("→ client_suspended") && !$0.contains("allowed →") }
        )
        #expect(try #require(first) < (try #require(second)))
        tester.press("ctrl-o")
        #expect(tester.row(1).contains("2 Traffic"))
        #expect(tester.text.contains("newly refused by this change: 1"))
        #expect(tester.text.contains("mobile-app GET orders: allowed → client_suspended"))
        #expect(tester.lastPage?.selection?.positions == [positions[3]])
        #expect(tester.lastPage?.filter == .everything)
        // Whose they are still stands there when the notice is gone.
        tester.press("j")
        #expect(tester.row(2).contains("mobile-app GET orders: allowed → client_suspended"))
        tester.press("esc")
        #expect(tester.text.contains("Review:"))
        // What is shown after the review is all of it again.
        tester.press("esc", "alt-2")
        #expect(tester.lastPage?.selection == nil)
    }

    @Test func `a filter, a sort and a pause keep to the requests of the effect, and nothing new comes in`() throws {
        var tester = try ConsoleTester.withPolicy()
        tester.press("3", "e", "ctrl-u")
        tester.type("x")
        tester.press("ctrl-s")
        try effect(&tester)
        tester.press("ctrl-o", "p", "/")
        tester.type("status:200")
        #expect(tester.questions.contains { if case .count(let query) = $0 { query.selection != nil } else { false } })
        tester.press("enter", "s")
        #expect(tester.lastPage?.selection?.positions == [positions[3]])
        #expect(tester.text.contains("status:200  of newly refused by this change: 1"))
        tester.press("p")
        tester.forgetQuestions()
        tester.receive(.status(SampleTraffic.status, SampleTraffic.snapshot))
        #expect(tester.lastPage == nil)
        // Where else one goes, all is shown.
        tester.press("1", "2")
        #expect(tester.lastPage?.selection == nil)
        #expect(!tester.text.contains("by this change"))
    }

    /// The requests behind a review whose reason is written.
    private func behind() throws -> ConsoleTester {
        var tester = try ConsoleTester.withPolicy()
        tester.press("3", "e", "ctrl-u")
        tester.type("x")
        tester.press("ctrl-s")
        tester.type("contract ended")
        try effect(&tester)
        tester.press("ctrl-o", "1")
        #expect(tester.text.contains("the review stays open: esc goes back to it"))
        #expect(tester.text.contains("clients by requests"))
        return tester
    }

    @Test func `a review waits with its reason while one goes to other screens from its requests`() throws {
        var tester = try behind()
        tester.press("2")
        #expect(tester.lastPage?.selection == nil)
        tester.press("8", "esc")
        #expect(tester.text.contains("Review:") && tester.text.contains("contract ended"))
        // Where it is, it is come to by the screen's key too.
        tester.press("ctrl-o", "1", "3")
        #expect(tester.text.contains("Review:") && tester.text.contains("contract ended"))
        tester.press("esc", "alt-1")
        #expect(!tester.text.contains("the review stays open"))
    }

    @Test func `who leaves while a review waits is asked first`() throws {
        var tester = try behind()
        tester.press("q")
        #expect(tester.text.contains("What was written on Clients would be lost"))
        tester.press("esc", "esc")
        #expect(tester.text.contains("contract ended"))
    }

    @Test func `a change that was made doesn't wait any more`() throws {
        var tester = try behind()
        tester.press("esc")
        let check = try asked(tester) { if case .check = $0 { true } else { false } }
        tester.receive(.answered(check, .policy(.check(PolicyCheck()))))
        var other = tester
        tester.goThrough()
        let action = try #require(tester.action)
        other.press("ctrl-o", "1")
        other.receive(.acted(action, .done(.init(version: 8, record: 9, time: SampleTraffic.now))))
        other.press("esc")
        #expect(!other.text.contains("Review:"))
    }

    @Test func `any row of the effect can be chosen`() throws {
        var tester = try ConsoleTester.withPolicy()
        tester.press("3", "e", "ctrl-u")
        tester.type("x")
        tester.press("ctrl-s")
        try effect(&tester)
        tester.press("backtab")
        #expect(tester.cursorRow.contains("allowed → client_suspended"))
        tester.press("down", "down")
        #expect(tester.cursorRow.contains("▸~"))
        tester.press("enter")
        #expect(tester.text.contains("refused for another reason by this change: 3"))
        #expect(tester.lastPage?.selection?.positions == Array(positions.prefix(3)))
        tester.press("esc")
        #expect(tester.cursorRow.contains("▸~"))
        #expect(tester.action == nil)
    }
}
