import Terminal
import Testing

struct TableTests {
    private let columns = [
        TableColumn("client", width: .flexible(10)),
        TableColumn("req/s", width: .fixed(7), align: .right),
        TableColumn("limited", width: .fixed(7), align: .right, dropOrder: 1),
        TableColumn("path", width: .flexible(8, weight: 2), dropOrder: 2, truncation: .middle),
    ]

    private let rows: [[TableCell]] = [
        [.text("mobile-app"), .text("610"), .text("0", Style(.faint)), .text("/v1/orders")],
        [.text("partner-acme"), .text("204"), .text("26", Style(.caution)), .text("/v1/accounts/settings/profile")],
        [.text("evil\u{1B}[2J\u{202E}"), .text("1 142"), .text("3"), .pieces([Piece("GET ", .dim), Piece("/")])],
    ]

    @Test func `the selected row is lit across its width, marked, and has the cursor`() {
        let table = Table(columns: columns, rows: rows, selectedRow: 1, sort: (1, false))
        expectPicture(
            of: frame(60, 5) { table.draw(into: &$0, in: $0.bounds) },
            """
              client             req/s▾  limited  path
              mobile-app            610        0  /v1/orders
            ▸ partner-acme          204       26  /v1/account…gs/profile
              evil␛[2J⟨U+202E⟩    1 142        3  GET /

            --- styles
            ..aaaaaa.............aaaaaa..aaaaaaa..aaaa
            ...................................b
            cdeeeeeeeeeeeeddddddddddeeedddddddffddeeeeeeeeeeeeeeeeeeeeee
            ......g...gggggggg....................hhhh

            ---
            a header
            b faint
            c accent on selection
            d text on selection
            e selectionText on selection
            f caution on selection
            g hidden
            h dim
            cursor 0,2
            """)
    }

    @Test func `in ASCII and without colour the selection still shows`() {
        let table = Table(columns: columns, rows: rows, selectedRow: 0, sort: (0, true))
        expectText(
            of: frame(60, 4, .ascii) { table.draw(into: &$0, in: $0.bounds) },
            """
              client ^            req/s  limited  path
            > mobile-app            610        0  /v1/orders
              partner-acme          204       26  /v1/account~gs/profile
              evil?[2J<U+202E>    1 142        3  GET /
            """)
    }

    @Test func `columns are dropped by their order, and never the first ones`() {
        let table = Table(columns: columns, rows: rows)
        expectText(
            of: frame(34, 3) { table.draw(into: &$0, in: $0.bounds) },
            """
              client            req/s  limited
              mobile-app          610        0
              partner-acme        204       26
            """)
        expectText(
            of: frame(14, 3) { table.draw(into: &$0, in: $0.bounds) },
            """
              client
              mobile-app
              partner-a…
            """)
    }

    @Test func `columns keep their places whatever the values are`() {
        let long = rows.map { row in row.map { _ in TableCell.text("a value that is far too long") } }
        let one = frame(60, 1) { Table(columns: columns, rows: rows).draw(into: &$0, in: $0.bounds) }
        let other = frame(60, 1) { Table(columns: columns, rows: long).draw(into: &$0, in: $0.bounds) }
        #expect(one.text == other.text)
    }

    @Test func `scrolling to the right cuts columns and keeps the mark`() {
        var table = Table(columns: columns, rows: rows, selectedRow: 1)
        table.scrollColumns = 8
        expectText(
            of: frame(40, 4) { table.draw(into: &$0, in: $0.bounds) },
            """
                    req/s  limited  path
              pp      610        0  /v1/…ers
            ▸ a…      204       26  /v1/…ile
              ⟨…    1 142        3  GET /
            """)
    }

    @Test func `meters and sparklines stand in cells, and an empty table says so`() {
        let columns = [TableColumn("quota", width: .fixed(16)), TableColumn("trend", width: .fixed(8))]
        let rows: [[TableCell]] = [
            [.meter(0.48, .good, label: "48 %"), .sparkline([0, 1, nil, 8], .series1)],
            [.meter(1, .caution, label: "100 %"), .sparkline([], .series1)],
        ]
        expectPicture(
            of: frame(30, 3) { Table(columns: columns, rows: rows).draw(into: &$0, in: $0.bounds) },
            """
              quota             trend
              ━━━━━─────  48 %       ▁╌█
              ━━━━━━━━━━ 100 %
            --- styles
            ..aaaaa.............aaaaa
            ..bbbbbccccc..bbbb......dded
            ..ffffffffff.fffff
            ---
            a header
            b good
            c track
            d series1
            e gap
            f caution
            """)
        var empty = Table(columns: columns, rows: [])
        empty.placeholder = "no clients in this window; press t"
        expectText(
            of: frame(40, 3) { empty.draw(into: &$0, in: $0.bounds) },
            """
              quota             trend
              no clients in this window; press t

            """)
    }

    @Test func `no size traps`() {
        for width in -1...40 {
            for height in -1...4 {
                var frame = Frame(size: Size(width: width, height: height))
                for offset in [-5, 0, 3] {
                    var table = Table(columns: columns, rows: rows, selectedRow: 2)
                    table.scrollColumns = offset * 7
                    table.draw(into: &frame, in: Rect(x: offset, y: offset, width: width, height: height + 2))
                }
            }
        }
    }
}
