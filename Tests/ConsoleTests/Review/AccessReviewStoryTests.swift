import Console
import Domain
import Terminal
import Testing

struct AccessReviewStoryTests {
    private static let report = UsageReport(
        requests: 68_120, total: 68_120,
        rows: [
            .init(
                thing: .permission(role: "reader", index: 0, text: "allow GET /v1/users/{id} if owner id = sub"),
                count: 412, last: SampleTraffic.now.advanced(by: -3_600_000_000)),
            .init(thing: .permission(role: "reader", index: 1, text: "allow GET /v1/orders"), count: 0, last: nil),
            .init(thing: .permission(role: "support", index: 0, text: "allow GET /v1/users/{id}"), count: 0, last: nil),
            .init(
                thing: .permission(role: "billing", index: 0, text: "allow POST /v1/invoices"), count: 7,
                last: SampleTraffic.now),
            .init(thing: .scope(client: "mobile-app", scope: "orders:read"), count: 90, last: SampleTraffic.now),
            .init(thing: .scope(client: "svc-billing", scope: "orders:read"), count: 0, last: nil),
        ], isComplete: true)

    private static func opened(
        _ width: Int = 120, _ height: Int = 36, duties: Set<Duty> = [.watch, .edit], isReadOnly: Bool = false,
        policy: Policy? = nil, answer: Answer? = .policy(.usage(report))
    ) throws -> ConsoleTester {
        var tester = try ConsoleTester.withPolicy(width, height, duties: duties, policy: policy, isReadOnly: isReadOnly)
        tester.answers = { question in
            if case .policy(.usage) = question { return answer }
            return SampleTraffic.answer(to: question)
        }
        tester.press(":")
        tester.type("access review")
        tester.press("enter")
        return tester
    }

    private static func since(_ tester: ConsoleTester) -> Timestamp? {
        for case .policy(.usage(let since)) in tester.questions.reversed() { return since }
        return nil
    }

    private static func reviewed(_ tester: ConsoleTester) -> [PolicyEdit] {
        for case .policy(.check(let asked)) in tester.questions.reversed() { return asked.edits }
        return []
    }

    @Test func `what was never used comes first`() throws {
        let tester = try Self.opened()
        #expect(Self.since(tester) == SampleTraffic.now.rounded(downToSeconds: 60).advanced(by: -90 * 86_400_000_000))
        #expect(tester.text.contains("3 never used in 68 120 requests of 90 days (1 d recorded), read now"))
        let lines = tester.text.split(separator: "\n").map(String.init)
        let first = try #require(lines.firstIndex { $0.contains("▸") })
        let second = try #require(lines.firstIndex { $0.contains("allow GET /v1/orders") })
        let used = try #require(lines.firstIndex { $0.contains("allow POST /v1/invoices") })
        #expect(first < second && second < used)
        #expect(lines[first].contains("client svc-billing") && lines[first].contains("never"))
        #expect(lines[used].contains("7"))
    }

    @Test func `a deny that was never used guards, and isn't marked with what was never used`() throws {
        var report = Self.report
        report = UsageReport(
            requests: report.requests, total: report.total,
            rows: report.rows + [
                .init(thing: .permission(role: "reader", index: 2, text: "deny GET /v1/secret"), count: 0, last: nil)
            ], isComplete: true)
        var policy = try SampleStanding.policy()
        guard case .role(var reader)? = policy[try #require(ItemKey(text: "role/reader"))] else { return }
        reader.permissions.append(try PermissionText.permission("deny GET /v1/secret"))
        policy.put(.role(reader))
        var tester = try Self.opened(policy: policy, answer: .policy(.usage(report)))
        #expect(tester.text.contains("4 never used"))
        tester.press("a")
        #expect(tester.text.contains("3 marked"))
        tester.press("d")
        guard case .role(let left)? = Self.reviewed(tester).first?.after else {
            Issue.record("no role is changed")
            return
        }
        #expect(left.permissions.contains { $0.effect == .deny })
        // Where nothing else is left, it says so.
        tester.press("esc", "esc", "/")
        tester.type("deny")
        tester.press("enter", "a")
        #expect(tester.text.contains("all that wasn't used are denies, which guard: space marks one"))
    }

    @Test func `while the traffic is read it says how far, and Esc stops it`() throws {
        var tester = try Self.opened(
            answer: .policy(.usage(UsageReport(requests: 250, total: 1000, isComplete: false))))
        #expect(tester.text.contains("reading the traffic of 90 days… 25 %"))
        tester.press("esc")
        #expect(tester.effects == [.cancel(.usage)])
        #expect(tester.text.contains("r begins again"))
        let since = try #require(Self.since(tester))
        tester.receive(.answered(.policy(.usage(since: since)), .policy(.usage(Self.report))))
        #expect(!tester.text.contains("never used in"))
        tester.press("esc")
        #expect(tester.row(1).contains("1 Overview"))
    }

    @Test func `it is read once, whatever becomes of the screen meanwhile`() throws {
        var tester = try Self.opened(
            answer: .policy(.usage(UsageReport(requests: 250, total: 1000, isComplete: false))))
        let since = try #require(Self.since(tester))
        tester.forgetQuestions()
        tester.resize(100, 30)
        tester.press("3", ":")
        tester.type("access review")
        tester.press("enter")
        #expect(tester.text.contains("reading the traffic of 90 days… 25 %"))
        tester.press("3")
        tester.receive(.answered(.policy(.usage(since: since)), .policy(.usage(Self.report))))
        tester.press(":")
        tester.type("access review")
        tester.press("enter")
        #expect(tester.text.contains("3 never used in 68 120 requests of 90 days"))
        #expect(Self.since(tester) == nil)
    }

    @Test func `several go in one change, which is reviewed first`() throws {
        var tester = try Self.opened()
        tester.press("a", "d")
        #expect(tester.text.contains("Review: change 3 things"))
        #expect(tester.effects.isEmpty)
        let edits = Self.reviewed(tester)
        #expect(edits.map(\.key.description) == ["role/reader", "role/support", "client/svc-billing"])
        guard case .role(let reader)? = edits.first?.after, case .client(let billing)? = edits.last?.after else {
            Issue.record("neither a role nor a client is changed")
            return
        }
        #expect(
            reader.permissions.map { PermissionText.text(of: $0) } == ["allow GET /v1/users/{id} if owner id = sub"])
        #expect(billing.scopes.isEmpty)
        #expect(edits.allSatisfy { $0.before != nil })
        tester.type("nobody calls it")
        tester.press("tab")
        let check = tester.questions.compactMap { question -> PolicyQuestion.ReplayQuestion? in
            if case .policy(.check(let asked)) = question { asked } else { nil }
        }
        tester.receive(.answered(.policy(.check(try #require(check.last))), .policy(.check(PolicyCheck()))))
        tester.press("enter")
        guard case .act(.change(let proposal))? = tester.effects.last else {
            Issue.record("nothing was applied")
            return
        }
        #expect(proposal.edits == edits)
        #expect(proposal.reason == "nobody calls it")
    }

    @Test func `the change is made on the policy as it is now`() throws {
        var tester = try Self.opened()
        var policy = try SampleStanding.policy()
        let moved = Role(
            name: try Name("reader"),
            permissions: [
                try PermissionText.permission("deny GET /v1/secret"),
                try PermissionText.permission("allow GET /v1/orders"),
            ])
        policy.put(.role(moved))
        tester.receive(.policy(.ready(try SampleStanding.state(policy, version: 8))))
        #expect(!tester.text.contains("if owner id = sub"))
        tester.press("/")
        tester.type("role:reader")
        tester.press("enter", "d")
        let edits = Self.reviewed(tester)
        #expect(edits.first?.before == .role(moved))
        guard case .role(let reader)? = edits.first?.after else {
            Issue.record("no role is changed")
            return
        }
        #expect(reader.permissions.map { PermissionText.text(of: $0) } == ["deny GET /v1/secret"])
    }

    @Test func `the list is filtered by its fields, and marks go by what is marked`() throws {
        var tester = try Self.opened()
        tester.press("/")
        tester.type("kind:scope count>0")
        tester.press("enter")
        #expect(tester.text.contains("client mobile-app"))
        #expect(!tester.text.contains("client svc-billing"))
        tester.press("space", "esc")
        #expect(tester.row(2).contains("1 marked, 6"))
        tester.press("G", "d")
        #expect(Self.reviewed(tester).map(\.key.description) == ["client/mobile-app"])
    }

    @Test func `o goes to what has it, and Esc comes back`() throws {
        var tester = try Self.opened()
        tester.press("o")
        #expect(tester.row(1).contains("3 Clients"))
        #expect(tester.cursorRow.contains("svc-billing"))
        tester.press("esc")
        #expect(tester.row(1).contains("Access review"))
    }

    @Test func `it is copied as text and exported as it stands`() throws {
        var tester = try Self.opened()
        tester.press("y")
        guard case .copy(let text)? = tester.effects.last else {
            Issue.record("nothing was copied")
            return
        }
        #expect(text.hasPrefix("scope\tclient svc-billing\torders:read\t0\t\n"))
        tester.press("E", "enter")
        guard case .export(let export)? = tester.effects.last, case .rows(let header, let rows) = export.view else {
            Issue.record("nothing was exported")
            return
        }
        #expect(header == ["kind", "holder", "what", "requests", "last"])
        #expect(rows.first == ["scope", "client svc-billing", "orders:read", "0", ""])
        #expect(rows.count == 6)
    }

    @Test(arguments: [false, true])
    func `whoever may not edit sees it all, and removes nothing`(isReadOnly: Bool) throws {
        var tester = try Self.opened(duties: isReadOnly ? [.watch, .edit] : [.watch], isReadOnly: isReadOnly)
        tester.press("a", "d")
        #expect(
            tester.text.contains(isReadOnly ? "the console was opened read-only" : "ann doesn't have the duty edit"))
        #expect(Self.reviewed(tester).isEmpty)
        #expect(tester.row(1).contains("Access review"))
    }

    @Test(arguments: [(60, 16), (80, 24), (200, 60)])
    func `it fits, with the cursor on the row`(width: Int, height: Int) throws {
        let tester = try Self.opened(width, height)
        #expect(tester.cursorRow.contains("client svc"))
    }
}
