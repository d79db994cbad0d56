import Console
import Domain
import Terminal
import Testing

struct ConflictPageTests {
    private static let key = ItemKey(text: "client/mobile-app")

    /// Ann gives the first client another owner, while others did to it what the closure does.
    private func conflict(_ change: (inout Client) -> Void) throws -> ConsoleTester {
        var tester = try ConsoleTester.withPolicy(80, 24)
        tester.press("3", "e", "ctrl-u")
        tester.type("team blue")
        tester.press("ctrl-s")
        try answer(&tester)
        tester.type("x")
        tester.goThrough()
        try fail(&tester, change)
        return tester
    }

    /// What comes out holds together.
    private func answer(_ tester: inout ConsoleTester) throws {
        let question = try #require(
            tester.questions.last { if case .policy(.check) = $0 { true } else { false } })
        tester.receive(.answered(question, .policy(.check(PolicyCheck()))))
    }

    private func fail(_ tester: inout ConsoleTester, _ change: (inout Client) -> Void) throws {
        let action = try #require(tester.action)
        guard case .change(let proposal) = action, case .client(var theirs)? = proposal.edits.first?.before else {
            Issue.record("nothing was to be applied: \(tester.text)")
            return
        }
        change(&theirs)
        var policy = try SampleStanding.policy()
        policy.put(.client(theirs))
        do {
            _ = try policy.merging(proposal.edits)
            Issue.record("nothing was in conflict")
        } catch {
            tester.receive(.acted(action, .failed(.conflict(error.conflicts, active: 8))))
        }
    }

    private func edits(_ tester: ConsoleTester) -> [PolicyEdit] {
        if case .change(let proposal)? = tester.action { proposal.edits } else { [] }
    }

    @Test func `only what both changed is in the way, and mine goes on top of that alone`() throws {
        var tester = try conflict {
            $0.owner = "team red"
            $0.note = "until May"
        }
        #expect(tester.text.contains("mine    team blue"))
        #expect(tester.text.contains("theirs  team red"))
        #expect(!tester.text.contains("until May"))
        #expect(tester.text.contains("goes together by itself: note (theirs)"))
        tester.press("m")
        #expect(tester.text.contains("Review:"))
        try answer(&tester)
        tester.type("x")
        tester.goThrough()
        guard case .client(let client)? = edits(tester).first?.after else {
            Issue.record("nothing was applied")
            return
        }
        #expect(client.owner == "team blue" && client.note == "until May")
    }

    @Test func `the review reckons the effect of mine on top of what others changed`() throws {
        var tester = try ConsoleTester.withPolicy(80, 24)
        tester.press("3", "e", "ctrl-u")
        tester.type("team blue")
        tester.press("ctrl-s")
        let question = try #require(
            tester.questions.last { if case .policy(.check) = $0 { true } else { false } })
        guard case .policy(.check(let asked)) = question, let edit = asked.edits.first,
            case .client(var theirs)? = edit.before
        else { return }
        (theirs.owner, theirs.note) = ("team red", "until May")
        let conflict = PolicyConflict(key: edit.key, base: edit.before, mine: edit.after, theirs: .client(theirs))
        tester.receive(.answered(.policy(.replay(asked)), .failed("others changed the same meanwhile")))
        tester.receive(.answered(question, .policy(.check(PolicyCheck(conflicts: [conflict])))))
        for _ in 0..<5 { tester.press("pgdn") }
        #expect(tester.text.contains("effect on the traffic of the last 24 h, with yours on top of theirs"))
        #expect(!tester.text.contains("not known"))
        guard case .policy(.replay(let replayed))? = tester.questions.last,
            case .client(let client)? = replayed.edits.first?.after
        else {
            Issue.record("nothing is replayed")
            return
        }
        #expect(client.owner == "team blue" && client.note == "until May")
        #expect(replayed.edits.first?.before == .client(theirs) && replayed.version == asked.version)
    }

    @Test func `the reason that was given is still there when mine goes on top`() throws {
        var tester = try conflict { $0.owner = "team red" }
        tester.press("m")
        #expect(tester.text.contains("reason  x"))
    }

    @Test func `theirs is kept by dropping mine: the list is back, and nothing waits in a form`() throws {
        var tester = try conflict { $0.owner = "team red" }
        tester.press("t")
        #expect(!tester.text.contains("Changed by others meanwhile"))
        #expect(tester.text.contains("client/mobile-app stays as version 8 has it"))
        tester.press("q")
        #expect(tester.effects.contains(.quit))
    }

    @Test func `esc leads back to the form with what was written`() throws {
        var tester = try conflict { $0.owner = "team red" }
        tester.press("esc")
        #expect(tester.text.contains("team blue"))
        tester.press("alt-1", "q")
        #expect(!tester.effects.contains(.quit))
    }

    @Test func `of several things the rest goes on when theirs is kept`() throws {
        var tester = try ConsoleTester.withPolicy()
        tester.press("3", "space", "space", "d")
        try answer(&tester)
        tester.type("x")
        tester.goThrough()
        try fail(&tester) { $0.note = "still needed" }
        #expect(tester.text.contains("removed") && tester.text.contains("+ note: still needed"))
        tester.press("t")
        #expect(tester.text.contains("Review: delete client/partner-acme"))
        try answer(&tester)
        tester.type("x")
        tester.goThrough()
        #expect(edits(tester).map(\.key.description) == ["client/partner-acme"])
    }

    @Test func `permissions stand there line by line as people write them`() throws {
        func role(_ lines: String...) throws -> PolicyItem {
            .role(
                Role(name: try Name("reader"), permissions: try lines.map { try PermissionText.permission($0) }))
        }
        let conflict = PolicyConflict(
            key: try #require(ItemKey(text: "role/reader")), base: try role("allow GET /a", "allow GET /b"),
            mine: try role("allow GET,PUT /a", "allow GET /b"),
            theirs: try role("allow GET /b", "deny GET /c"))
        var tester = try self.conflict { $0.owner = "team red" }
        let action = try #require(tester.action)
        tester.receive(.acted(action, .failed(.conflict([conflict], active: 8))))
        #expect(tester.text.contains("before  allow GET /a"))
        #expect(tester.text.contains("mine    - allow GET /a"))
        #expect(tester.text.contains("+ allow GET,PUT /a"))
        #expect(tester.text.contains("theirs  - allow GET /a"))
        #expect(!tester.text.contains("{") && !tester.text.contains("allow GET /b"))
    }
}
