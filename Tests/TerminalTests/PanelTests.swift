import Terminal
import Testing

struct PanelTests {
    @Test func `help lists every group with its keys, and why a command is off`() {
        let sheet = HelpSheet(Keymap.sample.entries, disabled: ["open": "nothing selected"])
        expectPicture(
            of: frame(60, 9) { sheet.draw(into: &$0, in: $0.bounds) },
            """
            Look
              ⏎ o            Open what is selected  (nothing selected)
              /              Filter what is shown

            Time
              p space        Freeze the screen

            Everywhere
              q              Leave
            --- styles
            aaaa
            ..bbb............ccccccccccccccccccccccccccccccccccccccccc
            ..b

            aaaa
            ..bbbbbbb

            aaaaaaaaaa
            ..b
            ---
            a title
            b key
            c faint
            """)
        expectText(
            of: frame(110, 7, .ascii) { sheet.draw(into: &$0, in: $0.bounds) },
            """
            Look                                                    Everywhere
              enter o        Open what is selected  (nothing          q              Leave
                             selected)
              /              Filter what is shown

            Time
              p space        Freeze the screen
            """)
        #expect(sheet.height(width: 60, glyphs: .unicode) == 9)
    }

    @Test func `help scrolls to its end and no further`() {
        var sheet = HelpSheet(Keymap.sample.entries)
        sheet.scroll = 99
        expectText(
            of: frame(50, 3) { sheet.draw(into: &$0, in: $0.bounds) },
            """

            Everywhere
              q              Leave                           ┃
            """)
    }

    @Test func `a palette filters by what is typed and shows why an entry is off`() {
        var palette = Palette(
            title: "Commands",
            entries: Keymap.sample.entries.map {
                Palette.Entry($0, glyphs: .unicode, disabledReason: $0.id == "pause" ? "already paused" : nil)
            })
        let handledP = palette.handle("p")
        #expect(handledP)
        expectPicture(
            of: frame(50, 12) { palette.draw(into: &$0) },
            """


              ── Commands ─────────────────────── 2 of 4 ───
                p

                ▸ pause   already paused               p
                  open    Open what is selected        ⏎


              ──────────────────────────────────────────────


            --- styles
            aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
            aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
            aabbccccccccccbbbbbbbbbbbbbbbbbbbbbbbddddddddbbbaa
            aaeeffffffffffffffffffffffffffffffffffffffffffeeaa
            aaeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeaa
            aaeeghijjjjhhhjjjjjjjjjjjjjjhhhhhhhhhhhhhhhkhheeaa
            aaeeeeeleeeeeedddddddddddddddddddddeeeeeeeemeeeeaa
            aaeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeaa
            aaeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeaa
            aabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbaa
            aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
            aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
            ---
            a faint
            b rule on overlay
            c title on overlay
            d dim on overlay
            e text on overlay
            f text on input
            g accent on selection
            h text on selection
            i match on selection
            j placeholder on selection
            k key on selection
            l match on overlay
            m key on overlay
            cursor 5,3
            """)
        #expect(palette.selected?.id == "pause")
        let handledDown = palette.handle(.down)
        #expect(handledDown)
        #expect(palette.selected?.id == "open")
        let handledEnter = palette.handle(.enter)
        #expect(!handledEnter)
        palette.paste("zz")
        #expect(palette.selected == nil)
    }

    @Test func `letters match in order, and beginnings of words come first`() throws {
        #expect(FuzzyMatch("xyz", in: "open") == nil)
        #expect(FuzzyMatch("", in: "open")?.score == 0)
        let start = try #require(FuzzyMatch("th", in: "theme"))
        let middle = try #require(FuzzyMatch("th", in: "switch the"))
        let inside = try #require(FuzzyMatch("th", in: "path"))
        #expect(start.score > inside.score)
        #expect(middle.positions == [7, 8])
        #expect(FuzzyMatch("OPN", in: "Open")?.positions == [0, 1, 3])
    }

    @Test func `a dialog stands over the shaded screen with its rules in its colour`() {
        expectPicture(
            of: frame(36, 7) { frame in
                for y in 0..<7 {
                    frame.put("some text of the screen behind it", at: Point(x: 0, y: y), style: Style(.good))
                }
                let room = Dialog("Revoke", note: "nothing yet", role: .danger)
                    .draw(into: &frame, contentSize: Size(width: 26, height: 3))
                frame.put("what    3 tokens", at: room.origin, style: Style(.text, on: .overlay))
            },
            """
            some text of the screen behind it
            som── Revoke ──── nothing yet ───
            som  what    3 tokens
            som
            som
            som──────────────────────────────
            some text of the screen behind it
            --- styles
            aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
            aaabbccccccccbbbbdddddddddddddbbbaaa
            aaaeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeaaa
            aaaeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeaaa
            aaaeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeaaa
            aaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbaaa
            aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
            ---
            a faint
            b danger on overlay
            c title on overlay
            d dim on overlay
            e text on overlay
            """)
    }

    @Test func `details wrap beside their labels, and use two columns where there is room`() {
        let pane = TextPane([
            TextPane.Item("address", "203.0.113.7"),
            TextPane.Item("agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"),
            TextPane.Item("reason", "token_expired", .danger),
            TextPane.Item("path", [Piece("GET ", .dim), Piece("/v1/users/42")]),
        ])
        expectPicture(
            of: frame(44, 6) { pane.draw(into: &$0, in: $0.bounds) },
            """
            address  203.0.113.7
            agent    Mozilla/5.0 (X11; Linux x86_64)
                     AppleWebKit/537.36 (KHTML, like
                     Gecko)
            reason   token_expired
            path     GET /v1/users/42
            --- styles
            aaaaaaaaa
            aaaaaaaaa
            aaaaaaaaa
            aaaaaaaaa
            aaaaaaaaabbbbbbbbbbbbb
            aaaaaaaaaaaaa
            ---
            a dim
            b danger
            """)
        var wide = pane
        wide.columnWidth = 30
        expectText(
            of: frame(70, 5) { wide.draw(into: &$0, in: $0.bounds) },
            """
            address  203.0.113.7                reason   token_expired
            agent    Mozilla/5.0 (X11; Linux    path     GET /v1/users/42
                     x86_64) AppleWebKit/537.3
                     6 (KHTML, like Gecko)

            """)
    }

    @Test func `wrapping never loses a cell`() {
        var random = SeededGenerator(seed: 3)
        for line in NaughtyStrings.all {
            let limit = Int.random(in: 2...30, using: &random)
            let text = CleanText(bytes: line)
            let lines = [Piece(text)].wrapped(columns: limit)
            #expect(lines.allSatisfy { $0.columns <= limit })
            #expect(lines.joined().map(\.text.text).joined() == text.text)
        }
    }

    @Test func `no size traps`() {
        for width in -1...30 {
            for height in -1...8 {
                var frame = Frame(size: Size(width: width, height: height))
                let sheet = HelpSheet(Keymap.sample.entries, scroll: -3)
                sheet.draw(into: &frame, in: frame.bounds)
                TextPane([TextPane.Item("label", "日本語 wide")], scroll: 9).draw(into: &frame, in: frame.bounds)
                Palette(title: "x", entries: Keymap.sample.entries.map { Palette.Entry($0, glyphs: .unicode) })
                    .draw(into: &frame)
                Completions([Completions.Item("outcome:", note: "how it ended")], selected: 5)
                    .draw(into: &frame, at: Point(x: 3, y: 2), within: frame.bounds)
                Footer(Keymap.sample.entries).draw(into: &frame, in: frame.bounds)
                StatusLine(left: [Piece("left")], right: [Piece("right")]).draw(into: &frame, in: frame.bounds)
                TextInput("text").draw(into: &frame, in: frame.bounds, error: 2..<99)
            }
        }
    }
}
