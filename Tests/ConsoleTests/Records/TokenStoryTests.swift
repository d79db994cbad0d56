import Console
import Domain
import Terminal
import Testing

struct TokenStoryTests {
    @Test func `the newest live tokens are listed, with whom they speak for and until when`() throws {
        var tester = try ConsoleTester.onRecords(.overview)
        tester.press("8")
        #expect(tester.text.contains("t000001w"))
        #expect(tester.text.contains("itself"))
        #expect(tester.text.contains("in 30 min"))
        #expect(tester.row(1).contains("8 Tokens"))
        #expect(tester.questions.contains(.policy(.tokens(TokenSelection(state: .active, limit: 1000)))))
    }

    @Test func `a client or a subject in the filter is looked up by the store`() throws {
        var tester = try ConsoleTester.onRecords(.tokens)
        tester.press("/")
        tester.type("client:mobile-app subject:eve")
        tester.press("enter")
        #expect(
            tester.questions.contains(
                .policy(.tokens(TokenSelection(client: "mobile-app", subject: "eve", state: .active, limit: 1000)))))
        #expect(tester.text.contains("t000003w"))
        #expect(!tester.text.contains("t000004w"))
    }

    @Test func `a name in other letters is found all the same`() throws {
        var tester = try ConsoleTester.onRecords(.tokens)
        tester.press("/")
        tester.type("client:ACME")
        tester.press("enter")
        #expect(tester.text.contains("t000001w"))
        #expect(!tester.text.contains("t000003w"))
    }

    @Test func `x ends the selected token, after its id was typed and a reason given`() throws {
        var tester = try ConsoleTester.onRecords(.tokens)
        tester.press("j", "x")
        #expect(tester.revoked == [.token(issuer: "https://id.example.com", id: "t000002wxyz8888")])
        tester.press("enter")
        #expect(tester.action == nil)
        tester.press("x", "tab")
        tester.type("stolen laptop")
        tester.press("enter")
        tester.type("t000002w")
        tester.goThrough()
        #expect(
            tester.action
                == .revoke([.token(issuer: "https://id.example.com", id: "t000002wxyz8888")], reason: "stolen laptop"))
    }

    /// The first was revoked since.
    private static func since(_ question: Question) -> Answer? {
        guard case .policy(.tokens) = question else { return SampleRecords.answer(to: question) }
        return .policy(.tokens([SampleRecords.token(1, revoked: 5)] + SampleRecords.tokens.dropFirst()))
    }

    @Test func `paused, what one has revoked oneself isn't active any more`() throws {
        var tester = try ConsoleTester.onRecords(.tokens)
        tester.press("p", "x")
        tester.type("stolen laptop")
        tester.press("enter")
        tester.type("t000001w")
        tester.press("enter", "enter")
        tester.answers = { Self.since($0) }
        // As long as it may have been others nothing moves.
        tester.receive(.policy(.ready(try SampleRecords.state(drafts: [SampleRecords.version(8, .draft)]))))
        #expect(!tester.text.contains("revoked  "))
        let done = PolicyOutcomeReport.Done(record: 31, time: SampleRecords.now, epoch: 5)
        tester.receive(.acted(try #require(tester.action), .done(done)))
        tester.press("esc")
        #expect(tester.row(0).contains("paused"))
        #expect(tester.cursorRow.contains("t000001w") && tester.cursorRow.contains("revoked"))
    }

    @Test func `paused, what one has revoked elsewhere isn't active when one comes back`() throws {
        var tester = try ConsoleTester.onRecords(.tokens)
        tester.press("p", "3")
        tester.answers = { Self.since($0) }
        let done = PolicyOutcomeReport.Done(record: 31, time: SampleRecords.now, epoch: 5)
        tester.receive(.acted(.revoke([.client("acme")], reason: "stolen"), .done(done)))
        tester.press("8")
        #expect(tester.cursorRow.contains("t000001w") && tester.cursorRow.contains("revoked"))
    }

    @Test func `all that are marked are ended together`() throws {
        var tester = try ConsoleTester.onRecords(.tokens)
        tester.press("space", "j", "space", "x")
        #expect(tester.revoked?.map(\.name) == ["t000001wxyz8888", "t000003wxyz8888"])
    }

    @Test func `what the filter matches is fixed when the dialog opens`() throws {
        var tester = try ConsoleTester.onRecords(.tokens)
        tester.press("/")
        tester.type("mobile")
        tester.press("enter", "X")
        tester.answers = { _ in .policy(.tokens([SampleRecords.token(9, client: "mobile-app")])) }
        tester.receive(.policy(.ready(try SampleRecords.state(drafts: [SampleRecords.version(8, .draft)]))))
        tester.press("tab")
        tester.type("why")
        tester.press("enter")
        tester.type("2 tokens")
        tester.goThrough()
        guard case .revoke(let targets, _)? = tester.action else {
            Issue.record("nothing was revoked")
            return
        }
        #expect(targets.map(\.name) == ["t000003wxyz8888", "t000004wxyz8888"])
    }

    @Test func `what one subject has is ended with one row, and the dialog lists the tokens and the filter`() throws {
        var tester = try ConsoleTester.onRecords(.tokens)
        tester.press("/")
        tester.type("subject:eve")
        tester.press("enter", "X")
        #expect(tester.revoked == [.subject("eve")])
        #expect(tester.text.contains("filter   subject:eve"))
        #expect(tester.text.contains("which    t000003w  mobile-app  eve"))
    }

    @Test func `what one client has is ended with one row, or its tokens alone`() throws {
        var tester = try ConsoleTester.onRecords(.tokens)
        tester.press("/")
        tester.type("client:mobile-app state:active")
        tester.press("enter", "X")
        #expect(tester.text.contains("client mobile-app"))
        #expect(tester.text.contains("these 2 tokens alone"))
        tester.press("enter")
        #expect(tester.revoked == [.client("mobile-app")])
        tester.press("esc", "X", "down", "enter")
        #expect(tester.revoked?.map(\.name) == ["t000003wxyz8888", "t000004wxyz8888"])
    }

    @Test func `what is selected is listed with ids and subjects, and typed with what it is`() throws {
        var tester = try ConsoleTester.onRecords(.tokens)
        tester.press("space", "j", "space", "x")
        #expect(tester.text.contains("Revoke 2 tokens"))
        #expect(tester.text.contains("which    t000001w  acme  maria"))
        #expect(tester.text.contains("t000003w  mobile-app  eve"))
        #expect(tester.text.contains("to go on, type 2 tokens"))
    }

    @Test func `who types at once gives the reason, and Enter doesn't cancel it`() throws {
        var tester = try ConsoleTester.onRecords(.tokens)
        tester.press("x")
        tester.type("stolen laptop")
        tester.press("enter")
        tester.type("t000001w")
        tester.press("enter", "enter")
        #expect(
            tester.action
                == .revoke([.token(issuer: "https://id.example.com", id: "t000001wxyz8888")], reason: "stolen laptop"))
    }

    @Test func `of several revocations the first and the last record and epoch are told`() throws {
        var tester = try ConsoleTester.onRecords(.tokens)
        tester.press("space", "j", "space", "x")
        tester.type("why")
        tester.press("enter")
        tester.type("2 tokens")
        tester.press("enter", "enter")
        var done = PolicyOutcomeReport.Done(record: 32, time: SampleRecords.now, epoch: 3)
        done.first = .init(record: 31, epoch: 2)
        tester.receive(.acted(try #require(tester.action), .done(done)))
        #expect(tester.text.contains("record 32, the last of 2 from 31 on"))
        #expect(tester.text.contains("epoch    3, the last of 2 from 2 on"))
    }

    @Test func `everybody's tokens, or more than five hundred, are not ended one by one`() throws {
        var tester = try ConsoleTester.onRecords(.tokens) { question in
            guard case .policy(.tokens) = question else { return nil }
            return .policy(.tokens((0..<501).map { SampleRecords.token($0) }))
        }
        tester.press("X")
        #expect(tester.text.contains("without a filter it would be everybody's"))
        tester.press("/")
        tester.type("acme")
        tester.press("enter", "X")
        #expect(tester.text.contains("501 are more than 500: revoke the client or the subject instead"))
        #expect(tester.revoked == nil)
    }

    @Test func `the palette ends the token's family, client, subject or address`() throws {
        let targets: [(String, RevocationTarget)] = [
            ("its family", .family(12)), ("its client", .client("acme")), ("its subject", .subject("maria")),
            ("its address", .network(try #require(Network("203.0.113.7")))),
        ]
        for (words, target) in targets {
            var tester = try ConsoleTester.onRecords(.tokens)
            tester.press(":")
            tester.type(words)
            tester.press("enter")
            #expect(tester.revoked == [target])
        }
    }

    @Test func `what is revoked says when, by whom and why, and is not revoked again`() throws {
        let revocation = Revocation(
            epoch: 5, time: SampleRecords.ago(minutes: 2), target: .client("acme"), before: SampleRecords.now,
            actor: SampleRecords.ben, reason: "keys leaked")
        var tester = try ConsoleTester.onRecords(.tokens) { question in
            switch question {
            case .policy(.tokens): .policy(.tokens([SampleRecords.token(1, revoked: 5)]))
            case .policy(.revocation(epoch: 5)): .policy(.revocation(revocation))
            default: SampleTraffic.answer(to: question)
            }
        }
        tester.press("enter")
        #expect(tester.text.contains("by ben, with client/acme, epoch 5"))
        #expect(tester.text.contains("keys leaked"))
        tester.press("x")
        #expect(tester.revoked == nil)
    }

    @Test func `t shows the traffic with the token`() throws {
        var tester = try ConsoleTester.onRecords(.tokens)
        tester.press("t")
        #expect(tester.row(2).contains("token:000000000001"))
        tester.press("esc")
        #expect(tester.text.contains("t000001w"))
    }

    @Test func `without the duty nothing is revoked, and the footer's key says why`() throws {
        var tester = try ConsoleTester.onRecords(.tokens, SampleRecords.state(duties: [.watch, .edit]))
        tester.press("x")
        #expect(tester.text.contains("ann doesn't have the duty revoke"))
        var readOnly = try ConsoleTester.onRecords(.tokens, configure: { $0.isReadOnly = true })
        readOnly.press("x", "X", "u")
        #expect(readOnly.text.contains("read-only"))
        #expect(tester.revoked == nil && readOnly.revoked == nil)
    }

    @Test(arguments: ["\u{1B}[2J", "\u{202E}gnp", "a\nb\tc", "\u{200B}\u{2066}x", "👨‍👩‍👧‍👦", "\u{E0041}"])
    func `hostile names of subjects stay inert`(text: String) throws {
        var tester = try ConsoleTester.onRecords(.tokens) { question in
            guard case .policy(.tokens) = question else { return nil }
            return .policy(.tokens([SampleRecords.token(1, client: text, subject: text)]))
        }
        let plain = try ConsoleTester.onRecords(.tokens)
        #expect(tester.row(3).prefix(60) == plain.row(3).prefix(60))
        for keys in [["enter"], ["esc", "x"]] {
            for key in keys { tester.press(key) }
            for row in tester.frame.rows { #expect(!row.unicodeScalars.contains { SampleRecords.isDangerous($0) }) }
        }
    }

    @Test func `it is all there at 80 by 24, in ASCII`() throws {
        var tester = try ConsoleTester.onRecords(.tokens, nil, 80, 24, glyphs: .ascii)
        #expect(tester.text.contains("t000001w"))
        #expect(tester.text.contains("active"))
        #expect(tester.cursorRow.contains("t000001w"))
        tester.press("space")
        #expect(tester.row(4).contains("*"))
        #expect(!tester.text.unicodeScalars.contains { !$0.isASCII })
    }
}

extension SampleRecords {
    static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
