import Console
import Domain
import Terminal
import Testing

struct OverviewStoryTests {
    @Test func `Enter on a client shows its requests, and Esc comes back to the same row`() {
        var tester = ConsoleTester()
        tester.press("j")
        #expect(tester.cursorRow.contains("partner-acme"))
        tester.press("enter")
        #expect(tester.row(2).contains("client:partner-acme"))
        #expect(tester.lastPage?.filter == Filter.exactly("partner-acme", in: .client))
        tester.press("esc")
        #expect(tester.row(2).contains("no filter"))
        #expect(tester.cursorRow.contains("partner-acme"))
    }

    @Test func `Enter on an address by failed sign-ins brings the outcome along`() {
        var tester = ConsoleTester()
        tester.press("tab", "tab", "m", "m")
        #expect(tester.text.contains("addresses by unauthenticated"))
        #expect(tester.lastOverview?.addressMetric == .unauthenticated)
        #expect(tester.lastOverview?.clientMetric == .requests)
        tester.press("enter")
        #expect(tester.row(2).contains("address:203.0.113.7 outcome:unauthenticated"))
    }

    @Test func `a client without a name leads to the requests without one`() {
        var tester = ConsoleTester()
        tester.press("j", "j", "j", "j", "j", "j", "enter")
        #expect(tester.row(2).contains("client:none"))
    }

    @Test func `a route leads to its method and its template`() {
        var tester = ConsoleTester()
        tester.press("tab", "j", "enter")
        #expect(tester.row(2).contains("route:/v1/users/{id} method:GET"))
    }

    @Test func `a bucket of the chart is read off and opened`() {
        var tester = ConsoleTester()
        tester.press("left", "left")
        let end = SampleTraffic.now
        guard let overview = tester.lastOverview else { return }
        #expect(overview.window.end == end)
        #expect(tester.row(3).contains("12:04:2"))
        tester.press("enter")
        #expect(tester.row(2).contains("since:2026-11-20T11:04:2"))
        #expect(tester.row(2).contains("until:2026-11-20T11:04:2"))
    }

    @Test func `the newest denial opens on its own row of the traffic`() {
        var tester = ConsoleTester()
        tester.press("backtab", "backtab", "j", "enter")
        #expect(tester.cursorRow.contains("12:04:30.290"))
        let starts = tester.questions.compactMap { question -> TrafficQuery.Start? in
            guard case .page(let query) = question else { return nil }
            return query.start
        }
        // The page ends with the event itself.
        let event = SampleTraffic.event(1)
        var next = EventPosition(time: event.time, id: event.id)
        next.id.ordinal += 1
        #expect(starts.first == .before(next))
    }

    @Test func `windows go from a minute to thirty days and round`() {
        var tester = ConsoleTester()
        var seconds: [Int] = []
        for _ in 0..<8 {
            tester.press("t")
            seconds.append(Int(tester.lastOverview?.window.seconds ?? 0))
        }
        #expect(seconds == [900, 3600, 21_600, 86_400, 604_800, 2_592_000, 60, 300])
    }

    @Test func `time can be walked back and forth`() {
        var tester = ConsoleTester()
        tester.press("[", "[")
        #expect(tester.lastOverview?.window.end == SampleTraffic.now.advanced(by: -300_000_000))
        #expect(tester.row(3).contains("until 20 Nov 11:59"))
        tester.press("]")
        #expect(tester.lastOverview?.window.end == SampleTraffic.now.advanced(by: -150_000_000))
        tester.press(".")
        #expect(tester.lastOverview?.window.end == SampleTraffic.now)
        tester.press("]")
        #expect(tester.text.contains("this is the present"))
    }

    @Test func `a store whose newest event is old opens there and says so`() {
        var status = SampleTraffic.status
        status.newest = SampleTraffic.now.advanced(by: -3 * 86_400_000_000)
        status.heartbeat = nil
        status.writer = nil
        let tester = ConsoleTester(status: status)
        #expect(tester.lastOverview?.window.end == SampleTraffic.now.advanced(by: -3 * 86_400_000_000 + 1_000_000))
        #expect(tester.row(0).contains("not live, newest 3 d ago"))
        #expect(tester.row(3).contains("until 17 Nov 12:04"))
    }

    @Test func `nothing is asked or drawn anew while nothing changes`() {
        var tester = ConsoleTester()
        tester.press("[")
        tester.forgetQuestions()
        let before = tester.frame.picture
        tester.wait(seconds: 0)
        #expect(tester.questions.isEmpty)
        #expect(tester.frame.picture == before)
    }

    @Test func `while an overview is being made no second one is asked for, and then the newest state`() {
        var tester = ConsoleTester(status: nil)
        tester.answers = { _ in nil }
        tester.receive(.status(SampleTraffic.status, SampleTraffic.snapshot))
        tester.receive(.status(SampleTraffic.status, SampleTraffic.snapshot))
        tester.receive(.status(SampleTraffic.status, SampleTraffic.snapshot))
        #expect(tester.questions.count == 1)
        guard let query = tester.lastOverview else { return }
        tester.receive(.answered(.overview(query), .overview(SampleTraffic.overview(query))))
        #expect(tester.questions.count == 2)
    }

    @Test func `the largest rows stay in sight when the ranking changes`() {
        var tester = ConsoleTester(120, 24)
        tester.answers = { question in
            guard case .overview(let query) = question else { return SampleTraffic.answer(to: question) }
            var overview = SampleTraffic.overview(query)
            overview.clients.reverse()
            overview.routes.reverse()
            return .overview(overview)
        }
        tester.receive(.status(SampleTraffic.status, SampleTraffic.snapshot(1)))
        #expect(tester.cursorRow.contains("batch-export"))
        #expect(tester.text.contains("/admin/reports"))
    }

    @Test func `a gap is drawn as a gap`() {
        let tester = ConsoleTester()
        #expect(tester.text.contains("╌╌╌"))
    }

    @Test func `the filter applies to the Overview as well`() {
        var tester = ConsoleTester()
        tester.press("/")
        tester.type("outcome:limited")
        tester.press("enter")
        #expect(tester.lastOverview?.filter == .test(.outcome([.limited])))
    }
}
