import Console
import Domain
import Terminal
import Testing

struct DraftStoryTests {
    private static let draft = SampleRecords.version(
        8, .draft, state: .draft, author: SampleRecords.ben, reason: "more for acme", dangers: [.quotaRaised])

    private static func alarm(
        _ author: Actor = SampleRecords.ben, ending: BreakGlass.Ending? = nil, review: BreakGlass.Review? = nil
    ) -> BreakGlass {
        BreakGlass(
            version: SampleRecords.version(7, .breakGlass, state: .active, author: author, reason: "outage"),
            expires: SampleRecords.now.advanced(by: 754_000_000), ending: ending, revertedBy: nil, review: review)
    }

    private static func tester(
        _ state: PolicyState, isReadOnly: Bool = false
    ) throws -> ConsoleTester {
        try ConsoleTester.onRecords(
            .drafts, state,
            answers: { question in
                guard case .policy(.edits) = question else { return SampleRecords.answer(to: question) }
                return (try? SampleRecords.edits()).map { .policy(.edits($0)) }
            }, configure: { $0.isReadOnly = isReadOnly })
    }

    @Test func `alarms stand above drafts, with the time that is left`() throws {
        var tester = try Self.tester(SampleRecords.state(drafts: [Self.draft], emergencies: [Self.alarm()]))
        #expect(tester.cursorRow.contains("! break-glass"))
        #expect(tester.cursorRow.contains("in force, 12:34 left"))
        tester.wait(seconds: 4)
        #expect(tester.cursorRow.contains("in force, 12:30 left"))
        tester.press("j")
        #expect(tester.text.contains("quota-raised"))
        #expect(tester.text.contains("~ quota/acme-hourly"))
    }

    @Test func `paused, what one has rejected oneself waits no more`() throws {
        var tester = try Self.tester(SampleRecords.state(drafts: [Self.draft]))
        tester.press("p")
        tester.receive(.policy(.ready(try SampleRecords.state())))
        #expect(tester.text.contains("more for acme"))
        let done = PolicyOutcomeReport.Done(record: 31, time: SampleRecords.now)
        tester.receive(.acted(.reject(version: 8, reason: "no"), .done(done)))
        #expect(!tester.text.contains("more for acme"))
    }

    @Test func `at 80 columns an alarm's own keys stand before those of drafts`() throws {
        var tester = try Self.tester(SampleRecords.state(drafts: [Self.draft], emergencies: [Self.alarm()]))
        tester.resize(80, 24)
        #expect(tester.row(23).contains("K keep   v reviewed"))
        #expect(!tester.text.contains("state           active"))
    }

    @Test func `a change by break-glass that is over is told so where it is signed off`() throws {
        var tester = try Self.tester(SampleRecords.state(emergencies: [Self.alarm(ending: .reverted)]))
        tester.press("v")
        #expect(tester.text.contains("the change itself has ended already"))
        var open = try Self.tester(SampleRecords.state(emergencies: [Self.alarm()]))
        open.press("v")
        #expect(open.text.contains("the change ends when its time is over"))
    }

    @Test func `keeping what is in force says that it decides nothing differently`() throws {
        var tester = try Self.tester(SampleRecords.state(emergencies: [Self.alarm()]))
        tester.press("K")
        for _ in 0..<5 { tester.press("pgdn") }
        #expect(tester.text.contains("in force already: keeping it decides no request differently"))
        #expect(!tester.text.contains("not known"))
    }

    @Test func `a approves another's draft, through the review page with its effect`() throws {
        var tester = try Self.tester(SampleRecords.state(drafts: [Self.draft]))
        tester.press("a")
        #expect(tester.text.contains("Review: approve version 8 of ben"))
        #expect(tester.questions.contains { if case .policy(.replay) = $0 { true } else { false } })
        let check = tester.questions.last { if case .policy(.check) = $0 { true } else { false } }
        tester.receive(.answered(try #require(check), .policy(.check(PolicyCheck()))))
        tester.goThrough()
        #expect(tester.action == .approve(version: 8, reason: "approved: more for acme"))
    }

    @Test func `nobody approves their own draft, and may take it back`() throws {
        var tester = try Self.tester(SampleRecords.state(actor: SampleRecords.ben, drafts: [Self.draft]))
        tester.press("a")
        #expect(tester.text.contains("it is your own: somebody else has to approve it"))
        tester.press("r")
        #expect(tester.text.contains("Reject the draft 8 of ben"))
    }

    @Test func `r puts a draft aside, with a reason`() throws {
        var tester = try Self.tester(SampleRecords.state(drafts: [Self.draft]))
        tester.press("r", "enter", "tab", "enter")
        #expect(tester.action == nil)
        #expect(tester.text.contains("say in a line why you do this"))
        tester.type("too much")
        tester.goThrough()
        #expect(tester.action == .reject(version: 8, reason: "too much"))
        tester.receive(
            .acted(.reject(version: 8, reason: "too much"), .failed(.other("version 8 doesn't wait any more"))))
        #expect(tester.text.contains("version 8 doesn't wait any more"))
        tester.press("esc")
        #expect(!tester.text.contains("Reject the draft"))
    }

    @Test func `an alarm is kept or looked at, with a reason`() throws {
        for (key, keeping) in [("K", true), ("v", false)] {
            var tester = try Self.tester(SampleRecords.state(emergencies: [Self.alarm()]))
            tester.press(key)
            // What stays for good is looked at as a draft is.
            #expect(tester.text.contains("Review: keep the break-glass change 7 of ben") == keeping)
            #expect(tester.text.contains("~ quota/acme-hourly"))
            tester.type("spoke to ben")
            tester.goThrough()
            #expect(tester.action == .review(version: 7, keeping: keeping, reason: "spoke to ben"))
            let done = PolicyOutcomeReport.Done(record: 31, time: SampleRecords.now)
            tester.receive(.acted(.review(version: 7, keeping: keeping, reason: "spoke to ben"), .done(done)))
            #expect(tester.text.contains("audit record 31"))
        }
    }

    @Test func `leaving while a change is under way says that its outcome isn't known`() throws {
        var tester = try Self.tester(SampleRecords.state(emergencies: [Self.alarm()]))
        tester.press("K")
        tester.type("spoke to ben")
        tester.goThrough()
        tester.press("ctrl-c")
        #expect(!tester.effects.contains(.quit) && tester.text.contains("whether the change was made isn't known yet"))
        #expect(tester.app.pending != nil)
        tester.press("ctrl-c")
        #expect(tester.effects.contains(.quit))
        var known = try Self.tester(SampleRecords.state(emergencies: [Self.alarm()]))
        known.press("K")
        known.type("spoke to ben")
        known.goThrough()
        let action = PolicyAction.review(version: 7, keeping: true, reason: "spoke to ben")
        known.receive(.acted(action, .done(PolicyOutcomeReport.Done(record: 31, time: SampleRecords.now))))
        #expect(known.app.pending == nil)
        known.press("ctrl-c")
        #expect(known.effects.contains(.quit))
    }

    @Test func `what was looked at stays on the page while it is in force, and is no alarm`() throws {
        let review = BreakGlass.Review(time: SampleRecords.now, reviewer: SampleRecords.ann)
        var tester = try Self.tester(SampleRecords.state(emergencies: [Self.alarm(review: review)]))
        #expect(tester.cursorRow.contains("reviewed, 12:34 left"))
        #expect(!tester.text.contains("! break-glass"))
        #expect(tester.text.contains("by ann"))
        tester.press("v")
        #expect(tester.text.contains("ann has looked at it already: K lets it stay"))
        tester.press("K")
        tester.type("it may stay")
        tester.goThrough()
        #expect(tester.action == .review(version: 7, keeping: true, reason: "it may stay"))
        // An hour later, somebody has to look again.
        tester.wait(seconds: 3600)
        #expect(tester.text.contains("! break-glass"))
    }

    @Test func `what is over is not kept, and one's own alarm is for others`() throws {
        var over = try Self.tester(SampleRecords.state(emergencies: [Self.alarm(ending: .reverted)]))
        over.press("K")
        #expect(over.text.contains("it has ended: v says that it was reviewed"))
        var own = try Self.tester(SampleRecords.state(emergencies: [Self.alarm(SampleRecords.ann)]))
        own.press("v")
        #expect(own.text.contains("it is your own: somebody else has to look at it"))
    }

    @Test func `without the duty, or read-only, nothing is approved or put aside`() throws {
        var tester = try Self.tester(SampleRecords.state(duties: [.watch, .edit], drafts: [Self.draft]))
        tester.press("a")
        #expect(tester.text.contains("ann doesn't have the duty approve"))
        var readOnly = try Self.tester(SampleRecords.state(drafts: [Self.draft]), isReadOnly: true)
        readOnly.press("a", "r")
        #expect(readOnly.text.contains("read-only"))
        #expect(!readOnly.text.contains("Reject the draft"))
    }

    @Test func `what it changes is there too for who comes from another screen`() throws {
        var tester = try ConsoleTester.onRecords(.overview, SampleRecords.state(drafts: [Self.draft])) { question in
            guard case .policy(.edits) = question else { return SampleRecords.answer(to: question) }
            return (try? SampleRecords.edits()).map { .policy(.edits($0)) }
        }
        tester.press("D")
        #expect(tester.text.contains("~ quota/acme-hourly"))
    }

    @Test func `an empty page says so, and fits 80 by 24`() throws {
        let tester = try ConsoleTester.onRecords(.drafts, nil, 80, 24)
        #expect(tester.text.contains("nothing waits for approval"))
    }
}
