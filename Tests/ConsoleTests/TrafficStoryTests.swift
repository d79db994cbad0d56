import Console
import Domain
import Terminal
import Testing

struct TrafficStoryTests {
    @Test func `the selection stays on its request while new ones arrive above it`() {
        var tester = ConsoleTester(screen: .traffic)
        tester.press("j", "j", "j")
        let chosen = tester.cursorRow
        #expect(chosen.contains("12:04:29.670"))
        tester.answers = { question in
            guard case .page = question else { return SampleTraffic.answer(to: question) }
            return .page(TrafficPage(events: (5..<240).reversed().map { SampleTraffic.event($0) }, reachedEnd: false))
        }
        tester.receive(.status(grown(by: 500), SampleTraffic.snapshot(500)))
        #expect(tester.cursorRow == chosen)
        #expect(tester.text.contains("+500 new above"))
    }

    @Test func `the newest requests are followed until one moves away`() {
        var tester = ConsoleTester(screen: .traffic)
        tester.forgetQuestions()
        tester.receive(.status(grown(by: 5), SampleTraffic.snapshot(5)))
        #expect(tester.lastPage?.start == .newest)
        tester.press("down")
        tester.forgetQuestions()
        tester.receive(.status(grown(by: 9), SampleTraffic.snapshot(9)))
        #expect(tester.lastPage == nil)
        tester.press("g")
        #expect(tester.lastPage?.start == .newest)
    }

    @Test func `scrolling down fetches older requests before the end is reached`() {
        var tester = ConsoleTester(screen: .traffic)
        tester.forgetQuestions()
        for _ in 0..<9 { tester.press("pagedown") }
        guard case .before? = tester.lastPage?.start else {
            Issue.record("nothing older was asked for")
            return
        }
        for _ in 0..<60 { tester.press("pagedown") }
        #expect(tester.cursorRow.contains(SampleTraffic.event(999)[.requestID] == nil ? "-" : "11:59"))
        tester.press("g")
        #expect(tester.cursorRow.contains("12:04:30.600"))
    }

    @Test func `the oldest request is one key away`() {
        var tester = ConsoleTester(screen: .traffic)
        tester.press("G")
        #expect(tester.lastPage?.start == .oldest)
        #expect(tester.cursorRow.contains("11:59:20.910"))
        tester.press("up")
        #expect(tester.cursorRow.contains("11:59:21.220"))
    }

    @Test func `pause freezes the snapshot, counts what is new, and lets one filter`() {
        var tester = ConsoleTester(screen: .traffic)
        tester.press("p")
        let before = tester.row(4)
        tester.receive(.status(grown(by: 1204), SampleTraffic.snapshot(1204)))
        #expect(tester.row(4) == before)
        #expect(tester.row(0).contains("❚❚ paused  +1 204 new"))
        tester.press("/")
        tester.type("status:401")
        tester.press("enter")
        #expect(tester.lastPage?.snapshot == SampleTraffic.snapshot)
        #expect(tester.lastPage?.now == SampleTraffic.now)
        tester.press("p")
        #expect(tester.lastPage?.snapshot == nil)
        #expect(!tester.row(0).contains("paused"))
    }

    @Test func `sorting asks the whole history for the highest, and Esc goes back to time`() {
        var tester = ConsoleTester(screen: .traffic)
        while tester.lastPage?.order != .number(.latency, descending: true) { tester.press("s") }
        #expect(tester.row(2).contains("by latency"))
        tester.press("S")
        #expect(tester.lastPage?.order == .number(.latency, descending: false))
        tester.press("esc")
        #expect(tester.lastPage?.order == .time)
    }

    @Test func `reversing the order of time is refused with the reason`() {
        var tester = ConsoleTester(screen: .traffic)
        tester.press("S")
        #expect(tester.text.contains("by time the newest come first"))
    }

    @Test func `one of the request's values becomes the filter, or is filtered out`() {
        var tester = ConsoleTester(screen: .traffic)
        tester.press("f")
        tester.type("address")
        tester.press("enter")
        #expect(tester.row(2).contains("address:198.51.100.20"))
        tester.press("F")
        tester.type("method")
        tester.press("enter")
        #expect(tester.row(2).contains("address:198.51.100.20 -method:GET"))
        tester.press("esc")
        #expect(tester.row(2).contains("/ address:198.51.100.20  "))
        tester.press("esc")
        #expect(tester.row(2).contains("no filter"))
    }

    @Test func `going back comes to the same row`() {
        var tester = ConsoleTester(screen: .traffic)
        for _ in 0..<9 { tester.press("pagedown") }
        let chosen = tester.cursorRow
        tester.press("f")
        tester.type("address")
        tester.press("enter")
        #expect(tester.cursorRow != chosen)
        tester.press("esc")
        #expect(tester.cursorRow == chosen)
    }

    @Test func `the end of a pause and a change of size leave the selection where it is`() {
        var tester = ConsoleTester(screen: .traffic)
        tester.press("p")
        for _ in 0..<9 { tester.press("pagedown") }
        let chosen = tester.cursorRow
        tester.press("p")
        #expect(tester.cursorRow == chosen)
        tester.resize(100, 30)
        tester.resize(120, 36)
        #expect(tester.cursorRow == chosen)
        while tester.lastPage?.order != .number(.latency, descending: true) { tester.press("s") }
        tester.press("j", "j", "p")
        let sorted = tester.cursorRow
        tester.press("p")
        #expect(tester.cursorRow == sorted)
    }

    @Test func `columns come and go, and the last one stays`() {
        var tester = ConsoleTester(screen: .traffic)
        tester.press("c")
        tester.type("bytes")
        tester.press("enter", "esc")
        #expect(tester.row(3).contains("bytes"))
        tester.press("c")
        for name in ["time", "status", "client", "address", "request", "latency", "bytes", "reason", "agent"] {
            tester.type(name)
            tester.press("enter", "ctrl-u")
        }
        tester.press("esc")
        #expect(tester.row(3).trimmed == "agent")
    }

    @Test func `a request is copied as JSON`() {
        var tester = ConsoleTester(screen: .traffic)
        tester.press("y")
        guard case .copy(let text)? = tester.effects.last else {
            Issue.record("nothing was copied")
            return
        }
        #expect(text.hasPrefix("{\"time\":\"2026-11-20T11:04:30.600000Z\""))
        #expect(text.contains("\"client\":\"partner-acme\""))
    }

    @Test func `a failure of the store is told where the rows were`() {
        var tester = ConsoleTester(screen: .traffic, status: nil)
        tester.answers = { _ in .failed("traffic-2026-11-20.sqlite is damaged; the other days can be read") }
        tester.receive(.status(SampleTraffic.status, SampleTraffic.snapshot))
        tester.press("g")
        #expect(tester.text.contains("traffic-2026-11-20.sqlite is damaged; the other days can be read"))
    }

    private func grown(by count: Int64) -> StoreStatus {
        var status = SampleTraffic.status
        status.events += count
        return status
    }
}

extension SampleTraffic {
    static func snapshot(_ more: Int64) -> TrafficSnapshot {
        TrafficSnapshot(lengths: [segment: 68_120 + more])
    }
}

extension String {
    var trimmed: String {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
