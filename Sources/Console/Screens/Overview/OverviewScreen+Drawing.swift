import Domain
package import Terminal

extension OverviewScreen {
    package func draw(into frame: inout Frame, in area: Rect, context: ScreenContext) {
        let layout = OverviewLayout(area, focus: focus, isZoomed: isZoomed)
        switch contents {
        case .failed(let text):
            SectionHeader("overview").draw(into: &frame, in: area.row(0))
            frame.put(CleanText(text), at: Point(x: area.x + 2, y: area.y + 2), style: Style(.danger))
        case .loading, .loaded:
            let overview = contents.value ?? Overview(window: window(in: context), bucketSeconds: 1)
            if !layout.chart.isEmpty { drawChart(overview, into: &frame, in: layout.chart, context: context) }
            if !layout.totals.isEmpty {
                OverviewTotals(overview: overview, window: preset, context: context, isLoaded: contents.value != nil)
                    .draw(into: &frame, in: layout.totals)
            }
            for panel in OverviewPanel.lists {
                guard let rect = layout.panels[panel], !rect.isEmpty else { continue }
                drawList(panel, overview, into: &frame, in: rect, context: context)
            }
            if let rect = layout.panels[.denials], !rect.isEmpty {
                drawDenials(overview, into: &frame, in: rect, context: context)
            }
        }
    }

    // MARK: - Chart

    private func drawChart(_ overview: Overview, into frame: inout Frame, in rect: Rect, context: ScreenContext) {
        let (header, body) = rect.split(top: 1)
        SectionHeader(
            "requests/s", note: chartNote(overview, frame.glyphs, context, width: header.width),
            isFocused: focus == .chart
        )
        .draw(into: &frame, in: header)
        let index = cursor.flatMap { cursor in overview.series.firstIndex { $0.start == cursor } }
        let chart = StackedChart(
            series: Outcome.displayOrder.map {
                ChartSeries(
                    CleanText($0.name), role: $0.role, fill: $0.symbol(frame.glyphs).text.unicodeScalars.first)
            },
            values: Outcome.displayOrder.map { outcome in
                overview.series.map { bucket in
                    rate(of: bucket.counts[outcome], in: bucket, overview, now: context.shownNow)
                }
            },
            labels: axisLabels(overview, plotWidth: StackedChart.plotWidth(in: body), zone: context.zone),
            scale: isLogarithmic ? .logarithmic : .linear, cursorBucket: index)
        chart.draw(into: &frame, in: body)
        if overview.series.allSatisfy({ !$0.isCovered && $0.counts.requests == 0 }), contents.value != nil {
            frame.put(
                "no data in this window",
                at: Point(x: body.x + StackedChart.axisWidth + 2, y: body.y + body.height / 2),
                style: Style(.dim), width: max(0, body.width - StackedChart.axisWidth - 2))
        }
        if focus == .chart { frame.cursor = header.origin }
    }

    /// Requests a second in a bucket; the newest bucket counts for the part of it that has passed. Nil is a gap.
    private func rate(of count: Int, in bucket: Overview.Bucket, _ overview: Overview, now: Timestamp) -> Double? {
        guard bucket.isCovered || bucket.counts.requests > 0 else { return nil }
        let passed = Double(now.microseconds - bucket.start.microseconds) / 1_000_000
        let length = min(Double(overview.bucketSeconds), passed)
        guard length >= min(0.5, Double(overview.bucketSeconds)) else { return nil }
        return Double(count) / length
    }

    /// The window and the scale, or what stands under the cursor; shorter where there is little room.
    private func chartNote(_ overview: Overview, _ glyphs: Glyphs, _ context: ScreenContext, width: Int) -> [Piece] {
        guard let cursor, let bucket = overview.series.first(where: { $0.start == cursor }) else {
            return windowNote(glyphs, context, isShort: width < 64)
        }
        let time =
            preset.seconds > 86_400
            ? ClockText.dayAndMinute(bucket.start, zone: context.zone)
            : TimeText.timeOfDay(bucket.start, zone: context.zone, decimals: 0)
        let pieces = [Piece(CleanText(time), .text)]
        guard bucket.isCovered || bucket.counts.requests > 0 else { return pieces + [Piece("  no data", .gap)] }
        var detailed = pieces
        for outcome in Outcome.displayOrder where bucket.counts[outcome] > 0 {
            detailed += [
                Piece("  ", .dim), Piece(outcome.symbol(glyphs), outcome.role), Piece(" ", .dim),
                Piece(NumberText.grouped(bucket.counts[outcome]), .text),
            ]
        }
        let titleAndRules = 20
        guard detailed.columns + titleAndRules > width else { return detailed }
        return pieces + [Piece("  ", .dim), Piece(NumberText.grouped(bucket.counts.requests), .text)]
    }

    private func windowNote(_ glyphs: Glyphs, _ context: ScreenContext, isShort: Bool) -> [Piece] {
        var until: Timestamp?
        if case .end(let time) = anchor { until = time }
        if showsOldStore(in: context) { until = context.status?.newest }
        var start = isShort ? "" : "last "
        if let until { start = (isShort ? "to " : "until ") + ClockText.dayAndMinute(until, zone: context.zone) + ", " }
        let scale: CleanText = isLogarithmic ? "log" : "linear"
        return [
            Piece(CleanText(start + preset.title), .dim), Piece(" ", .dim), Piece(glyphs.separator, .dim),
            Piece(" ", .dim), Piece(scale, .dim),
        ]
    }

    /// Labels at round times, far enough apart to be read.
    private func axisLabels(_ overview: Overview, plotWidth: Int, zone: TimeZoneTable) -> [ChartLabel] {
        guard let first = overview.series.first, plotWidth > 0 else { return [] }
        let room = max(1, plotWidth / 11)
        let steps: [Int64] = [
            5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 432_000,
        ]
        let length = overview.bucketSeconds * Int64(overview.series.count)
        let step = steps.first { length / $0 <= Int64(room) && ($0 >= 60 || length <= 120) } ?? 864_000
        // Round in local time: midnight is where the day turns for whoever reads it.
        let offset = Int64(zone.offset(at: first.start))
        return overview.series.enumerated().compactMap { index, bucket in
            let local = bucket.start.second + offset
            guard local.dividedDown(by: step) != (local - overview.bucketSeconds).dividedDown(by: step) else {
                return nil
            }
            return ChartLabel(
                bucket: index, CleanText(ClockText.axisLabel(bucket.start, windowSeconds: length, zone: zone)))
        }
    }

    // MARK: - Lists

    private func drawList(
        _ panel: OverviewPanel, _ overview: Overview, into frame: inout Frame, in rect: Rect, context: ScreenContext
    ) {
        let metric = metrics[panel] ?? .requests
        let isFocused = focus == panel
        let (header, body) = rect.split(top: 1)
        SectionHeader(
            panel.title + " by " + CleanText(metric.rawValue), note: isFocused ? "m metric" : .empty,
            isFocused: isFocused
        )
        .draw(into: &frame, in: header)
        let items: [Overview.Ranked] =
            switch panel {
            case .clients: overview.clients
            case .routes: overview.routes
            case .addresses: overview.addresses
            case .chart, .denials: []
            }
        guard let list = lists[panel] else { return }
        let content = RankedTable(
            panel: panel, metric: metric, seconds: max(1, overview.window.seconds), items: items, glyphs: frame.glyphs)
        var table = Table(
            columns: content.columns, rows: content.rows(list.visibleRange.clamped(to: items.indices)),
            selectedRow: isFocused ? list.selectedVisibleIndex : nil, isFocused: isFocused)
        table.placeholder = contents.value == nil ? "loading…" : "none"
        table.draw(into: &frame, in: body)
    }

    private func drawDenials(_ overview: Overview, into frame: inout Frame, in rect: Rect, context: ScreenContext) {
        let isFocused = focus == .denials
        let (header, body) = rect.split(top: 1)
        SectionHeader("latest denials", isFocused: isFocused).draw(into: &frame, in: header)
        let glyphs = frame.glyphs
        let zone = context.zone
        let today = TimeText.date(context.shownNow, zone: zone)
        let visible = denials.visibleRange.clamped(to: overview.denials.indices)
        let fields: [TrafficColumn] = [.status, .client, .request, .reason]
        var table = Table(
            columns: [
                TableColumn("time", width: .fixed(preset.seconds > 86_400 ? 12 : 8)),
                TableColumn("code", width: .fixed(5)),
                TableColumn("client", width: .flexible(9, weight: 2), dropOrder: 1),
                TableColumn("request", width: .flexible(18, weight: 4), truncation: .middle),
                TableColumn("reason", width: .flexible(12, weight: 3), dropOrder: 2),
            ],
            rows: visible.map { index in
                let event = overview.denials[index]
                let time =
                    preset.seconds > 86_400
                    ? ClockText.dayAndMinute(event.time, zone: zone)
                    : TimeText.timeOfDay(event.time, zone: zone, decimals: 0)
                return [.text(CleanText(time), Style(.dim))]
                    + fields.map { $0.cell(for: event, zone: zone, today: today, glyphs: glyphs) }
            },
            selectedRow: isFocused ? denials.selectedVisibleIndex : nil, isFocused: isFocused)
        table.showsHeader = false
        table.placeholder = contents.value == nil ? "loading…" : "none in this window"
        table.draw(into: &frame, in: body)
    }
}
