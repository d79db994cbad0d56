import Terminal
import Testing

struct LineWidgetTests {
    private let tabs = [("1", "Overview"), ("2", "Traffic"), ("3", "Clients")].map {
        Tabs.Tab(key: CleanText($0.0), title: CleanText($0.1))
    }

    @Test func `tabs show the open one, and the last ones are their keys alone when narrow`() {
        expectPicture(
            of: frame(40, 1) { Tabs(tabs, selected: 1).draw(into: &$0, in: $0.bounds) },
            """
             1 Overview  2 Traffic  3 Clients
            --- styles
            .a..........bcbbbbbbbbb.a
            ---
            a key
            b title on tab
            c key on tab
            """)
        expectText(
            of: frame(24, 1) { Tabs(tabs, selected: 1).draw(into: &$0, in: $0.bounds) },
            """
            1Overview 2Traffic 3
            """)
        expectText(
            of: frame(24, 1) { Tabs(tabs, selected: 2).draw(into: &$0, in: $0.bounds) },
            """
            1Overview 2 3Clients
            """)
    }

    @Test(arguments: [8, 20, 24, 30, 40]) func `the tab at a column is the one that is drawn there`(width: Int) {
        for selected in tabs.indices {
            let line = Tabs(tabs + [Tabs.Tab(key: .empty, title: "Why")], selected: selected)
            let drawn = frame(width, 1) { line.draw(into: &$0, in: $0.bounds) }.row(0)
            for (column, letter) in drawn.enumerated() {
                guard let digit = Int(String(letter)) else { continue }
                #expect(line.tab(at: column, width: width) == digit - 1)
            }
        }
        #expect(Tabs(tabs, selected: 0).tab(at: 39, width: 40) == nil)
    }

    @Test func `a section header is a rule with a title and a note that gives way`() {
        let header = SectionHeader("clients by requests", note: [Piece("m", .key), Piece(" metric", .dim)])
        expectPicture(
            of: frame(44, 1) { header.draw(into: &$0, in: $0.bounds) },
            """
            ─ clients by requests ─────────── m metric ─
            --- styles
            abbbbbbbbbbbbbbbbbbbbbaaaaaaaaaaacdcccccccca
            ---
            a rule
            b title
            c dim
            d key
            """)
        expectText(
            of: frame(30, 1, .ascii) { header.draw(into: &$0, in: $0.bounds) },
            """
            - clients by requests --------
            """)
    }

    @Test func `the right of a status line stays when the left gives way`() {
        let line = StatusLine(
            left: [Piece(" gatehouse", .accent), Piece("  a long name of a node", .text)],
            right: [Piece("maria", .dim), Piece("  12:04:31 ", .text)])
        expectPicture(
            of: frame(60, 1) { line.draw(into: &$0, in: $0.bounds) },
            """
             gatehouse  a long name of a node           maria  12:04:31
            --- styles
            aaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbcccccbbbbbbbbbbb
            ---
            a accent on bar
            b text on bar
            c dim on bar
            """)
        expectText(
            of: frame(34, 1) { line.draw(into: &$0, in: $0.bounds) },
            """
             gatehouse  a l…  maria  12:04:31
            """)
    }

    @Test func `a footer shows the important keys that fit, in the order of the table`() {
        let footer = Footer(Keymap.sample.entries, disabled: ["pause": "nothing to pause"])
        expectPicture(
            of: frame(50, 1) { footer.draw(into: &$0, in: $0.bounds) },
            """
             ⏎ open   / filter   p pause   q quit
            --- styles
            .abbbbb...abbbbbbb...cbccccc...abbbbb
            ---
            a key
            b dim
            c faint
            """)
        expectText(
            of: frame(20, 1) { footer.draw(into: &$0, in: $0.bounds) },
            """
             ⏎ open   q quit
            """)
    }
}
