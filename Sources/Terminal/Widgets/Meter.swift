/// A thin bar that is filled to a fraction: `━━━━──────`.
package struct Meter: Hashable, Sendable {
    /// From 0 to 1; what lies outside is clamped, and not-a-number is empty.
    package var fraction: Double
    package var role: StyleRole

    package init(fraction: Double, role: StyleRole = .accent) {
        self.fraction = fraction
        self.role = role
    }

    package func draw(into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let value = fraction.isNaN ? 0 : clamped(fraction, to: 0...1)
        // Anything above zero shows, and only a full meter looks full.
        var halves = Int((value * Double(rect.width * 2)).rounded())
        if value > 0 { halves = max(1, halves) }
        if value < 1 { halves = min(rect.width * 2 - 1, halves) }
        for x in 0..<rect.width {
            let point = Point(x: rect.x + x, y: rect.y)
            if halves >= 2 * x + 2 {
                frame.put(frame.glyphs.meterFilled, at: point, style: Style(role), width: 1)
            } else if halves == 2 * x + 1 {
                frame.put(frame.glyphs.meterHalf, at: point, style: Style(role), width: 1)
            } else {
                frame.put(frame.glyphs.meterTrack, at: point, style: Style(.track), width: 1)
            }
        }
    }
}
