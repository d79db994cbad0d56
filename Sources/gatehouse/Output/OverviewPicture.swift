import Domain
import Terminal

/// The Overview as text: a chart, totals against the window before, and a table for each list.
struct OverviewPicture {
    /// As many buckets as the chart has columns.
    static let buckets = width - StackedChart.axisWidth
    private static let width = 100
    private static let chartHeight = 9
    private static let sparklineWidth = 24

    let overview: Overview
    let metric: Metric
    let zone: TimeZoneTable
    let now: Timestamp
    /// The newest event in the store, whatever the window.
    let newest: Timestamp?
    let style: TextStyle

    /// Stacked and listed in this order: what went well first, what needs looking at last.
    private static let outcomes: [Outcome] = [.allowed, .limited, .unauthenticated, .forbidden, .invalid, .failed]

    var text: String {
        guard overview.totals.requests > 0 else { return emptyText }
        var text = style.line(headline) + "\n"
        text += section(chartUnit.title, note: bucketNote, height: Self.chartHeight) { frame, rect in
            chart.draw(into: &frame, in: rect)
        }
        text += section("outcomes", note: beforeNote, height: Self.outcomes.count + 1) { frame, rect in
            outcomeTable.draw(into: &frame, in: rect)
        }
        text += style.line(latencyLine) + "\n"
        text += list("clients", overview.clients)
        text += list("routes", overview.routes)
        text += list("addresses", overview.addresses)
        return text
    }

    private var seconds: Double { max(overview.window.seconds, 0.000_001) }

    private var emptyText: String {
        guard let newest else {
            return style.line([Piece("no events yet; read a log with `gatehouse ingest FILE`")]) + "\n"
        }
        let when = CleanText(TimeText.relative(newest, now: now))
        return style.line([
            Piece("no requests in the window; the newest event is from "), Piece(when, .title),
            Piece(": widen it with --since, or --since all"),
        ]) + "\n"
    }

    // MARK: Parts

    private var headline: [Piece] {
        let window = overview.window
        let zoneName = zone.abbreviation(at: window.end)
        let span =
            "\(TimeText.dateAndTime(window.start, zone: zone)) to \(TimeText.dateAndTime(window.end, zone: zone))"
        return [
            Piece(NumberText.grouped(overview.totals.requests), .title), Piece(" requests  "),
            Piece(NumberText.rate(perSecond: Double(overview.totals.requests) / seconds), .title), Piece("  "),
            Piece(CleanText("\(span) \(zoneName)"), .dim),
        ]
    }

    private var bucketNote: CleanText {
        "a bar is \(NumberText.duration(microseconds: Int(overview.bucketSeconds) * 1_000_000))"
    }

    private var beforeNote: CleanText {
        overview.before == nil ? "nothing recorded before" : "against the same time before"
    }

    /// The shortest unit of time in which the highest bar stands for at least one request; a day when none does.
    private var chartUnit: (title: CleanText, seconds: Double) {
        let highest = overview.series.filter(\.isCovered).map(\.counts.requests).max() ?? 0
        let rate = Double(highest) / Double(max(1, overview.bucketSeconds))
        let units: [(title: CleanText, seconds: Double)] = [
            ("requests/s", 1), ("requests/min", 60), ("requests/h", 3600), ("requests/d", 86_400),
        ]
        return units.first { rate * $0.seconds >= 1 } ?? units[units.count - 1]
    }

    private var chart: StackedChart {
        let rate = chartUnit.seconds / Double(max(1, overview.bucketSeconds))
        return StackedChart(
            series: Self.outcomes.map { ChartSeries(CleanText($0.name), role: ThemeFile.role(of: $0)) },
            values: Self.outcomes.map { outcome in
                overview.series.map { $0.isCovered ? Double($0.counts[outcome]) * rate : nil }
            },
            labels: labels)
    }

    private var labels: [ChartLabel] {
        let isLong = overview.window.seconds > 86_400
        let step = max(1, overview.series.count / 5)
        return stride(from: 0, to: overview.series.count, by: step).map { index in
            let start = overview.series[index].start
            let label = isLong ? TimeText.date(start, zone: zone) : TimeText.timeOfDay(start, zone: zone, decimals: 0)
            return ChartLabel(bucket: index, CleanText(label))
        }
    }

    private var outcomeTable: Table {
        let columns = [
            TableColumn("", width: .fixed(18)), TableColumn("requests", width: .fixed(12), align: .right),
            TableColumn("per second", width: .fixed(10), align: .right),
            TableColumn("share", width: .fixed(8), align: .right), TableColumn("change", width: .fixed(10)),
            TableColumn("", width: .fixed(Self.sparklineWidth)),
        ]
        let rows = Self.outcomes.map { outcome -> [TableCell] in
            let count = overview.totals[outcome]
            let role = ThemeFile.role(of: outcome)
            let quiet = count == 0 ? Style(.faint) : Style(.text)
            return [
                .text(CleanText(outcome.name), count == 0 ? Style(.faint) : Style(role)),
                .text(NumberText.grouped(count), quiet), .text(NumberText.figures(Double(count) / seconds), quiet),
                .text(NumberText.percent(Double(count) / Double(overview.totals.requests)), quiet),
                .text(change(outcome), Style(.dim)),
                .sparkline(sparkline(outcome), role),
            ]
        }
        return Table(columns: columns, rows: rows, isFocused: false)
    }

    /// A second's worth; hardly any is not none.

    private func change(_ outcome: Outcome) -> CleanText {
        guard let before = overview.before else { return "" }
        return NumberText.change(
            from: Double(before[outcome]), to: Double(overview.totals[outcome]), glyphs: style.glyphs)
    }

    /// As many bars as the column has, each the mean of the buckets that fall into it.
    private func sparkline(_ outcome: Outcome) -> [Double?] {
        let size = max(1, (overview.series.count + Self.sparklineWidth - 1) / Self.sparklineWidth)
        return stride(from: 0, to: overview.series.count, by: size).map { start in
            let covered = overview.series[start..<min(start + size, overview.series.count)].filter(\.isCovered)
            guard !covered.isEmpty else { return nil }
            return Double(covered.reduce(0) { $0 + $1.counts[outcome] }) / Double(covered.count)
        }
    }

    private var latencyLine: [Piece] {
        guard overview.latency.count > 0 else { return [Piece("latency is not in these logs", .dim)] }
        var pieces = [Piece("latency", .header)]
        let quantiles: [(CleanText, Double)] = [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)]
        for (name, fraction) in quantiles {
            guard let value = overview.latency.quantile(fraction) else { continue }
            pieces += [
                Piece("  "), Piece(name, .dim), Piece(" "), Piece(NumberText.duration(microseconds: Int(value))),
            ]
        }
        pieces += [
            Piece("  "), Piece("max", .dim), Piece(" "),
            Piece(NumberText.duration(microseconds: Int(overview.latency.maximum))),
        ]
        return pieces
    }

    private func list(_ title: CleanText, _ items: [Overview.Ranked]) -> String {
        var columns = [
            TableColumn(title, width: .flexible(20), truncation: .middle),
            TableColumn("requests", width: .fixed(9), align: .right),
            TableColumn("share", width: .fixed(7), align: .right),
        ]
        for outcome in Self.outcomes.dropFirst() {
            let name = outcome == .unauthenticated ? "unauth." : outcome.name
            columns.append(TableColumn(CleanText(name), width: .fixed(max(7, name.utf8.count)), align: .right))
        }
        columns.append(TableColumn("p95", width: .fixed(8), align: .right))
        let rows = items.map(row)
        guard !rows.isEmpty else { return "" }
        let note: CleanText = metric == .requests ? "" : "by \(CleanText(metric.rawValue))"
        return section(title, note: note, height: rows.count + 1) { frame, rect in
            Table(columns: columns, rows: rows, isFocused: false).draw(into: &frame, in: rect)
        }
    }

    private func row(_ item: Overview.Ranked) -> [TableCell] {
        let share = Double(item.counts.requests) / Double(overview.totals.requests)
        let name = [item.method, item.name].compactMap(\.self).joined(separator: " ")
        var cells: [TableCell] = [
            .text(CleanText(name)), .text(NumberText.grouped(item.counts.requests)),
            .text(NumberText.percent(share), Style(.dim)),
        ]
        for outcome in Self.outcomes.dropFirst() {
            let count = item.counts[outcome]
            let role = count == 0 ? StyleRole.faint : ThemeFile.role(of: outcome)
            cells.append(.text(NumberText.grouped(count), Style(role)))
        }
        let latency = item.latency.map { NumberText.duration(microseconds: Int($0)) } ?? style.glyphs.absent
        return cells + [.text(latency, Style(.dim))]
    }

    private func section(
        _ title: CleanText, note: CleanText, height: Int, draw: (inout Frame, Rect) -> Void
    ) -> String {
        let width = min(max(style.width ?? Self.width, 60), 140)
        var frame = Frame(size: Size(width: width, height: height + 1), glyphs: style.glyphs)
        let (top, rest) = frame.bounds.split(top: 1)
        SectionHeader(title, note: note).draw(into: &frame, in: top)
        draw(&frame, rest)
        return style.text(of: frame) + "\n"
    }
}
