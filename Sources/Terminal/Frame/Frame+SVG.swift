// A picture for a README: it needs no font but a monospaced one, since blocks are drawn as rectangles.

extension Frame {
    /// The picture as an SVG document with `theme`'s colours; `title` is for those who can't see it.
    package func svg(theme: Theme, title: CleanText) -> String {
        SVGPainter(theme: ResolvedTheme(theme, depth: .direct)).document(of: self, title: title)
    }
}

private struct SVGPainter {
    private static let cellWidth = 9
    private static let cellHeight = 18
    private static let baseline = 14
    private static let fontSize = 15
    /// Stand-ins for the terminal's own colours.
    private static let standardText: UInt32 = 0xD6D6D6
    private static let standardBackground: UInt32 = 0x121217

    let theme: ResolvedTheme

    func document(of frame: Frame, title: CleanText) -> String {
        let width = frame.size.width * Self.cellWidth
        let height = frame.size.height * Self.cellHeight
        var parts = [
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" \
            height="\(height)" role="img" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" \
            font-size="\(Self.fontSize)">
            """,
            "<title>\(Self.escaped(title.text))</title>",
            "<rect width=\"\(width)\" height=\"\(height)\" fill=\"\(hexadecimal(theme[.background], isText: false))\"/>",
        ]
        for y in 0..<frame.size.height {
            for run in frame.runs(y) { draw(run, y: y, of: frame, into: &parts) }
        }
        parts.append("</svg>")
        return parts.joined(separator: "\n") + "\n"
    }

    private func draw(_ run: Frame.Run, y: Int, of frame: Frame, into parts: inout [String]) {
        let look = theme.look(of: run.style)
        var foreground = hexadecimal(look.foreground, isText: true)
        var background = hexadecimal(look.background, isText: false)
        if look.attributes.contains(.reverse) { swap(&foreground, &background) }
        let left = run.x * Self.cellWidth
        let top = y * Self.cellHeight
        let canvas = hexadecimal(theme[.background], isText: false)
        if background != canvas {
            let area = Rect(x: left, y: top, width: run.width * Self.cellWidth, height: Self.cellHeight)
            parts.append(rectangle(area, background))
        }
        var text: [(x: Int, text: String)] = []
        var solid: Rect?
        for x in run.x..<(run.x + run.width) {
            let scalars = frame.scalars(at: Point(x: x, y: y))
            guard let first = scalars.first, first != " " else { continue }
            let cellLeft = x * Self.cellWidth
            if let blocks = Self.blocks(first) {
                for block in blocks {
                    // A bar or a rule over many cells is one rectangle.
                    if block.x == 0, let last = solid, last.maxX == cellLeft, last.y == top + block.y,
                        last.height == block.height
                    {
                        solid = Rect(x: last.x, y: last.y, width: last.width + block.width, height: last.height)
                        continue
                    }
                    if let solid { parts.append(rectangle(solid, foreground)) }
                    solid = Rect(x: cellLeft + block.x, y: top + block.y, width: block.width, height: block.height)
                }
                continue
            }
            var cell = ""
            cell.unicodeScalars.append(contentsOf: scalars)
            if let last = text.last, x == last.x + last.text.unicodeScalars.count, first.isASCII,
                last.text.utf8.allSatisfy({ $0 < 0x80 })
            {
                text[text.count - 1].text += cell
            } else {
                text.append((x, cell))
            }
        }
        if let solid { parts.append(rectangle(solid, foreground)) }
        for piece in text {
            parts.append(element(piece.text, x: piece.x, top: top, color: foreground, attributes: look.attributes))
        }
    }

    private func element(_ text: String, x: Int, top: Int, color: String, attributes: Attributes) -> String {
        var style = ""
        if attributes.contains(.bold) { style += " font-weight=\"bold\"" }
        if attributes.contains(.italic) { style += " font-style=\"italic\"" }
        if attributes.contains(.underline) { style += " text-decoration=\"underline\"" }
        if attributes.contains(.dim) { style += " opacity=\"0.6\"" }
        let length = text.unicodeScalars.reduce(0) { $0 + $1.columns } * Self.cellWidth
        return """
            <text x="\(x * Self.cellWidth)" y="\(top + Self.baseline)" fill="\(color)"\(style) \
            textLength="\(length)" lengthAdjust="spacingAndGlyphs">\(Self.escaped(text))</text>
            """
    }

    private func rectangle(_ area: Rect, _ color: String) -> String {
        """
        <rect x="\(area.x)" y="\(area.y)" width="\(area.width)" height="\(area.height)" fill="\(color)" \
        shape-rendering="crispEdges"/>
        """
    }

    /// The rectangles of a sign that fonts draw with gaps between cells; nil for a sign that is text.
    private static func blocks(_ scalar: Unicode.Scalar) -> [(x: Int, y: Int, width: Int, height: Int)]? {
        let middle = cellHeight / 2
        switch scalar.value {
        case 0x2581...0x2588:
            let height = max(1, Int(scalar.value - 0x2580) * cellHeight / 8)
            return [(0, cellHeight - height, cellWidth, height)]
        case 0x2500: return [(0, middle, cellWidth, 1)]
        case 0x2501: return [(0, middle - 1, cellWidth, 3)]
        case 0x2578: return [(0, middle - 1, cellWidth / 2, 3)]
        case 0x2502: return [(cellWidth / 2, 0, 1, cellHeight)]
        case 0x2503: return [(cellWidth / 2 - 1, 0, 3, cellHeight)]
        case 0x2524: return [(cellWidth / 2, 0, 1, cellHeight), (0, middle, cellWidth / 2, 1)]
        case 0x254C: return [(0, middle, cellWidth / 3, 1), (cellWidth / 2, middle, cellWidth / 3, 1)]
        default: return nil
        }
    }

    private func hexadecimal(_ ink: ResolvedTheme.Ink, isText: Bool) -> String {
        let value: UInt32
        switch ink {
        case .standard: value = isText ? Self.standardText : Self.standardBackground
        case .indexed(let index): value = Palette256.colors[index]
        case .rgb(let rgb): value = rgb
        }
        let digits = String(value, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
