/// One row of bars, the newest on the right; nil is a gap, which isn't zero.
package struct Sparkline: Hashable, Sendable {
    package var values: [Double?]
    package var role: StyleRole
    /// The value of a full bar; the greatest of the values when nil.
    package var maximum: Double?

    package init(values: [Double?], role: StyleRole = .series0, maximum: Double? = nil) {
        self.values = values
        self.role = role
        self.maximum = maximum
    }

    package func draw(into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let shown = values.suffix(rect.width)
        let top = maximum ?? shown.compactMap { $0 }.filter(\.isFinite).max() ?? 0
        let eighths = frame.glyphs.eighths
        for (index, value) in shown.enumerated() {
            let point = Point(x: rect.maxX - shown.count + index, y: rect.y)
            guard let value, value.isFinite else {
                frame.put(frame.glyphs.gap, at: point, style: Style(.gap), width: 1)
                continue
            }
            let share = top > 0 ? clamped(value / top, to: 0...1) : 0
            var level = Int((share * 8).rounded())
            // Little is not nothing.
            if value > 0 { level = max(1, level) }
            frame.put(eighths[level], at: point, style: Style(role))
        }
    }
}
