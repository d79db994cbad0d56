import Console
import Domain
import Terminal
import Testing

struct AuditStoryTests {
    private static func record(
        _ number: Int64, _ action: String = "client.revoke", target: String = "client/acme", reason: String = "leak",
        before: String? = nil, after: String? = nil, outcome: AuditRecord.Outcome = .done
    ) -> AuditRecord {
        AuditRecord(
            sequence: number,
            entry: AuditRecord.Entry(
                time: SampleRecords.ago(minutes: 500 - number), actor: SampleRecords.ben, action: action,
                outcome: outcome, target: target, reason: reason, before: before, after: after, version: 7),
            previous: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 32),
            hash: [0xAB, 0xCD, 0xEF, 0x01, 0x23, 0x45, 0x67, 0x89] + [UInt8](repeating: 0, count: 24))
    }

    private static func tester(_ records: [AuditRecord], report: AuditReport? = nil) throws -> ConsoleTester {
        try ConsoleTester.onRecords(.audit) { question in
            switch question {
            case .policy(.audit(let limit)): .policy(.audit(Array(records.prefix(limit))))
            case .policy(.verification): report.map { .policy(.verification($0)) }
            case .policy(.edits): (try? SampleRecords.edits()).map { .policy(.edits($0)) }
            default: SampleRecords.answer(to: question)
            }
        }
    }

    @Test func `paused, the trail is read again after one's own act`() throws {
        var tester = try Self.tester([Self.record(3)])
        tester.press("p")
        tester.forgetQuestions()
        tester.receive(.policy(.ready(try SampleRecords.state(drafts: [SampleRecords.version(9, .draft)]))))
        tester.wait(seconds: 9)
        #expect(!tester.questions.contains(.policy(.audit(limit: 500))))
        let done = PolicyOutcomeReport.Done(record: 4, time: SampleRecords.now, epoch: 5)
        tester.receive(.acted(.revoke([.client("acme")], reason: "my own"), .done(done)))
        #expect(tester.questions.contains(.policy(.audit(limit: 500))))
    }

    @Test func `records come newest first and are found by who, what, to what and how`() throws {
        var tester = try Self.tester([
            Self.record(3, outcome: .refused), Self.record(2, "policy.apply", target: "quota/acme-hourly"),
            Self.record(1, "policy.init"),
        ])
        #expect(tester.row(1).contains("0 Audit"))
        #expect(tester.text.contains("not verified: v verifies"))
        #expect(tester.cursorRow.contains("refused"))
        tester.press("/")
        tester.type("operator:ben action:policy.* -target:client/*")
        tester.press("enter")
        #expect(tester.cursorRow.contains("policy.apply    quota/acme"))
        #expect(!tester.text.contains("refused"))
    }

    @Test func `v checks the chain and says what it is worth`() throws {
        var report = AuditReport()
        (report.records, report.versions) = (1204, 7)
        var tester = try Self.tester([Self.record(1206), Self.record(1205)], report: nil)
        tester.press("v")
        #expect(tester.text.contains("verifying"))
        tester.press("v")
        #expect(tester.text.contains("it is being verified"))
        tester.receive(.answered(.policy(.verification), .policy(.verification(report))))
        #expect(tester.text.contains("chain holds: 1 204 records, 7 versions, verified 12:04:31, 2 added since"))
    }

    @Test func `a check goes on for who leaves the screen and comes back`() throws {
        var tester = try Self.tester([Self.record(3)])
        tester.press("v", "1")
        tester.forgetQuestions()
        tester.press("0")
        tester.resize(100, 30)
        #expect(tester.text.contains("verifying"))
        #expect(!tester.questions.contains(.policy(.verification)))
        tester.press("1")
        tester.receive(.answered(.policy(.verification), .policy(.verification(AuditReport()))))
        tester.press("0")
        #expect(tester.text.contains("chain holds"))
        #expect(!tester.questions.contains(.policy(.verification)))
    }

    @Test func `the traffic is checked too, which says how far it is, and Esc stops it`() throws {
        var tester = try Self.tester([Self.record(3)])
        tester.press("v")
        tester.receive(.answered(.policy(.verification), .policy(.verifying(done: 250_000, total: 1_000_000))))
        #expect(tester.text.contains("verifying: 25 % of 1 000 000 events   esc stops"))
        tester.press("esc")
        #expect(tester.effects.contains(.cancel(.verification)))
        #expect(tester.text.contains("the verification was stopped: v begins again"))
        tester.receive(.answered(.policy(.verification), .policy(.verification(AuditReport()))))
        #expect(!tester.text.contains("holds"))
        tester.press("v")
        var report = AuditReport()
        (report.records, report.versions, report.segments, report.events) = (3, 1, 2, 1_000_000)
        tester.receive(.answered(.policy(.verification), .policy(.verification(report))))
        #expect(tester.text.contains("chains hold: 3 records, 1 versions, 1 000 000 events, verified 12:04:31"))
    }

    @Test func `what a check finds is shown with its place`() throws {
        var report = AuditReport()
        report.findings = [
            AuditFinding(.record(17), "its hash is not that of what it says"),
            AuditFinding(.row("tokens/4"), "is gone"),
        ]
        var tester = try Self.tester([Self.record(20)], report: report)
        tester.press("v")
        #expect(tester.row(3).contains("! 2 found: audit record 17: its hash is not that of what it says"))
        #expect(tester.text.contains("row tokens/4: is gone"))
    }

    @Test func `a record shows its hash and what was before and after, field by field`() throws {
        var tester = try Self.tester([
            Self.record(
                9, before: #"{"status":"active","note":"same"}"#,
                after: #"{"status":"revoked","note":"same","rows":{"a":1}}"#)
        ])
        tester.press("enter")
        #expect(tester.text.contains("- status: active"))
        #expect(tester.text.contains("+ status: revoked"))
        #expect(tester.text.contains("+ rows.a: 1"))
        #expect(tester.text.contains("  note: same"))
        #expect(tester.text.contains("abcdef0123456789"))
    }

    @Test func `a record that made a version shows what the version changed`() throws {
        let tester = try Self.tester([Self.record(9, "policy.apply", after: #"{"content":"aa","edits":"bb"}"#)])
        #expect(tester.text.contains("~ quota/acme-hourly"))
        #expect(tester.text.contains("-   limit: 1000"))
        #expect(tester.text.contains("+   limit: 5000"))
    }

    @Test func `o goes to the thing, and t to the traffic around the moment`() throws {
        var tester = try Self.tester([Self.record(9)])
        tester.press("o")
        #expect(tester.row(1).contains("3 Clients"))
        #expect(tester.cursorRow.contains("acme"))
        tester.press("esc", "t")
        #expect(tester.row(2).contains("since:") && tester.row(2).contains("until:"))
        var nowhere = try Self.tester([Self.record(9, "key.rotate", target: "key/abc")])
        nowhere.press("o")
        #expect(nowhere.text.contains("it is about nothing that has a screen"))
    }

    @Test func `further records are read when one comes near the end`() throws {
        var tester = try Self.tester((1...1200).reversed().map { Self.record($0) })
        tester.press("G")
        #expect(tester.questions.contains(.policy(.audit(limit: 1000))))
        tester.press("G", "G")
        #expect(tester.cursorRow.contains(" 1 "))
    }

    @Test func `a new record doesn't move the selection`() throws {
        var tester = try Self.tester([Self.record(3, reason: "third"), Self.record(2, reason: "second")])
        tester.press("j")
        tester.answers = { question in
            guard case .policy(.audit) = question else { return nil }
            return .policy(.audit([Self.record(4), Self.record(3), Self.record(2, reason: "second")]))
        }
        tester.wait(seconds: 5)
        #expect(tester.text.contains("third") == false)
        #expect(tester.cursorRow.contains("second"))
    }

    @Test func `nothing can be changed here, read-only or not`() throws {
        var tester = try Self.tester([Self.record(3)])
        for key in ["x", "d", "e", "n", "r", "a", "space"] { tester.press(key) }
        #expect(tester.action == nil)
        #expect(tester.effects.isEmpty)
    }

    @Test(arguments: ["\u{1B}[2J", "\u{202E}gnp", "a\nb\tc", "\u{200B}\u{2066}x", "\u{9B}31m"])
    func `hostile targets and reasons stay inert`(text: String) throws {
        var tester = try Self.tester([Self.record(3, text, target: text, reason: text, before: text, after: text)])
        for key in ["enter", "esc", "o"] {
            tester.press(key)
            for row in tester.frame.rows { #expect(!row.unicodeScalars.contains { SampleRecords.isDangerous($0) }) }
        }
    }
}
