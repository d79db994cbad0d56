import Foundation
import Glibc
import Terminal

/// How results look as text: width, signs and colours that suit where they go.
struct TextStyle {
    /// Columns of the terminal; nil when the output goes elsewhere and lines may be as long as they need.
    let width: Int?
    let glyphs: Glyphs
    /// Nil for plain text.
    private let theme: ResolvedTheme?

    init(width: Int?, glyphs: Glyphs, theme: ResolvedTheme?) {
        self.width = width
        self.glyphs = glyphs
        self.theme = theme
    }

    var isColored: Bool { theme != nil }

    /// The style for standard output: coloured only on a terminal, and not under `NO_COLOR` (no-color.org).
    static var standardOutput: TextStyle {
        let environment = ProcessInfo.processInfo.environment
        let isTerminal = StandardOutput.isTerminal
        let isPlain = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
        let isColored = isTerminal && !isPlain
        // The terminal's own colours, since its background stays.
        let theme = ThemeLibrary(folder: "").theme(named: "terminal-16").theme
        return TextStyle(
            width: isTerminal ? terminalWidth ?? 80 : nil,
            glyphs: isUTF8 ? Glyphs(.unicode, needsShapes: !isColored) : .ascii,
            theme: isColored ? ResolvedTheme(theme, depth: .sixteen) : nil)
    }

    /// Whether the locale can show more than ASCII.
    static var isUTF8: Bool {
        setlocale(LC_CTYPE, "")
        guard let codeset = nl_langinfo(nl_item(CODESET)) else { return false }
        return ["UTF-8", "UTF8", "utf-8", "utf8"].contains(String(cString: codeset))
    }

    private static var terminalWidth: Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// A frame's picture, in colour where there is any.
    func text(of frame: Frame) -> String {
        guard let theme else { return frame.text }
        return frame.ansi(theme)
    }

    /// One line; cut at the terminal's edge if there is one.
    func line(_ pieces: [Piece]) -> String {
        guard width != nil || theme != nil else {
            var line = pieces.map(\.text.text).joined()
            while line.utf8.last == 0x20 { line.removeLast() }
            return line
        }
        var frame = Frame(size: Size(width: width ?? pieces.columns, height: 1), glyphs: glyphs)
        frame.put(pieces, at: Point(x: 0, y: 0), width: frame.size.width)
        return text(of: frame)
    }
}
