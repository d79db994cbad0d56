// Signs by meaning. Everything that can be drawn can be drawn in pure ASCII as well.

/// The signs that widgets draw with: one set for UTF-8, one for ASCII.
package struct Glyphs: Hashable, Sendable {
    package enum Charset: Hashable, Sendable {
        case unicode
        case ascii
    }

    package let charset: Charset
    /// Whether colours are absent or alike, so that series and states must differ by shape alone.
    package let needsShapes: Bool

    package init(_ charset: Charset, needsShapes: Bool = false) {
        self.charset = charset
        self.needsShapes = needsShapes
    }

    package static let unicode = Glyphs(.unicode)
    package static let ascii = Glyphs(.ascii, needsShapes: true)

    /// The same signs, with shapes where `theme` doesn't tell series apart by colour.
    package func suiting(_ theme: ResolvedTheme) -> Glyphs {
        Glyphs(charset, needsShapes: isASCII || theme.needsShapes)
    }

    package var isASCII: Bool { charset == .ascii }

    package var selection: CleanText { pick("▸", ">") }
    package var rule: CleanText { pick("─", "-") }
    package var verticalRule: CleanText { pick("│", "|") }
    package var axisTick: CleanText { pick("┤", "+") }
    package var ellipsis: CleanText { pick("…", "~") }
    package var bullet: CleanText { pick("●", "*") }
    package var separator: CleanText { pick("·", ".") }
    package var up: CleanText { pick("▲", "^") }
    package var down: CleanText { pick("▼", "v") }
    package var level: CleanText { pick("─", "-") }
    package var sortAscending: CleanText { pick("▴", " ^") }
    package var sortDescending: CleanText { pick("▾", " v") }
    package var moreLeft: CleanText { pick("‹", "<") }
    package var moreRight: CleanText { pick("›", ">") }
    package var paused: CleanText { pick("❚❚", "||") }
    package var absent: CleanText { pick("–", "-") }
    package var meterFilled: CleanText { pick("━", "=") }
    package var meterHalf: CleanText { pick("╸", "=") }
    package var meterTrack: CleanText { pick("─", "-") }
    package var gap: CleanText { pick("╌", ".") }
    package var scrollThumb: CleanText { pick("┃", "#") }

    /// From empty to full in eighths, growing from the bottom; ASCII has five steps stretched over the nine.
    package var eighths: [Unicode.Scalar] {
        isASCII ? [" ", ".", ".", ":", ":", "+", "+", "#", "#"] : [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    }

    /// Fills that tell series apart without colour, in the order of the series.
    package var fills: [Unicode.Scalar] {
        isASCII ? ["#", "o", "x", "+", "%", "=", "@"] : ["█", "▒", "░", "▚", "╳", "▤", "▦"]
    }

    private func pick(_ unicode: CleanText, _ ascii: CleanText) -> CleanText {
        charset == .unicode ? unicode : ascii
    }
}
