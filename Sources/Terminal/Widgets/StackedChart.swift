/// One layer of a stacked chart.
package struct ChartSeries: Hashable, Sendable {
    package let name: CleanText
    package let role: StyleRole
    /// The sign that stands for the series where there is no colour; one by its place in the stack when nil.
    package let fill: Unicode.Scalar?

    package init(_ name: CleanText, role: StyleRole, fill: Unicode.Scalar? = nil) {
        self.name = name
        self.role = role
        self.fill = fill
    }
}

/// A text under the x axis that belongs to a bucket.
package struct ChartLabel: Hashable, Sendable {
    package let bucket: Int
    package let text: CleanText

    package init(bucket: Int, _ text: CleanText) {
        self.bucket = bucket
        self.text = text
    }
}

/// Series stacked over time in eighth blocks, with axes; a bucket without data is a gap, not a zero.
package struct StackedChart: Sendable {
    package enum Scale: Hashable, Sendable {
        case linear, logarithmic
    }

    /// The columns taken by the labels of the y axis and the axis itself.
    package static let axisWidth = 7

    /// From the bottom up.
    package var series: [ChartSeries]
    /// By series, then by bucket, the newest last; a bucket that is nil in every series is a gap.
    package var values: [[Double?]]
    package var labels: [ChartLabel]
    package var scale: Scale
    /// The bucket that is being read off.
    package var cursorBucket: Int?
    /// The least top of the y axis, so that it needn't change from picture to picture.
    package var minimumTop: Double

    package init(
        series: [ChartSeries], values: [[Double?]], labels: [ChartLabel] = [], scale: Scale = .linear,
        cursorBucket: Int? = nil, minimumTop: Double = 0
    ) {
        self.series = series
        self.values = values
        self.labels = labels
        self.scale = scale
        self.cursorBucket = cursorBucket
        self.minimumTop = minimumTop
    }

    /// The columns that bars get in `rect`: as many buckets as a caller should ask for.
    package static func plotWidth(in rect: Rect) -> Int {
        max(0, rect.width - axisWidth)
    }

    package func draw(into frame: inout Frame, in rect: Rect) {
        ChartPainter(chart: self, rect: rect).draw(into: &frame)
    }
}
