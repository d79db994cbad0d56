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

    /// Answers the newest replay with one request of several.
    private func answer(
        _ tester: inout ConsoleTester, total: Int, changing change: (inout ReplayReport) -> Void
    ) throws {
        let asked = try #require(
            tester.questions.last {
                if case .policy(.replay) = $0 { true } else { false }
            })
        let snapshot = try SampleStanding.state(SampleStanding.policy()).snapshot
        var tally = ReplayTally(from: snapshot, to: snapshot) { _ in .utc }
        tally.add([TrafficFact(client: "web-spa", method: "GET", path: "/v1/orders", time: SampleTraffic.now)])
        var report = ReplayReport(tally, total: total, isComplete: total == 1)
        report.countsLimits = true
        change(&report)
        tester.receive(.answered(asked, .policy(.replay(report))))
    }
}
