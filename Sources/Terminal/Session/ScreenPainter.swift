internal import CTerminal

// From frames to ncurses: only rows that differ from the frame before, styles as colour pairs made when first used.

struct ScreenPainter {
    private struct Pen {
        var attributes: UInt32
        var pair: Int32
    }

    private var theme: ResolvedTheme
    /// Looks by foreground role × background role × attributes, made when first used.
    private var pens: [Style: Pen] = [:]
    private var pairs: [ColorPair: Int32] = [:]
    private var previous: Frame?
    private var row: [ct_cell] = []

    private struct ColorPair: Hashable {
        let foreground: Int32
        let background: Int32
    }

    init(theme: ResolvedTheme) {
        self.theme = theme
    }

    mutating func use(_ theme: ResolvedTheme) {
        self.theme = theme
        pens = [:]
        previous = nil
    }

    /// Makes the next frame be painted as a whole.
    mutating func forget() {
        previous = nil
    }

    /// Hands the rows that changed to ncurses and returns how many there were.
    mutating func paint(_ frame: Frame) -> Int {
        let width = min(frame.size.width, Int(ct_screen_width()))
        let height = min(frame.size.height, Int(ct_screen_height()))
        let last = previous?.size == frame.size ? previous : nil
        var changed = 0
        for y in 0..<height where !isSame(y, of: frame, and: last) {
            changed += 1
            paintRow(y, of: frame, width: width)
            if width < Int(ct_screen_width()) { ct_blank(Int32(y), Int32(width)) }
        }
        if last == nil {
            for y in height..<max(height, Int(ct_screen_height())) { ct_blank(Int32(y), 0) }
        }
        previous = frame
        return changed
    }

    /// Whether row `y` looks the same in both; a row with combining marks never counts as the same.
    private func isSame(_ y: Int, of frame: Frame, and last: Frame?) -> Bool {
        guard let last else { return false }
        let width = frame.size.width
        let range = y * width..<(y + 1) * width
        return frame.cells.withUnsafeBufferPointer { new in
            last.cells.withUnsafeBufferPointer { old in
                for index in range where new[index] != old[index] || new[index].content & Cell.clusterFlag != 0 {
                    return false
                }
                return true
            }
        }
    }

    private mutating func paintRow(_ y: Int, of frame: Frame, width: Int) {
        row.removeAll(keepingCapacity: true)
        var style = Style(.text)
        var pen = pen(for: style)
        for x in 0..<width {
            let cell = frame.cells[y * frame.size.width + x]
            guard cell.content != 0 else { continue }
            if cell.style != style {
                style = cell.style
                pen = self.pen(for: style)
            }
            var drawn = ct_cell()
            drawn.attributes = pen.attributes
            drawn.pair = pen.pair
            if cell.content & Cell.clusterFlag != 0 {
                let scalars = frame.scalars(of: cell).map(\.value) + [0, 0, 0, 0]
                drawn.scalar = scalars[0]
                drawn.marks = (scalars[1], scalars[2], scalars[3])
            } else {
                drawn.scalar = cell.content
            }
            row.append(drawn)
        }
        ct_put_row(Int32(y), row, Int32(row.count))
    }

    // MARK: - Styles

    private mutating func pen(for style: Style) -> Pen {
        if let pen = pens[style] { return pen }
        let look = theme.look(of: style)
        let (foreground, brightens) = number(of: look.foreground)
        let (background, _) = number(of: look.background)
        var attributes = UInt32(look.attributes.rawValue)
        if brightens { attributes |= UInt32(CT_BOLD) }
        let pen = Pen(attributes: attributes, pair: pair(foreground, background))
        pens[style] = pen
        return pen
    }

    /// The colour's number for ncurses; the upper eight of sixteen are the lower ones in bold where only eight exist.
    private func number(of ink: ResolvedTheme.Ink) -> (Int32, brightens: Bool) {
        switch ink {
        case .standard: return (-1, false)
        case .indexed(let index): return theme.depth == .eight ? (Int32(index & 7), index > 7) : (Int32(index), false)
        // Direct-colour terminals read the numbers below eight as the palette.
        case .rgb(let value): return (Int32(max(value, 8)), false)
        }
    }

    private mutating func pair(_ foreground: Int32, _ background: Int32) -> Int32 {
        guard foreground != -1 || background != -1 else { return 0 }
        let colors = ColorPair(foreground: foreground, background: background)
        if let pair = pairs[colors] { return pair }
        let next = Int32(pairs.count + 1)
        // Terminals with few pairs show the rest in their own colours.
        guard ct_pair(next, foreground, background) else { return 0 }
        pairs[colors] = next
        return next
    }
}
