import Console
import Domain
import Terminal
import Testing

/// Lists with their columns, and what they export.
struct ListColumnTests {
    static let lists: [ScreenName] = [
        .clients, .roles, .scopes, .routes, .quotas, .operators, .tokens, .audit, .history, .drafts, .accessReview,
        .discovered,
    ]

    private static func answer(to question: Question) -> Answer? {
        guard case .policy(let asked) = question else { return SampleTraffic.answer(to: question) }
        switch asked {
        case .versions: return .policy(.versions([SampleRecords.version(7, state: .active), SampleRecords.version(6)]))
        case .audit:
            let entry = AuditRecord.Entry(
                time: SampleRecords.ago(minutes: 3), actor: SampleRecords.ann, action: "policy.apply", outcome: .done,
                target: "", reason: "=1+1", before: nil, after: nil, version: 7)
            return .policy(.audit([AuditRecord(sequence: 9, entry: entry, previous: [1], hash: [2])]))
        case .usage:
            guard let role = try? SamplePolicy.policy().roles.first, let permission = role.permissions.first else {
                return nil
            }
            let text = PermissionText.text(of: permission)
            let thing = UsageReport.Row.Thing.permission(role: role.name.text, index: 0, text: text)
            let row = UsageReport.Row(thing: thing, count: 0, last: nil)
            return .policy(.usage(UsageReport(requests: 1, total: 1, rows: [row], isComplete: true)))
        case .discovery:
            var counts = OutcomeCounts()
            counts[.allowed] = 4
            return .policy(.discovery([DiscoveredRoute(method: "GET", route: "/v9/things", counts: counts)]))
        default: return SampleRecords.answer(to: question)
        }
    }

    private static func tester(_ screen: ScreenName, _ width: Int = 120) throws -> ConsoleTester {
        let draft = SampleRecords.version(8, .draft, state: .draft)
        return try .onRecords(
            screen, SampleRecords.state(drafts: [draft]), width, 24, answers: { answer(to: $0) })
    }

    /// What the export in the tester writes, the header first.
    private static func exported(_ tester: ConsoleTester) -> [[String]]? {
        for case .export(let export) in tester.effects.reversed() {
            if case .rows(let header, let rows) = export.view { return [header] + rows }
        }
        return nil
    }

    @Test(arguments: lists) func `every list lets one choose its columns, and keeps them`(screen: ScreenName) throws {
        var tester = try Self.tester(screen)
        tester.press("c")
        #expect(tester.text.contains("columns: enter shows or hides"))
        let shown = tester.text.split(separator: "[x] ").dropFirst().map { $0.prefix { $0 != " " } }
        #expect(!shown.isEmpty)
        tester.press("enter")
        #expect(tester.text.split(separator: "[x] ").count - 1 == shown.count - 1)
        // The last one can't go.
        for _ in shown { tester.press("down", "enter") }
        tester.press("enter", "esc")
        let header = tester.row([.audit, .accessReview, .discovered].contains(screen) ? 4 : 3)
        tester.press("2", "esc")
        tester.press(":")
        tester.type(screen.title.text)
        tester.press("enter")
        #expect(tester.text.contains(header.trimmed))
    }

    @Test func `a column that is asked for stays where others give way`() throws {
        var tester = try Self.tester(.tokens, 80)
        #expect(!tester.text.contains("issuer"))
        tester.press("c")
        tester.type("issuer")
        tester.press("enter", "esc")
        #expect(tester.row(3).contains("issuer"))
        #expect(tester.row(3).contains("id") && tester.row(3).contains("expires"))
        #expect(tester.text.contains("https://id"))
    }

    @Test func `sorting goes through the columns that are shown`() throws {
        var tester = try Self.tester(.clients)
        tester.press("c")
        tester.type("status")
        tester.press("enter", "esc", "s")
        #expect(tester.row(3).contains("tier▴"))
    }

    @Test(arguments: lists) func `every list exports its rows, with a name for each value`(screen: ScreenName) throws {
        var tester = try Self.tester(screen)
        tester.press("E", "enter")
        let rows = try #require(Self.exported(tester))
        #expect(rows.count > 1)
        #expect(rows.allSatisfy { $0.count == rows[0].count })
        #expect(Set(rows[0]).count == rows[0].count)
    }

    @Test func `what is exported is what the filter matches, or what is marked`() throws {
        var tester = try Self.tester(.tokens)
        tester.press("/")
        tester.type("mobile")
        tester.press("enter", "E", "enter")
        let found = try #require(Self.exported(tester))
        #expect(found[0].prefix(3) == ["id", "client", "subject"])
        #expect(found.dropFirst().map { $0[0] } == ["t000003wxyz8888", "t000004wxyz8888"])
        tester.press("space", "E", "enter")
        #expect(Self.exported(tester)?.dropFirst().map { $0[0] } == ["t000003wxyz8888"])
        tester.press("V", "3", "space", "E", "enter")
        #expect(Self.exported(tester)?.count == 2)
    }

    @Test func `columns that are hidden are exported too, and nothing is exported of an empty list`() throws {
        var tester = try Self.tester(.clients)
        tester.press("c")
        tester.type("status")
        tester.press("enter", "esc", "E", "enter")
        let rows = try #require(Self.exported(tester))
        #expect(rows[0] == ["name", "status", "tier", "roles", "scopes", "expires", "owner", "created", "note"])
        tester.press("/")
        tester.type("nobody-has-this-name")
        tester.press("enter", "E")
        #expect(tester.text.contains("this screen has nothing to export"))
    }
}
