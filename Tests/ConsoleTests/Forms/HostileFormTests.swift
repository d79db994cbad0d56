import Console
import Domain
import Terminal
import Testing

struct HostileFormTests {
    private static let hostile =
        "x\u{1B}]0;owned\u{07}\u{1B}[2J\u{202E}gnp\u{200B}\u{0}\u{9B}31m\r\n\u{2066}\u{FEFF}\u{E0041}漢字e\u{301}\u{301}"

    @Test(arguments: ItemKind.allCases)
    func `hostile text pasted into every field stays text`(kind: ItemKind) throws {
        for (width, height) in [(80, 24), (60, 16)] {
            var tester = FormTester(kind, policy: try SamplePolicy.policy(), width, height)
            for _ in 0..<14 {
                tester.paste(Self.hostile)
                expectInert(tester.frame())
                expectInert(tester.frame(.ascii))
                let title = kind == .settings ? "─ edit" : "─ new"
                #expect(tester.frame().row(0).hasPrefix("\(title) \(kind.rawValue)"))
                #expect(tester.cursorRow.hasPrefix("▸"))
                tester.press("tab")
                if case .review? = tester.outcome { Issue.record("pasted text asked for a review") }
            }
            tester.press("ctrl-s")
            expectInert(tester.frame())
        }
    }

    @Test func `hostile values of the policy stay inert wherever they are shown`() throws {
        var policy = try SamplePolicy.policy()
        policy.put(.tier(Tier(name: try Name("evil"), note: Self.hostile)))
        policy.put(.client(Client(name: try Name("evil"), owner: Self.hostile, note: Self.hostile)))
        policy.put(
            .role(
                Role(
                    name: try Name("evil"), note: Self.hostile,
                    permissions: [
                        Permission(
                            methods: .all, pattern: try RoutePattern("*"),
                            conditions: [.header(name: Self.hostile, value: Self.hostile)])
                    ])))
        for kind in [ItemKind.client, .tier, .role] {
            var tester = FormTester(kind, "evil", policy: policy)
            for _ in 0..<12 {
                expectInert(tester.frame())
                tester.press("enter")
                expectInert(tester.frame())
                tester.type("ev")
                expectInert(tester.frame())
                tester.press("esc", "tab")
            }
        }
        var matrix = RoleMatrix(policy: policy)
        for _ in 0..<4 {
            var frame = Frame(size: Size(width: 80, height: 24))
            matrix.draw(into: &frame, in: frame.bounds)
            expectInert(frame)
            _ = matrix.handle("j")
        }
    }

    @Test func `hidden characters in a value survive the form untouched, and can't be edited by halves`() throws {
        var policy = try SamplePolicy.policy()
        let client = Client(name: try Name("evil"), owner: "a\u{1B}[2Jb")
        policy.put(.client(client))
        var tester = FormTester(.client, "evil", policy: policy)
        #expect(tester.text.contains("! too long, or not all of it can be seen; use a file"))
        tester.type("zzz")
        #expect(!tester.form.hasChanges)
        tester.press("tab")
        tester.type("suspended")
        tester.press("ctrl-s")
        var after = client
        after.status = .suspended
        #expect(tester.reviewed?.after == .client(after))
    }

    @Test func `random keys on every form do no harm`() throws {
        let policy = try SamplePolicy.policy()
        let names = [
            "tab", "backtab", "enter", "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "backspace",
            "delete", "ctrl-d", "ctrl-u", "ctrl-w", "alt-up", "alt-down", "ctrl-s", "space", "a", "g", "/", ",", "1",
            "{",
            "esc", "ctrl-n", "ctrl-p", "f5",
        ]
        let keys = names.compactMap { Key($0) }
        #expect(keys.count == names.count)
        var state: UInt64 = 42
        for kind in ItemKind.allCases {
            var tester = FormTester(kind, kind == .role ? "writer" : nil, policy: policy)
            for step in 0..<150 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                tester.press(names[Int(state >> 33) % names.count])
                if step % 7 == 0 { tester.paste("allow GET /x\nb") }
                tester.size = step % 3 == 0 ? Size(width: 80, height: 24) : Size(width: step % 61, height: step % 17)
                expectInert(tester.frame())
            }
        }
    }

    // MARK: - What must hold

    private func expectInert(_ frame: Frame) {
        for row in frame.rows {
            #expect(!row.unicodeScalars.contains { $0.isHidden }, "\(row.debugDescription)")
        }
        if let cursor = frame.cursor { #expect(frame.bounds.contains(cursor)) }
    }
}
