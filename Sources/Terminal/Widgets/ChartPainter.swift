/// Draws a stacked chart: axis on the left, labels below, bars between.
struct ChartPainter {
    let chart: StackedChart
    let rect: Rect

    /// What stands in one column: the upper edges of the series from the bottom up in eighths of a cell; nil is a gap.
    private typealias Bar = [Int]?

    func draw(into frame: inout Frame) {
        guard rect.width > StackedChart.axisWidth, rect.height > 1 else { return }
        let (plotRows, labelRow) = rect.split(bottom: 1)
        let (axis, plot) = plotRows.split(left: StackedChart.axisWidth)
        let buckets = chart.values.map(\.count).max() ?? 0
        let columns = (0..<plot.width).map { column in
            Self.values(chart.values, buckets: buckets, column: column, of: plot.width)
        }
        let greatest = columns.compactMap { $0?.reduce(0, +) }.max() ?? 0
        let scale = ChartScale(chart.scale, maximum: max(greatest, chart.minimumTop), rows: plot.height)

        drawAxis(scale, in: axis, into: &frame)
        let cursor = cursorColumns(buckets: buckets, width: plot.width)
        for (column, values) in columns.enumerated() {
            let bar = values.map { edges(of: $0, scale: scale, height: plot.height) }
            let background: StyleRole = cursor.contains(column) ? .cursor : .background
            draw(bar, x: plot.x + column, in: plot, background: background, into: &frame)
        }
        drawLabels(buckets: buckets, in: Rect(x: plot.x, y: labelRow.y, width: plot.width, height: 1), into: &frame)
    }

    // MARK: - Columns

    /// The buckets that column `column` of `width` shows.
    private static func range(ofColumn column: Int, width: Int, buckets: Int) -> Range<Int> {
        let first = column * buckets / width
        return first..<max(first + 1, (column + 1) * buckets / width)
    }

    /// The mean of each series over the buckets of one column; nil when none of them has data.
    private static func values(_ values: [[Double?]], buckets: Int, column: Int, of width: Int) -> [Double]? {
        guard buckets > 0 else { return nil }
        let range = range(ofColumn: column, width: width, buckets: buckets)
        var hasData = false
        let means = values.map { series in
            var sum = 0.0
            var count = 0
            for index in range where index < series.count {
                guard let value = series[index], value.isFinite else { continue }
                sum += max(0, value)
                count += 1
            }
            hasData = hasData || count > 0
            return count > 0 ? sum / Double(count) : 0
        }
        return hasData ? means : nil
    }

    private func edges(of values: [Double], scale: ChartScale, height: Int) -> [Int] {
        var sum = 0.0
        var edge = 0
        return values.map { value in
            sum += value
            let wanted = Int((scale.position(of: sum) * Double(height * 8)).rounded())
            // A series with anything in it shows, if only as an eighth.
            edge = min(height * 8, max(wanted, value > 0 ? edge + 1 : edge))
            return edge
        }
    }

    private func draw(_ bar: Bar, x: Int, in plot: Rect, background: StyleRole, into frame: inout Frame) {
        guard let edges = bar else {
            frame.put(
                frame.glyphs.gap, at: Point(x: x, y: plot.maxY - 1), style: Style(.gap, on: background), width: 1)
            return
        }
        for row in 0..<plot.height {
            let bottom = (plot.height - 1 - row) * 8
            let point = Point(x: x, y: plot.y + row)
            if frame.glyphs.needsShapes {
                drawShape(edges, bottom: bottom, at: point, background: background, into: &frame)
            } else {
                drawBlock(edges, bottom: bottom, at: point, background: background, into: &frame)
            }
        }
    }

    /// An eighth block whose foreground is the lower series and whose background is the one above it.
    private func drawBlock(_ edges: [Int], bottom: Int, at point: Point, background: StyleRole, into frame: inout Frame)
    {
        // Shares of this cell's eighths, from the bottom up: at most two can be drawn, so the two largest stay.
        var shares: [(role: StyleRole, eighths: Int)] = []
        var lower = bottom
        for (index, edge) in edges.enumerated() where index < chart.series.count && edge > lower {
            let upper = min(edge, bottom + 8)
            if upper > lower { shares.append((chart.series[index].role, upper - lower)) }
            lower = max(lower, upper)
        }
        let empty = bottom + 8 - lower
        guard !shares.isEmpty else {
            if background != .background { frame.put(" ", at: point, style: Style(.text, on: background), width: 1) }
            return
        }
        if empty > 0 { shares.append((background, empty)) }
        while shares.count > 2 {
            // The upper edge of the bar matters most; merge the smallest of the inner layers into its neighbour.
            let inner = shares.indices.dropLast(empty > 0 ? 1 : 0)
            guard let smallest = inner.min(by: { shares[$0].eighths < shares[$1].eighths }) else { break }
            let neighbour = smallest == 0 ? 1 : smallest - 1
            shares[neighbour].eighths += shares[smallest].eighths
            shares.remove(at: smallest)
        }
        let block = frame.glyphs.eighths[shares[0].eighths]
        frame.put(block, at: point, style: Style(shares[0].role, on: shares.count > 1 ? shares[1].role : background))
    }

    /// Without colour a cell is one series' own fill: the one that takes most of it.
    private func drawShape(_ edges: [Int], bottom: Int, at point: Point, background: StyleRole, into frame: inout Frame)
    {
        var best: (index: Int, eighths: Int)?
        var lower = bottom
        for (index, edge) in edges.enumerated() where index < chart.series.count && edge > lower {
            let upper = min(edge, bottom + 8)
            if upper - lower > best?.eighths ?? 0 { best = (index, upper - lower) }
            lower = max(lower, upper)
        }
        let fills = frame.glyphs.fills
        let sign: Unicode.Scalar
        let filled = lower - bottom
        if let best, filled >= 4 || bottom == 0 {
            // A bar less than half a cell high stands as a low sign, so that it isn't taken for a full row.
            let fill = chart.series[best.index].fill ?? fills[best.index % fills.count]
            sign = filled >= 4 ? fill : frame.glyphs.eighths[max(1, filled)]
            frame.put(sign, at: point, style: Style(chart.series[best.index].role, on: background))
        } else if background != .background {
            frame.put(" ", at: point, style: Style(.text, on: background), width: 1)
        }
    }

    // MARK: - Axes

    private func drawAxis(_ scale: ChartScale, in axis: Rect, into frame: inout Frame) {
        let x = axis.maxX - 1
        for row in 0..<axis.height {
            frame.put(frame.glyphs.verticalRule, at: Point(x: x, y: axis.y + row), style: Style(.rule), width: 1)
        }
        var lastRow: Int?
        for tick in scale.ticks {
            let row = axis.height - 1 - Int((scale.position(of: tick) * Double(axis.height - 1)).rounded())
            guard row >= 0, row < axis.height, lastRow != row else { continue }
            lastRow = row
            frame.put(
                NumberText.si(tick), at: Point(x: axis.x, y: axis.y + row), style: Style(.dim), width: axis.width - 2,
                align: .right)
            frame.put(frame.glyphs.axisTick, at: Point(x: x, y: axis.y + row), style: Style(.rule), width: 1)
        }
    }

    private func drawLabels(buckets: Int, in row: Rect, into frame: inout Frame) {
        guard buckets > 0 else { return }
        var free = 0
        for label in chart.labels where label.bucket >= 0 && label.bucket < buckets {
            let x = label.bucket * row.width / buckets
            guard x >= free, x + label.text.columns <= row.width else { continue }
            frame.put(label.text, at: Point(x: row.x + x, y: row.y), style: Style(.dim), width: row.width - x)
            free = x + label.text.columns + 2
        }
    }

    private func cursorColumns(buckets: Int, width: Int) -> Range<Int> {
        guard let bucket = chart.cursorBucket, bucket >= 0, bucket < buckets, width > 0 else { return 0..<0 }
        let first = (0..<width).first { Self.range(ofColumn: $0, width: width, buckets: buckets).contains(bucket) }
        guard let first else { return 0..<0 }
        var end = first + 1
        while end < width, Self.range(ofColumn: end, width: width, buckets: buckets).contains(bucket) { end += 1 }
        return first..<end
    }
}
