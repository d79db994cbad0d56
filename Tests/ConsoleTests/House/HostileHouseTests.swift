import Console
import Domain
import Terminal
import Testing

/// Every screen, page, form and dialog while all that others could have written is meant to break them.
struct HostileHouseTests {
    private static let hostile = [
        "\u{1B}[2J\u{1B}[H\u{1B}]0;owned\u{7}\u{9B}31m\u{0}\u{8}\u{7F}\u{202E}gnp.exe\u{2066}admin\u{2069}\u{200F}",
        "a\tb\nc\rd\u{85}e\u{2028}f\u{200B}\u{200D}\u{FEFF}\u{AD}\u{E0041}",
        "e" + String(repeating: "\u{301}", count: 60) + "👨‍👩‍👧‍👦🏳️‍🌈🇩🇪" + String(repeating: "漢字", count: 90),
        String(repeating: "W", count: 900), "",
    ]

    /// What may be in force, and is a burden for columns all the same.
    private static let notes = [
        "e" + String(repeating: "\u{301}", count: 60), String(repeating: "漢字", count: 28),
        String(repeating: "🏳👩", count: 20), String(repeating: "W", count: 170), "\u{627}\u{644}\u{639}", "- # {}: [x]",
    ]

    private static func house(_ number: Int) -> SampleHouse {
        let (text, note) = (hostile[number], notes[number % notes.count])
        return SampleHouse(text: { $0 + text }, note: { $0 + note })
    }

    /// Ways through the console, from the Overview.
    private static let walks: [[String]] = [
        ["x", "esc", "tab", "x"], ["2", "j", "enter", "enter", "f", "esc", "x", "enter"], ["2", "w", "T"],
        ["3", "enter", "pgdn", "esc", "e", "tab", "tab", "tab", "enter", "esc", "esc", "y"],
        ["3", "space", "space", "d"],
        ["3", "x", "tab", "z", "tab"], ["4", "enter", "pgdn", "esc", "e", "down", "down", "down"],
        ["4", "m", "space", "right", "space", "ctrl-s"], ["5", "e", "tab"], ["6", "enter", "esc", "e", "down", "down"],
        ["7", "e", "9", "ctrl-s", "pgdn", "pgdn"], ["8", "enter", "j", "esc", "x"], ["8", "G", "enter", "pgdn"],
        ["0", "enter", "j", "esc", "j", "j"], ["H", "space", "j", "enter", "esc", "j", "r"], ["H", "j", "R"],
        ["D", "enter", "esc", "v", "esc", "j", "a", "pgdn"], ["D", "K"], ["O", "e", "down", "down"], ["u", "4", "u"],
        ["U"], ["?", "pgdn"], ["3", "?"], ["/", "tab"], ["3", "/", "tab"], [":"], ["w", "j", "e"],
    ]

    private static let palette = ["try", "review", "discovered routes", "revoke a", "revoke credential"]

    private func press(_ name: String, at tester: inout ConsoleTester) {
        tester.press(name == "pgdn" ? "pagedown" : name)
    }

    @Test(arguments: hostile.indices)
    func `whatever is written in every field stays inert in every cell of every screen`(number: Int) throws {
        let house = Self.house(number)
        for (width, height, glyphs) in [(80, 24, Glyphs.unicode), (120, 36, .ascii)] {
            for walk in Self.walks {
                var tester = try ConsoleTester.atHome(house, width, height, glyphs: glyphs, isBusy: true)
                for key in walk {
                    press(key, at: &tester)
                    expectInert(tester.frame, "\(walk) \(key)")
                }
            }
            for command in Self.palette {
                var tester = try ConsoleTester.atHome(house, width, height, glyphs: glyphs, isBusy: true)
                tester.press(":")
                tester.type(command)
                expectInert(tester.frame, command)
                for key in ["enter", "enter", "j", "d", "a", "esc"] {
                    tester.press(key)
                    expectInert(tester.frame, "\(command) \(key)")
                }
            }
        }
    }

    @Test(arguments: hostile.indices)
    func `what the store says of a change is inert too`(number: Int) throws {
        let text = Self.hostile[number]
        let house = Self.house(number)
        let key = try #require(ItemKey(text: "client/web-spa"))
        let failures: [PolicyOutcomeReport.Failure] = [
            .conflict(try conflicts(key, text), active: 9),
            .invalid([PolicyProblem(key, field: text, problem: text, advice: text)]), .other("no: " + text),
        ]
        for (width, height) in [(80, 24), (120, 36)] {
            for failure in failures {
                var tester = try ConsoleTester.atHome(house, width, height)
                tester.press("7", "e", "9", "ctrl-s")
                tester.paste("because \(text)")
                tester.type("x")
                tester.goThrough()
                let action = try #require(tester.action)
                tester.receive(.acted(action, .failed(failure)))
                for key in ["pagedown", "j", "m", "pagedown", "esc", "esc"] {
                    expectInert(tester.frame, "\(failure) \(key)")
                    tester.press(key)
                }
            }
            let messages: [Message] = [
                .notice(Notice(.problem, text)), .exported(path: text, rows: 3),
                .policy(.unavailable("gone: " + text)), .policy(.stale(try house.state(), "locked: " + text)),
            ]
            for message in messages {
                var tester = try ConsoleTester.atHome(house, width, height)
                tester.press("3")
                tester.receive(message)
                expectInert(tester.frame, "\(message)")
                tester.press("e")
                expectInert(tester.frame, "\(message)")
            }
            var status = SampleTraffic.status
            status.problems = ["a segment: " + text]
            for events: Int64 in [0, 68_120] {
                status.events = events
                var tester = try ConsoleTester.atHome(house, width, height)
                tester.receive(.status(status, SampleTraffic.snapshot))
                expectInert(tester.frame, "problems")
            }
        }
    }

    /// Somebody else wrote something hostile meanwhile.
    private func conflicts(_ key: ItemKey, _ text: String) throws -> [PolicyConflict] {
        guard case .client(let base)? = try SampleHouse().policy()[key] else { return [] }
        var mine = base
        mine.note = "mine"
        var theirs = base
        theirs.note = text
        theirs.owner = "someone " + text
        do {
            _ = try Policy([.client(theirs)]).merging([
                PolicyEdit(key: key, before: .client(base), after: .client(mine))
            ])
        } catch {
            return error.conflicts
        }
        return []
    }

    /// The frame's own lines are where they always are, and no row is wider than the frame.
    private func expectInert(_ frame: Frame, _ what: String, sourceLocation: SourceLocation = #_sourceLocation) {
        for row in frame.rows {
            let hidden = row.unicodeScalars.filter { $0.isHidden || $0.scalarClass == .refused }
            #expect(hidden.isEmpty, "\(what): \(row.debugDescription)", sourceLocation: sourceLocation)
            #expect(
                CleanText(row).columns <= frame.size.width, "\(what): \(row.debugDescription)",
                sourceLocation: sourceLocation)
        }
        #expect(frame.row(0).hasPrefix(" gatehouse"), "\(what): \(frame.row(0))", sourceLocation: sourceLocation)
        if let cursor = frame.cursor {
            #expect(frame.bounds.contains(cursor), "\(what)", sourceLocation: sourceLocation)
        }
    }
}
