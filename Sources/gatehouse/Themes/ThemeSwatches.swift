import Foundation
import Terminal

/// A theme laid out role by role, in its own colours where the output has any.
struct ThemeSwatches {
    let theme: Theme
    let style: TextStyle

    private static let width = 76
    private static let sample: CleanText = "Sphinx of quartz 0123"

    var text: String {
        var text = ""
        let series = Set(ThemeFile.outcomeRoles.map(\.role))
        let roles = StyleRole.allCases.filter { !series.contains($0) }.map { (name: $0.name, role: $0) }
        let grounds: Set<StyleRole> = [
            .background, .bar, .tab, .button, .selection, .cursor, .input, .overlay,
        ]
        text += render([(CleanText(theme.name), Style(.title)), (CleanText("  " + theme.description), Style(.dim))])
        text += render([])
        for (name, role) in roles + ThemeFile.outcomeRoles {
            let entry = theme[role]
            let shown =
                grounds.contains(role) ? Style(role == .selection ? .selectionText : .text, on: role) : Style(role)
            text += render([
                (Self.padded(name, 18), Style(.dim)), (Self.padded(ThemeFile.text(of: entry.color), 16), Style(.text)),
                (Self.padded(Self.names(of: entry.attributes), 18), Style(.dim)), (Self.sample, shown),
            ])
        }
        return text
    }

    private func render(_ pieces: [(CleanText, Style)]) -> String {
        // The sample says nothing without its colour.
        guard style.isColored else {
            return style.line(pieces.dropLast(pieces.count > 2 ? 1 : 0).map { Piece($0.0, $0.1) }) + "\n"
        }
        var frame = Frame(size: Size(width: Self.width, height: 1), glyphs: style.glyphs)
        frame.put(pieces.map { Piece($0.0, $0.1) }, at: Point(x: 0, y: 0), width: Self.width)
        return frame.ansi(ResolvedTheme(theme, depth: Self.depth)) + "\n"
    }

    /// What the terminal says of itself; nobody is asked, because answers come late.
    private static var depth: ColorDepth {
        let environment = ProcessInfo.processInfo.environment
        if ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") { return .direct }
        return environment["TERM"]?.contains("256color") == true ? .indexed256 : .sixteen
    }

    private static func padded(_ text: String, _ width: Int) -> CleanText {
        CleanText(text + String(repeating: " ", count: max(1, width - text.utf8.count)))
    }

    private static func names(of attributes: Attributes) -> String {
        Attributes.named.filter { attributes.contains($0.attribute) }.map(\.name).joined(separator: " ")
    }
}
