// A theme as one terminal can show it. Whatever is asked for, every distinction survives: where colour can't
// carry it, attributes do.

/// A theme's roles as colours that a terminal of some depth has.
package struct ResolvedTheme: Sendable {
    /// A colour as the terminal takes it.
    package enum Ink: Hashable, Sendable {
        case standard
        case indexed(Int)
        case rgb(UInt32)
    }

    /// Colours and attributes for one style.
    package struct Look: Hashable, Sendable {
        package let foreground: Ink
        package let background: Ink
        package let attributes: Attributes
    }

    package let depth: ColorDepth
    private let theme: Theme
    /// By the role's raw value.
    private let inks: [Ink]

    package init(_ theme: Theme, depth: ColorDepth) {
        self.theme = theme
        self.depth = depth
        inks = ResolvedTheme.inks(of: theme, depth: depth)
    }

    package subscript(role: StyleRole) -> Ink { inks[Int(role.rawValue)] }

    package func look(of style: Style) -> Look {
        var attributes = style.attributes.union(theme.entry(style.foreground, depth: depth).attributes)
        let canvas = self[.background]
        var background = self[style.background]
        var foreground = self[style.foreground]
        let isColored = depth != .mono
        if style.background != .background, background == canvas {
            // This background can't be told from the screen's own.
            let standIn = style.background.monochromeAttributes
            attributes.formUnion(style.foreground == .background ? .reverse : standIn)
        }
        if style.foreground != .background, !isColored || (foreground == self[.text] && style.foreground != .text) {
            attributes.formUnion(style.foreground.monochromeAttributes)
        }
        if foreground == background, foreground != .standard {
            // Text in the colour of its background would be gone.
            foreground = self[.text] == background ? .standard : self[.text]
            attributes.formUnion(style.foreground.monochromeAttributes)
        }
        if !isColored {
            foreground = .standard
            background = .standard
        }
        return Look(foreground: foreground, background: background, attributes: attributes)
    }

    /// Whether series that are stacked on each other look alike, so that only shapes can tell them apart.
    package var needsShapes: Bool {
        let stack: [StyleRole] = [.series1, .series2, .series3, .series4, .series5, .series6]
        return zip(stack, stack.dropFirst()).contains { self[$0] == self[$1] }
    }

    // MARK: - Degrading

    private static func inks(of theme: Theme, depth: ColorDepth) -> [Ink] {
        guard depth != .mono else { return StyleRole.allCases.map { _ in .standard } }
        return StyleRole.allCases.map { ink(theme.entry($0, depth: depth).color, depth: depth) }
    }

    private static func ink(_ color: Color, depth: ColorDepth) -> Ink {
        let candidates: Range<Int>
        switch depth {
        case .mono: return .standard
        case .eight: candidates = 0..<8
        case .sixteen: candidates = 0..<16
        // The first sixteen are the user's own and may look like anything.
        case .indexed256: candidates = 16..<256
        case .direct: candidates = 0..<0
        }
        switch color {
        case .standard:
            return .standard
        case .indexed(let index):
            if depth == .direct || depth == .indexed256 || Int(index) < depth.rawValue { return .indexed(Int(index)) }
            // Where there are eight, bold makes six more; bold black may stay black, and bold white is plain text.
            if depth == .eight, (9...14).contains(index) { return .indexed(Int(index)) }
            return Palette256.nearest(to: Palette256.colors[Int(index)], among: candidates).map(Ink.indexed)
                ?? .standard
        case .rgb(let red, let green, let blue):
            let rgb = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
            if depth == .direct { return .rgb(rgb) }
            return Palette256.nearest(to: rgb, among: candidates).map(Ink.indexed) ?? .standard
        }
    }
}

extension Color {
    /// `0xRRGGBB`, with xterm's colours for the palette; nil for the terminal's own.
    var approximateRGB: UInt32? {
        switch self {
        case .standard: nil
        case .indexed(let index): Palette256.colors[Int(index)]
        case .rgb(let red, let green, let blue): UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
        }
    }
}
