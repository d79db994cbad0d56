import Console
import Domain
import Testing

struct ReplayStoryTests {
    @Test func `a replay is stopped at once, also before it showed anything`() throws {
        var tester = try ConsoleTester.withPolicy()
        tester.press("3", "d")
        #expect(tester.text.contains("replaying…"))
        tester.press("ctrl-t")
        #expect(tester.text.contains("stopped before anything was replayed"))
        #expect(!tester.text.contains("replaying…"))
    }

    @Test func `a replay that was stopped says how far it came`() throws {
        var tester = try ConsoleTester.withPolicy()
        tester.press("3", "d")
        try answer(&tester, total: 4) { _ in }
        #expect(tester.text.contains("replaying… 25"))
        tester.press("ctrl-t")
        #expect(tester.text.contains("stopped at 25"))
    }

    @Test func `a limit that refuses other requests says what that comes to`() throws {
        var policy = try SampleStanding.policy()
        let quota = Quota(
            name: try Name("acme"), holder: .client(try Name("partner-acme")), key: .client,
            window: .rolling(seconds: 60), limit: 5)
        policy.put(.quota(quota))
        var tester = try ConsoleTester.withPolicy(policy: policy)
        tester.press("7", "d")
        try answer(&tester, total: 1) { ($0.newlyDenied, $0.newlyAllowed) = (3, 1004) }
        #expect(tester.text.contains("in all, 1 001 fewer requests are refused"))
        try answer(&tester, total: 1) { ($0.newlyDenied, $0.newlyAllowed) = (2, 1) }
        #expect(tester.text.contains("in all, 1 more request is refused"))
        try answer(&tester, total: 1) { ($0.newlyDenied, $0.newlyAllowed) = (2, 0) }
        #expect(!tester.text.contains("in all"))
    }

    /// A review of web-spa's deletion, of whose replay a quarter is done.
    private func begun() throws -> ConsoleTester {
        var tester = try ConsoleTester.withPolicy()
        tester.press("3")
        for _ in 0..<9 where !tester.cursorRow.contains("web-spa") { tester.press("j") }
        tester.press("d")
        tester.type("no longer used")
        var policy = try SampleStanding.policy()
        if let key = ItemKey(text: "client/web-spa") { policy[key] = nil }
        try answer(&tester, total: 4, after: policy) { _ in }
        #expect(tester.text.contains("replaying… 25"))
        return tester
    }

    @Test func `a replay goes on while one looks at the requests behind it`() throws {
        var tester = try begun()
        tester.press("ctrl-o")
        #expect(tester.row(1).contains("2 Traffic"))
        try answer(&tester, total: 1) { _ in }
        tester.forgetQuestions()
        tester.press("esc")
        #expect(tester.text.contains("Review:"))
        #expect(!tester.text.contains("replaying…"))
        #expect(!tester.questions.contains(where: isReplay))
    }

    @Test func `what came out is checked also while one looks at the requests`() throws {
        var tester = try begun()
        let question = try #require(
            tester.questions.last {
                if case .policy(.check) = $0 { true } else { false }
            })
        tester.press("ctrl-o")
        tester.receive(.answered(question, .policy(.check(PolicyCheck()))))
        tester.press("esc")
        tester.goThrough()
        guard case .change(let proposal)? = tester.action else {
            Issue.record("nothing was applied")
            return
        }
        #expect(proposal.reason == "no longer used")
    }

    @Test func `a replay that gave way to another review's is asked for again`() throws {
        var tester = try begun()
        let asked = try #require(tester.questions.last(where: isReplay))
        tester.press("ctrl-o", "w", "e", "ctrl-s")
        #expect(tester.questions.last(where: isReplay) != asked)
        tester.press("esc", "esc", "y")
        tester.forgetQuestions()
        for _ in 0..<9 where !tester.text.contains("Review:") { tester.press("esc") }
        #expect(tester.text.contains("no longer used"))
        #expect(tester.questions.contains(asked))
        try answer(&tester, total: 1) { _ in }
        #expect(!tester.text.contains("replaying…"))
    }

    private func isReplay(_ question: Question) -> Bool {
        if case .policy(.replay) = question { true } else { false }
    }

    /// Answers the newest replay with one request of several.
    private func answer(
        _ tester: inout ConsoleTester, total: Int, after: Policy? = nil, changing change: (inout ReplayReport) -> Void
    ) throws {
        let asked = try #require(
            tester.questions.last {
                if case .policy(.replay) = $0 { true } else { false }
            })
        let before = try SampleStanding.policy()
        let (old, new) = (try SampleStanding.state(before).snapshot, try SampleStanding.state(after ?? before).snapshot)
        var tally = ReplayTally(from: old, to: new) { _ in .utc }
        tally.add([TrafficFact(client: "web-spa", method: "GET", path: "/v1/orders", time: SampleTraffic.now)])
        var report = ReplayReport(tally, total: total, isComplete: total == 1)
        report.countsLimits = true
        change(&report)
        tester.receive(.answered(asked, .policy(.replay(report))))
    }
}
