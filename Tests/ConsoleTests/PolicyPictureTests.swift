import Console
import Domain
import Terminal
import Testing

/// Every screen, page, form and dialog of the policy in one state of the clock and of the sample house.
struct PolicyPictureTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let keys: [String]
        var width = 80
        var height = 24
        var glyphs = Glyphs.unicode
        var isBusy = false
        /// What is typed after the keys, in the place that they opened.
        var typed = ""
        /// Keys after that.
        var then: [String] = []
        var testDescription: String { name }

        func at(_ width: Int, _ height: Int, glyphs: Glyphs = .unicode, called suffix: String = "") -> Case {
            var copy = Case(
                name: "\(name)\(suffix)-\(width)x\(height)", keys: keys, width: width, height: height, glyphs: glyphs)
            (copy.isBusy, copy.typed, copy.then) = (isBusy, typed, then)
            return copy
        }
    }

    private static let lists = [
        Case(name: "clients", keys: ["3", "j"]), Case(name: "roles", keys: ["4"]), Case(name: "scopes", keys: ["5"]),
        Case(name: "routes", keys: ["6"]), Case(name: "quotas", keys: ["7"]), Case(name: "tokens", keys: ["8"]),
        Case(name: "audit", keys: ["0", "j"]), Case(name: "operators", keys: ["O"]),
        Case(name: "history", keys: ["H", "j"]), Case(name: "drafts", keys: ["D"], isBusy: true),
        Case(name: "clients-marked", keys: ["3", "space", "space"]),
        Case(name: "clients-filter", keys: ["3", "/"], typed: "tier:gold st"),
        Case(name: "access-review", keys: [":"], typed: "access review", then: ["enter"]),
        Case(name: "discovered", keys: [":"], typed: "discovered", then: ["enter"]),
    ]

    private static let pages = [
        Case(name: "client-detail", keys: ["3", "j", "j", "enter"]),
        Case(name: "role-detail", keys: ["4", "G", "enter"]),
        Case(name: "token-detail", keys: ["8", "enter"]), Case(name: "audit-detail", keys: ["0", "enter"]),
        Case(name: "history-difference", keys: ["H", "space", "j", "j", "enter"]), Case(name: "why", keys: ["w"]),
        Case(name: "try", keys: [":"], typed: "try", then: ["enter"]),
    ]

    private static let forms = [
        Case(name: "client-form", keys: ["3", "e", "tab", "tab", "tab"]), Case(name: "client-new", keys: ["3", "n"]),
        Case(name: "role-form", keys: ["4", "G", "e", "down", "down"]), Case(name: "route-form", keys: ["6", "e"]),
        Case(name: "quota-form", keys: ["7", "e"], typed: "25/fortnight"), Case(name: "scope-form", keys: ["5", "e"]),
        Case(name: "operator-form", keys: ["O", "e"]), Case(name: "matrix", keys: ["4", "m", "space", "right"]),
        Case(name: "picker", keys: ["3", "e", "tab", "tab", "tab", "enter"]),
        Case(name: "form-asks", keys: ["3", "e"], typed: "x", then: ["esc"]),
    ]

    private static let dialogs = [
        Case(name: "review", keys: ["7", "e"], typed: "25/s", then: ["ctrl-s"]),
        Case(name: "review-ready", keys: ["7", "e"], typed: "25/s", then: ["ctrl-s", "w", "h", "y", "enter"]),
        Case(name: "review-undo", keys: ["3", "u"]), Case(name: "review-approve", keys: ["D", "j", "a"], isBusy: true),
        Case(name: "revoke-client", keys: ["3", "x"]),
        Case(name: "revoke-token", keys: ["8", "x", "tab"], typed: "leak"),
        Case(name: "revoke-menu", keys: ["2", "x"]), Case(name: "reject", keys: ["D", "j", "r"], isBusy: true),
        Case(name: "keep", keys: ["D", "K"], isBusy: true),
        Case(name: "leave", keys: ["3", "e"], typed: "x", then: ["alt-4", "q"]),
        Case(name: "revoke-palette", keys: [":"], typed: "revoke mo"), Case(name: "clients-help", keys: ["3", "?"]),
    ]

    /// The same where more fits, and where less can be shown.
    private static let others: [Case] = {
        func named(_ name: String) -> [Case] { (lists + pages + forms + dialogs).filter { $0.name == name } }
        let wide = [
            "clients", "roles", "tokens", "audit", "drafts", "client-form", "matrix", "review", "revoke-client",
        ]
        let mono = Glyphs(.unicode, needsShapes: true)
        return wide.flatMap(named).map { $0.at(120, 36) }
            + ["clients", "history", "review", "why"].flatMap(named).map { $0.at(200, 60) }
            + ["clients", "client-form", "matrix", "review", "revoke-client", "drafts", "why"].flatMap(named)
            .map { $0.at(80, 24, glyphs: .ascii, called: "-ascii") }
            + ["clients", "matrix", "review", "revoke-client", "drafts"].flatMap(named)
            .map { $0.at(120, 36, glyphs: mono, called: "-mono") }
            + ["clients", "client-form", "review", "revoke-client"].flatMap(named).map { $0.at(40, 10) }
            + ["clients", "client-form", "review"].flatMap(named).map { $0.at(60, 16) }
    }()

    static let cases = lists + pages + forms + dialogs + others

    @Test(arguments: cases)
    func `a screen of the policy looks as in its picture`(_ test: Case) throws {
        var tester = try ConsoleTester.atHome(
            SampleHouse(), test.width, test.height, glyphs: test.glyphs, isBusy: test.isBusy)
        for key in test.keys { tester.press(key) }
        tester.type(test.typed)
        for key in test.then { tester.press(key) }
        try Picture("policy-" + test.name).expect(tester.frame.picture)
    }

    @Test func `what others changed stands field by field in its picture`() throws {
        for (width, height) in [(80, 24), (120, 36)] {
            var tester = try ConsoleTester.atHome(SampleHouse(), width, height)
            tester.press("7", "e")
            tester.type("25/s")
            tester.press("ctrl-s")
            tester.type("contract")
            tester.goThrough()
            let action = try #require(tester.action)
            guard case .change(let proposal) = action, let edit = proposal.edits.first,
                case .quota(var theirs)? = edit.before
            else {
                Issue.record("nothing was to be applied: \(tester.text)")
                return
            }
            theirs.limit = 18
            theirs.note = "until May"
            do {
                _ = try Policy([.quota(theirs)]).merging(proposal.edits)
            } catch {
                tester.receive(.acted(action, .failed(.conflict(error.conflicts, active: 8))))
            }
            try Picture("policy-conflict-\(width)x\(height)").expect(tester.frame.picture)
        }
    }
}
