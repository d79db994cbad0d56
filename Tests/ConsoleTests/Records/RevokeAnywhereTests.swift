import Console
import Domain
import Terminal
import Testing

struct RevokeAnywhereTests {
    @Test func `revoke and a name in the palette open the dialog on that client, from any screen`() throws {
        for screen in [ScreenName.overview, .traffic, .roles, .tokens] {
            var tester = try ConsoleTester.onRecords(screen)
            tester.press(":")
            tester.type("revoke mobi")
            tester.press("enter")
            #expect(tester.revoked == [.client("mobile-app")])
            #expect(tester.text.contains("Revoke every token and credential of mobile-app"))
        }
    }

    @Test func `the best name is chosen, and not one that was selected while less was typed`() throws {
        var tester = try ConsoleTester.onRecords(.overview)
        tester.press(":")
        tester.type("revoke m")
        #expect(tester.text.contains("revoke client mobile-app"))
        tester.press("backspace")
        tester.type("acme")
        tester.press("enter")
        #expect(tester.revoked == [.client("acme")])
    }

    @Test func `an address and a subject can be named too`() throws {
        var tester = try ConsoleTester.onRecords(.overview)
        tester.press(":")
        tester.type("revoke 203.0.113.0/24")
        tester.press("enter")
        let network = try #require(Network("203.0.113.0/24"))
        #expect(tester.revoked == [.network(network)])
        tester.press("esc", ":")
        tester.type("revoke eve@example.com")
        tester.press("enter")
        #expect(tester.revoked == [.subject("eve@example.com")])
    }

    @Test func `the words that the menu shows are understood, and so are ids and the beginnings of ids`() throws {
        let token = RevocationTarget.token(issuer: "https://id.example.com", id: "t000003wxyz8888")
        let words: [(String, RevocationTarget)] = [
            ("client mobile-app", .client("mobile-app")), ("client:acme", .client("acme")),
            ("client/acme", .client("acme")), ("t000003wxyz8888", token), ("t000003w", token), ("t000003", token),
            ("token t000003w", token), ("token:000000000003", token), ("token 000000000003", token),
            ("family:12", .family(12)), ("family 12", .family(12)), ("subject acme", .subject("acme")),
            ("credential 41", .credential(41)), ("address 203.0.113.7", .network(try #require(Network("203.0.113.7")))),
            ("network 10.0.0.0/8", .network(try #require(Network("10.0.0.0/8")))),
            ("issuer https://id.example.com", .issuer("https://id.example.com")), ("acme", .client("acme")),
        ]
        for (text, target) in words {
            var tester = try ConsoleTester.onRecords(.overview)
            tester.press(":")
            tester.type("revoke " + text)
            tester.press("enter")
            #expect(tester.revoked == [target], "\(text)")
        }
    }

    @Test func `a subject that never had a token is said to be none, before and in the dialog`() throws {
        var tester = try ConsoleTester.onRecords(.overview) { question in
            guard case .policy(.preview(let targets)) = question else { return SampleRecords.answer(to: question) }
            return .policy(
                .preview(
                    RevocationEffect(
                        previews: targets.map { RevocationPreview(target: $0, shares: []) }, routes: [], requests: 0,
                        seconds: 300, isUnheardOf: true)))
        }
        tester.press(":")
        tester.type("revoke nobody")
        #expect(tester.text.contains("no token was ever issued to such a subject"))
        tester.press("enter")
        #expect(tester.text.contains("NOBODY IS KNOWN BY THAT NAME"))
        tester.type("why")
        tester.press("enter")
        tester.type("nobody")
        tester.press("enter", "enter")
        let done = PolicyOutcomeReport.Done(record: 32, time: SampleRecords.now, epoch: 3)
        tester.receive(.acted(try #require(tester.action), .done(done)))
        #expect(!tester.text.contains("revoked, and on the disk"))
        #expect(tester.text.contains("nothing was alive to end"))
    }

    @Test func `clients whose names end alike aren't confirmed with the same word`() throws {
        var policy = try SamplePolicy.policy()
        for name in ["admin-console", "audit-console", "partner-globex"] {
            policy.put(.client(Client(name: try Name(name))))
        }
        let state = PolicyState(
            version: SampleRecords.version(8, state: .active),
            snapshot: try PolicySnapshot(compiling: policy) { _ in nil },
            actor: SampleRecords.ann, duties: Set(Duty.allCases))
        for (name, word) in [("admin-console", "admin"), ("audit-console", "audit"), ("partner-globex", "globex")] {
            var tester = try ConsoleTester.onRecords(.overview, state)
            tester.press(":")
            tester.type("revoke client \(name)")
            tester.press("enter")
            #expect(tester.text.contains("to go on, type \(word) "), "\(tester.text)")
        }
    }

    @Test func `a policy that changes meanwhile doesn't change what was chosen`() throws {
        var tester = try ConsoleTester.onRecords(.overview)
        tester.press(":")
        tester.type("revoke acm")
        var policy = try SamplePolicy.policy()
        policy.put(.client(Client(name: try Name("acm"))))
        let state = PolicyState(
            version: SampleRecords.version(8, state: .active),
            snapshot: try PolicySnapshot(compiling: policy) { _ in nil },
            actor: SampleRecords.ann, duties: Set(Duty.allCases))
        tester.receive(.policy(.ready(state)))
        tester.press("enter")
        #expect(tester.revoked == [.client("acme")])
    }

    @Test func `x on a request offers what it can be ended by, and looks its token up`() throws {
        var tester = try ConsoleTester.onRecords(.traffic) { question in
            guard case .page = question else { return SampleRecords.answer(to: question) }
            var event = SampleTraffic.event(0)
            event[.token] = "token:000000000003"
            event[.subject] = "eve"
            return .page(TrafficPage(events: [event], reachedEnd: true))
        }
        tester.receive(.status(SampleTraffic.status, SampleTraffic.snapshot(68_121)))
        tester.press("x")
        #expect(tester.text.contains("subject eve"))
        #expect(tester.text.contains("client partner-acme"))
        tester.press("enter")
        #expect(tester.revoked == [.token(issuer: "https://id.example.com", id: "t000003wxyz8888")])
        tester.press("esc", "x", "down", "enter")
        #expect(tester.revoked == [.subject("eve")])
    }

    @Test func `x on a client of the overview opens the dialog on it`() throws {
        var tester = try ConsoleTester.onRecords(.overview)
        tester.press("x")
        #expect(tester.revoked == [.client("mobile-app")])
        tester.press("esc", "tab", "x")
        #expect(tester.text.contains("select a client or an address first"))
    }

    @Test func `a credential of a client is chosen by its prefix`() throws {
        var tester = try ConsoleTester.onRecords(.clients) { question in
            guard case .policy(.credentials(let client)) = question else { return SampleRecords.answer(to: question) }
            return .policy(
                .credentials([
                    Credential(
                        id: 41, client: client, kind: .apiKey, prefix: "k3yPr3f1", created: SampleRecords.now,
                        notBefore: SampleRecords.now)
                ]))
        }
        tester.press(":")
        tester.type("revoke credential")
        tester.press("enter")
        #expect(tester.text.contains("k3yPr3f1"))
        tester.press("enter")
        #expect(tester.revoked == [.credential(41)])
    }

    @Test func `a client's credentials are read for who comes from another screen`() throws {
        var tester = try ConsoleTester.onRecords(.overview)
        tester.press("3")
        #expect(tester.questions.contains(.policy(.credentials(client: "acme"))))
    }

    @Test func `without the duty nothing of it opens`() throws {
        var tester = try ConsoleTester.onRecords(.traffic, SampleRecords.state(duties: [.watch]))
        tester.press("x")
        #expect(tester.text.contains("ann doesn't have the duty revoke"))
        tester.press(":")
        tester.type("revoke acme")
        tester.press("enter")
        #expect(tester.revoked == nil)
        #expect(tester.text.contains("ann doesn't have the duty revoke"))
    }
}
