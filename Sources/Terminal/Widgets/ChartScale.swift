import Glibc

/// The y axis: its top, its ticks, and where a value stands between bottom and top.
struct ChartScale: Hashable, Sendable {
    let kind: StackedChart.Scale
    let top: Double
    let ticks: [Double]

    /// An axis that holds `maximum`, with about one tick to three of `rows`.
    init(_ kind: StackedChart.Scale, maximum: Double, rows: Int) {
        self.kind = kind
        let greatest = maximum.isFinite && maximum > 0 ? min(maximum, 1e15) : 1
        switch kind {
        case .linear:
            let count = Double(clamped((rows + 1) / 3, to: 1...5))
            let step = ChartScale.niceStep(atLeast: greatest / count)
            let steps = max(1, Int((greatest / step - 1e-9).rounded(.up)))
            top = step * Double(steps)
            ticks = (0...steps).map { Double($0) * step }
        case .logarithmic:
            let decades = max(1, Int(log10(max(greatest, 1)).rounded(.up)))
            top = pow(10, Double(decades))
            let every = max(1, (decades + 1) / max(1, (rows + 1) / 2))
            ticks = [0] + stride(from: decades, through: 0, by: -every).reversed().map { pow(10, Double($0)) }
        }
    }

    /// From 0 at the bottom to 1 at the top.
    func position(of value: Double) -> Double {
        guard value > 0 else { return 0 }
        switch kind {
        case .linear: return min(1, value / top)
        // One is a step above the bottom, so that a single event shows.
        case .logarithmic: return min(1, log10(1 + 9 * value / 1) / log10(1 + 9 * top))
        }
    }

    /// The least of 1, 2, 2.5, 5 times a power of ten that isn't below `least`.
    private static func niceStep(atLeast least: Double) -> Double {
        let power = pow(10, log10(least).rounded(.down))
        for factor in [1, 2, 2.5, 5] where factor * power >= least * (1 - 1e-9) { return factor * power }
        return 10 * power
    }
}
