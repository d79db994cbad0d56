import Terminal
import Testing

struct ChartTests {
    private let series = [
        ChartSeries("allowed", role: .series1), ChartSeries("limited", role: .series2),
        ChartSeries("failed", role: .series3),
    ]

    private var values: [[Double?]] {
        var values: [[Double?]] = [[], [], []]
        for bucket in 0..<32 {
            let isGap = bucket == 10 || bucket == 11
            let allowed = Double(300 + bucket % 8 * 40)
            values[0].append(isGap ? nil : allowed)
            values[1].append(isGap ? nil : bucket > 20 ? 260 : 0)
            values[2].append(isGap ? nil : bucket > 26 ? 90 : 0)
        }
        return values
    }

    private func chart(_ scale: StackedChart.Scale = .linear) -> StackedChart {
        StackedChart(
            series: series, values: values,
            labels: [ChartLabel(bucket: 0, "12:00"), ChartLabel(bucket: 3, "12:01"), ChartLabel(bucket: 16, "12:02")],
            scale: scale, cursorBucket: 5)
    }

    @Test func `a cell at an edge is an eighth block over the series above it`() {
        expectPicture(
            of: frame(39, 9) { chart().draw(into: &$0, in: $0.bounds) },
            """
               1k ┤                              ▁▄
                  │                     ▁▃▆   ▁▄▆▃▆
                  │                     ███  ▁▄▆███
              500 ┤      ▃▅      ▃▅     █▃▅▄▆████▃▅
                  │   ▃▅███    ▅███   ▃▅██████▃▅███
                  │▃▆██████▃▆  ████▃▆██████▃▆██████
                  │██████████  ████████████████████
                0 ┤██████████╌╌████████████████████
                   12:00           12:02
            --- styles
            ...aa.b.....c........................dd
            ......b.....c...............eee...dddff
            ......b.....c...............eee..effeee
            ..aaa.b.....cgg......gg.....ehheeeeeehh
            ......b...ggigg....gggg...gggggeeehhggg
            ......bgggggigggg..gggggggggggghhgggggg
            ......bgggggigggg..gggggggggggggggggggg
            ....a.bgggggiggggjjgggggggggggggggggggg
            .......aaaaa...........aaaaa
            ---
            a dim
            b rule
            c text on cursor
            d series3
            e series2
            f series2 on series3
            g series1
            h series1 on series2
            i series1 on cursor
            j gap
            """)
    }

    @Test func `without colour every series has a fill of its own`() {
        expectText(
            of: frame(39, 9, Glyphs(.unicode, needsShapes: true)) { chart().draw(into: &$0, in: $0.bounds) },
            """
               1k ┤                               ░
                  │                       ▒    ░░░▒
                  │                     ▒▒▒   ▒▒▒▒▒
              500 ┤       █       █     ▒▒█▒▒▒▒▒▒▒█
                  │    ████    ████    ████▒▒▒▒████
                  │ ███████ █  ████ ███████▒███████
                  │██████████  ████████████████████
                0 ┤██████████╌╌████████████████████
                   12:00           12:02
            """)
        expectText(
            of: frame(39, 9, .ascii) { chart().draw(into: &$0, in: $0.bounds) },
            """
               1k +                               x
                  |                       o    xxxo
                  |                     ooo   ooooo
              500 +       #       #     oo#ooooooo#
                  |    ####    ####    ####oooo####
                  | ####### #  #### #######o#######
                  |##########  ####################
                0 +##########..####################
                   12:00           12:02
            """)
    }

    @Test func `a logarithmic axis has powers of ten`() {
        expectText(
            of: frame(39, 9) { chart(.logarithmic).draw(into: &$0, in: $0.bounds) },
            """
               1k ┤  ▁▂▃▃▄▄    ▃▃▄▄  ▁▂▃▆▆▇▄▄▅▆▇▇▇▄
                  │██████████  ████████████████████
              100 ┤██████████  ████████████████████
                  │██████████  ████████████████████
               10 ┤██████████  ████████████████████
                1 ┤██████████  ████████████████████
                  │██████████  ████████████████████
                0 ┤██████████╌╌████████████████████
                   12:00           12:02
            """)
    }

    @Test func `fewer buckets are stretched and more are averaged`() {
        let few = StackedChart(series: [series[0]], values: [[1, 2, nil, 4]])
        expectText(
            of: frame(23, 4) { few.draw(into: &$0, in: $0.bounds) },
            """
                5 ┤            ▃▃▃▃
                  │    ▂▂▂▂    ████
                0 ┤▅▅▅▅████╌╌╌╌████

            """)
        let many = StackedChart(series: [series[0]], values: [(0..<160).map { $0 % 2 == 0 ? 0 : 8 }])
        expectText(
            of: frame(23, 4) { many.draw(into: &$0, in: $0.bounds) },
            """
                5 ┤▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃
                  │████████████████
                0 ┤████████████████

            """)
    }

    @Test func `one event among many shows, and no data draws an axis alone`() {
        let rare = StackedChart(series: [series[0], series[1]], values: [[1000, 0], [0, 1]])
        expectText(
            of: frame(11, 4) { rare.draw(into: &$0, in: $0.bounds) },
            """
               1k ┤██
                  │██
                0 ┤██▁▁

            """)
        expectText(
            of: frame(14, 4) { StackedChart(series: series, values: [[], [], []]).draw(into: &$0, in: $0.bounds) },
            """
                1 ┤
                  │
                0 ┤╌╌╌╌╌╌╌

            """)
    }

    @Test func `no size and no value traps`() {
        let strange: [Double?] = [nil, .nan, .infinity, -.infinity, -5, 0, 1e300, .leastNonzeroMagnitude, 5]
        for width in -1...24 {
            for height in -1...8 {
                for scale in [StackedChart.Scale.linear, .logarithmic] {
                    for glyphs in [Glyphs.unicode, .ascii] {
                        _ = frame(width, height, glyphs) {
                            StackedChart(
                                series: series, values: [strange, strange, []], labels: [ChartLabel(bucket: 99, "x")],
                                scale: scale, cursorBucket: width, minimumTop: .nan
                            ).draw(into: &$0, in: $0.bounds)
                        }
                    }
                }
            }
        }
    }

    @Test func `a sparkline shows little as something and a gap as a gap`() {
        expectPicture(
            of: frame(12, 2) {
                Sparkline(values: [0, 0.001, 4, nil, 8], role: .series2).draw(into: &$0, in: $0.bounds.row(0))
                Sparkline(values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]).draw(into: &$0, in: $0.bounds.row(1))
            },
            """
                    ▁▄╌█
            ▂▂▃▃▄▅▅▆▆▇▇█
            --- styles
            .......aaaba
            cccccccccccc
            ---
            a series2
            b gap
            c series0
            """)
        expectText(
            of: frame(9, 1, .ascii) {
                Sparkline(values: [0, 1, 2, 3, 4, 5, 6, 7, 8]).draw(into: &$0, in: $0.bounds)
            },
            """
             ..::++##
            """)
    }

    @Test(arguments: [
        (0.0, "──────────"), (0.001, "╸─────────"), (0.5, "━━━━━─────"), (0.999, "━━━━━━━━━╸"), (1.0, "━━━━━━━━━━"),
        (7.0, "━━━━━━━━━━"), (-1.0, "──────────"), (Double.nan, "──────────"),
    ])
    func `a meter is full only when it is, and empty only when it is`(fraction: Double, expected: String) {
        expectText(of: frame(10, 1) { Meter(fraction: fraction).draw(into: &$0, in: $0.bounds) }, expected)
    }
}
