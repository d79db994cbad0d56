import Domain
import Terminal

/// The figures beside the chart: each outcome's rate, its change against the window before, and its course.
struct OverviewTotals {
    let overview: Overview
    let window: WindowPreset
    let context: ScreenContext
    let isLoaded: Bool

    func draw(into frame: inout Frame, in rect: Rect) {
        let isWide = rect.width >= 42
        let title = isWide ? "against the \(window.title) before" : "\(window.title), change"
        SectionHeader(CleanText(title)).draw(into: &frame, in: rect.row(0))
        var y = rect.y + 1
        drawRow(
            "requests", symbol: nil, role: .text, count: overview.totals.requests, before: overview.before?.requests,
            values: overview.series.map { course($0, $0.counts.requests) }, at: y, into: &frame, in: rect)
        for outcome in Outcome.displayOrder {
            y += 1
            guard y < rect.maxY else { return }
            drawRow(
                CleanText(outcome.name), symbol: outcome.symbol(frame.glyphs), role: outcome.role,
                count: overview.totals[outcome], before: overview.before.map { $0[outcome] },
                values: overview.series.map { course($0, $0.counts[outcome]) }, at: y, into: &frame, in: rect)
        }
        // With room to spare, a line apart from the outcomes.
        y += rect.height >= 11 ? 2 : 1
        if y < rect.maxY { drawLatency(at: y, into: &frame, in: rect) }
        if y + 1 < rect.maxY { drawFreshness(at: y + 1, into: &frame, in: rect) }
    }

    private func course(_ bucket: Overview.Bucket, _ count: Int) -> Double? {
        bucket.isCovered || bucket.counts.requests > 0 ? Double(count) : nil
    }

    private func drawRow(
        _ name: CleanText, symbol: CleanText?, role: StyleRole, count: Int, before: Int?, values: [Double?],
        at y: Int,
        into frame: inout Frame, in rect: Rect
    ) {
        let glyphs = frame.glyphs
        var x = rect.x + 1
        if let symbol {
            x = frame.put([Piece(symbol, role), Piece(" ")], at: Point(x: x, y: y), width: rect.maxX - x)
        }
        let isTotal = symbol == nil
        frame.put(name, at: Point(x: x, y: y), style: Style(isTotal ? .title : role), width: 15)
        let valueColumn = rect.x + 17
        frame.put(
            value(count, share: !isTotal && name == "allowed"), at: Point(x: valueColumn, y: y),
            style: Style(count == 0 ? .faint : .text), width: 8, align: .right)
        let change = changeText(count, before, glyphs)
        frame.put(
            change, at: Point(x: valueColumn + 9, y: y),
            style: Style(isNotable(count, before, isGood: isTotal || role == .series1) ? role : .dim), width: 7)
        let course = Rect(x: valueColumn + 17, y: y, width: rect.maxX - valueColumn - 17, height: 1)
        guard course.width >= 6 else { return }
        Sparkline(values: Self.squeezed(values, to: course.width), role: isTotal ? .series0 : role)
            .draw(into: &frame, in: course)
    }

    private func value(_ count: Int, share: Bool) -> CleanText {
        guard isLoaded else { return "…" }
        if share, overview.totals.requests > 0 {
            return NumberText.percent(Double(count) / Double(overview.totals.requests))
        }
        return NumberText.figures(Double(count) / max(1, overview.window.seconds)) + "/s"
    }

    private func changeText(_ count: Int, _ before: Int?, _ glyphs: Glyphs) -> CleanText {
        guard isLoaded, let before else { return .empty }
        return NumberText.change(from: Double(before), to: Double(count), glyphs: glyphs)
    }

    /// Whether a change deserves the outcome's colour: more refusals or failures, by half or more.
    private func isNotable(_ count: Int, _ before: Int?, isGood: Bool) -> Bool {
        guard let before, !isGood, count >= 10 else { return false }
        return Double(count) >= Double(before) * 1.5
    }

    private func drawLatency(at y: Int, into frame: inout Frame, in rect: Rect) {
        var pieces = rect.width >= 38 ? [Piece("latency", .title)] : []
        if overview.latency.count == 0 {
            pieces.append(Piece(" no latency in this log", .faint))
        }
        // One unit for all three keeps the line short and the figures comparable, unless they are worlds apart.
        let worst = overview.latency.quantile(0.99) ?? 0
        let isWide = worst > 1000 * max(1, overview.latency.quantile(0.5) ?? 0)
        let (divisor, unit): (Double, CleanText) =
            worst < 1000 ? (1, "µs") : worst < 10_000_000 ? (1000, "ms") : (1_000_000, "s")
        for (name, fraction) in [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)] as [(CleanText, Double)] {
            guard let latency = overview.latency.quantile(fraction) else { continue }
            let before = overview.latencyBefore?.quantile(fraction)
            let isWorse = before.map { Double(latency) > Double($0) * 1.5 } ?? false
            let figure =
                isWide ? NumberText.duration(microseconds: Int(latency)) : NumberText.figures(Double(latency) / divisor)
            pieces += [
                Piece(pieces.isEmpty ? "" : " ", .dim), Piece(name, .dim), Piece(" ", .dim),
                Piece(figure, isWorse ? .caution : .text),
            ]
        }
        if overview.latency.count > 0, !isWide { pieces += [Piece(" ", .dim), Piece(unit, .dim)] }
        frame.put(pieces, at: Point(x: rect.x + 1, y: y), width: rect.width - 1)
    }

    private func drawFreshness(at y: Int, into frame: inout Frame, in rect: Rect) {
        guard let status = context.status else { return }
        var pieces: [Piece] = []
        if let newest = status.newest {
            pieces.append(Piece(CleanText("last event " + TimeText.relative(newest, now: context.now)), .dim))
        }
        if status.unread > 0 {
            pieces += [
                Piece(pieces.isEmpty ? "" : "  ", .dim), Piece(NumberText.grouped(Int(status.unread)), .caution),
                Piece(" unread lines", .caution),
            ]
        }
        frame.put(pieces, at: Point(x: rect.x + 1, y: y), width: rect.width - 1)
    }

    /// The values gathered into at most `count` sums; a sum of gaps is a gap.
    static func squeezed(_ values: [Double?], to count: Int) -> [Double?] {
        guard values.count > count, count > 0 else { return values }
        return (0..<count).map { index in
            let part = values[(index * values.count / count)..<((index + 1) * values.count / count)]
            let known = part.compactMap { $0 }
            return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
        }
    }
}
