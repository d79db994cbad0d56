import Console
import Domain
import Terminal
import Testing

struct HistoryStoryTests {
    private static let versions = [
        SampleRecords.version(7, state: .active, reason: "raise acme"), SampleRecords.version(6, .undo(of: 5)),
        SampleRecords.version(5, .approval(of: 4), author: SampleRecords.ben), SampleRecords.version(4, .draft),
        SampleRecords.version(1, .first),
    ]

    private static func tester(duties: Set<Duty> = Set(Duty.allCases)) throws -> ConsoleTester {
        var tester = try ConsoleTester.onRecords(.overview, SampleRecords.state(duties: duties)) { question in
            switch question {
            case .policy(.versions): .policy(.versions(versions))
            case .policy(.edits), .policy(.difference): (try? SampleRecords.edits()).map { .policy(.edits($0)) }
            default: SampleRecords.answer(to: question)
            }
        }
        tester.press("H")
        return tester
    }

    @Test func `versions come newest first, with how they came to be and what they changed`() throws {
        let tester = try Self.tester()
        #expect(tester.cursorRow.contains("7  active   change"))
        #expect(tester.text.contains("undo of 5"))
        #expect(tester.text.contains("approval of 4"))
        #expect(tester.text.contains("~ quota/acme-hourly"))
        #expect(tester.text.contains("+   limit: 5000"))
    }

    @Test func `paused, one's own version is listed, and others' are not`() throws {
        var tester = try Self.tester()
        tester.press("p")
        tester.answers = { question in
            guard case .policy(.versions) = question else { return SampleRecords.answer(to: question) }
            return .policy(.versions([SampleRecords.version(8, state: .active, reason: "lower acme")] + Self.versions))
        }
        tester.receive(.policy(.ready(try SampleRecords.state(drafts: [SampleRecords.version(9, .draft)]))))
        #expect(!tester.text.contains("lower acme"))
        let done = PolicyOutcomeReport.Done(version: 8, record: 31, time: SampleRecords.now)
        tester.receive(.acted(.undo(version: 7, reason: "lower acme"), .done(done)))
        #expect(tester.text.contains("lower acme"))
    }

    @Test func `with one marked Enter shows how the two differ`() throws {
        var tester = try Self.tester()
        tester.press("space", "j", "enter")
        #expect(tester.questions.last == .policy(.difference(from: 5, to: 7)))
        #expect(tester.text.contains("from version 5 to version 7"))
        tester.press("esc")
        #expect(tester.questions.last == .policy(.edits(version: 5)))
    }

    @Test func `r brings a version back, through the review page`() throws {
        var tester = try Self.tester()
        tester.press("j", "r")
        #expect(tester.questions.contains(.policy(.difference(from: 7, to: 6))))
        #expect(tester.text.contains("Review: restore version 6"))
        #expect(tester.text.contains("nothing is applied yet"))
        tester.receive(.answered(Self.check(in: tester), .policy(.check(PolicyCheck()))))
        tester.goThrough()
        #expect(tester.action == .restore(version: 6, reason: "restore version 6"))
    }

    @Test func `b takes one change out of the middle, through the review page`() throws {
        var tester = try Self.tester()
        tester.press("j", "b")
        #expect(tester.text.contains("Review: undo version 6"))
        #expect(tester.text.contains("-   limit: 5000"))
        #expect(tester.text.contains("+   limit: 1000"))
        tester.receive(.answered(Self.check(in: tester), .policy(.check(PolicyCheck()))))
        tester.goThrough()
        #expect(tester.action == .undo(version: 6, reason: "undo version 6"))
    }

    private static func check(in tester: ConsoleTester) -> Question {
        tester.questions.last { if case .policy(.check) = $0 { true } else { false } } ?? .unread(limit: 0)
    }

    @Test func `what was never in force can't be brought back, and nothing was before the first`() throws {
        var tester = try Self.tester()
        tester.press("r")
        #expect(tester.text.contains("it is in force already"))
        tester.press("j", "j", "j", "r")
        #expect(tester.text.contains("it was a draft, and never in force"))
        tester.press("j", "b")
        #expect(tester.text.contains("nothing was before the first version"))
        #expect(!tester.text.contains("Review:"))
    }

    @Test func `without the duty nothing goes back`() throws {
        var tester = try Self.tester(duties: [.watch, .revoke])
        tester.press("j", "r")
        #expect(tester.text.contains("ann doesn't have the duty edit"))
        tester.press("b", "u")
        #expect(!tester.text.contains("Review:"))
    }
}
