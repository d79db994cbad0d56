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
        let asked = try #require(
            tester.questions.last {
                if case .policy(.replay) = $0 { true } else { false }
            })
        let snapshot = try SampleStanding.state(SampleStanding.policy()).snapshot
        var tally = ReplayTally(from: snapshot, to: snapshot)
        tally.add([TrafficFact(client: "web-spa", method: "GET", path: "/v1/orders", time: SampleTraffic.now)])
        tester.receive(.answered(asked, .policy(.replay(ReplayReport(tally, total: 4, isComplete: false)))))
        #expect(tester.text.contains("replaying… 25"))
        tester.press("ctrl-t")
        #expect(tester.text.contains("stopped at 25"))
    }
}
