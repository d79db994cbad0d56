/// A thumb on the right edge that shows which part of something is visible; absent when all of it is.
package struct Scrollbar: Hashable, Sendable {
    package var total: Int
    package var visible: Int
    package var offset: Int

    package init(total: Int, visible: Int, offset: Int) {
        self.total = total
        self.visible = visible
        self.offset = offset
    }

    package func draw(into frame: inout Frame, in rect: Rect) {
        guard total > visible, visible > 0, !rect.isEmpty else { return }
        let height = Double(rect.height)
        let thumb = clamped(Int((height * Double(visible) / Double(total)).rounded()), to: 1...rect.height)
        let share = clamped(Double(offset) / Double(total - visible), to: 0...1)
        let start = Int((share * Double(rect.height - thumb)).rounded())
        for row in start..<(start + thumb) {
            frame.put(
                frame.glyphs.scrollThumb, at: Point(x: rect.maxX - 1, y: rect.y + row), style: Style(.faint), width: 1)
        }
    }
}
