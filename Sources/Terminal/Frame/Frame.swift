// A picture of the screen in memory. Widgets draw the whole of it anew; the session sends what differs.

/// Where text stands in the room it was given.
package enum Alignment: Hashable, Sendable {
    case left, right, center
}

/// Cells in rows; whatever is drawn outside is clipped, and no coordinate traps.
package struct Frame: Sendable {
    package let size: Size
    package let glyphs: Glyphs
    /// Where the hardware cursor stands: in a text input, or on the row that has the focus, for screen readers follow
    /// it. Hidden when nil.
    package var cursor: Point?

    private(set) var cells: [Cell]
    /// Scalars of cells that carry combining marks: the base, then at most three marks.
    private(set) var clusters: [[Unicode.Scalar]] = []

    package init(size: Size, glyphs: Glyphs = .unicode, style: Style = Style(.text)) {
        self.size = size
        self.glyphs = glyphs
        cells = Array(repeating: Cell(style: style), count: size.width * size.height)
    }

    package var bounds: Rect { Rect(size) }

    /// The cell at `point`; nil outside.
    package subscript(point: Point) -> Cell? {
        guard bounds.contains(point) else { return nil }
        return cells[point.y * size.width + point.x]
    }

    /// The scalars drawn at `point`: none for the second half of a wide character or outside.
    package func scalars(at point: Point) -> [Unicode.Scalar] {
        guard let cell = self[point] else { return [] }
        return scalars(of: cell)
    }

    func scalars(of cell: Cell) -> [Unicode.Scalar] {
        if cell.content & Cell.clusterFlag != 0 { return clusters[Int(cell.content & ~Cell.clusterFlag)] }
        guard cell.content != 0, let scalar = Unicode.Scalar(cell.content) else { return [] }
        return [scalar]
    }

    // MARK: - Text

    /// Draws `text` from `point` on, in at most `width` columns, and returns the column after it.
    ///
    /// Text that doesn't fit is truncated; with `width` given, `alignment` places it inside, and the room around it
    /// is left as it was.
    @discardableResult
    package mutating func put(
        _ text: CleanText, at point: Point, style: Style = Style(.text), width: Int? = nil,
        align alignment: Alignment = .left, truncation: Truncation = .end
    ) -> Int {
        let room = width.map { max(0, $0) } ?? max(0, size.width - point.x)
        let fitting = text.columns > room ? text.truncated(to: room, truncation, ellipsis: glyphs.ellipsis) : text
        var x = point.x
        switch alignment {
        case .left: break
        case .right: x += max(0, room - fitting.columns)
        case .center: x += max(0, (room - fitting.columns) / 2)
        }
        write(fitting, x: x, y: point.y, style: style)
        return x + fitting.columns
    }

    /// Draws pieces one after the other, in at most `width` columns, and returns the column after them.
    @discardableResult
    package mutating func put(
        _ pieces: [Piece], at point: Point, width: Int? = nil, align alignment: Alignment = .left,
        on background: StyleRole? = nil
    ) -> Int {
        let room = width.map { max(0, $0) } ?? max(0, size.width - point.x)
        let taken = min(room, pieces.columns)
        var x = point.x
        switch alignment {
        case .left: break
        case .right: x += room - taken
        case .center: x += (room - taken) / 2
        }
        let end = x + taken
        for piece in pieces where x < end {
            let style = background.map { piece.style.on($0) } ?? piece.style
            x = put(piece.text, at: Point(x: x, y: point.y), style: style, width: end - x)
        }
        return x
    }

    /// Draws one of the program's own signs; one that isn't a column wide and allowed is drawn as a question mark.
    package mutating func put(_ sign: Unicode.Scalar, at point: Point, style: Style) {
        let drawn = glyphs.isASCII ? sign.asciiStandIn : sign
        let content = drawn.scalarClass == .narrow ? drawn.value : 0x3F
        set(content, x: point.x, y: point.y, style: style)
    }

    // MARK: - Areas

    /// Empties `rect` and gives it `style`.
    package mutating func fill(_ rect: Rect, style: Style) {
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        for y in area.y..<area.maxY {
            breakWide(atX: area.x, y: y)
            breakWide(atX: area.maxX, y: y)
            let start = y * size.width
            for x in area.x..<area.maxX { cells[start + x] = Cell(style: style) }
        }
    }

    /// Gives `rect` another background and leaves its text.
    package mutating func paint(_ rect: Rect, background: StyleRole) {
        restyle(rect) { $0.on(background) }
    }

    /// Changes every style in `rect`.
    package mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        for y in area.y..<area.maxY {
            for index in (y * size.width + area.x)..<(y * size.width + area.maxX) {
                cells[index].style = change(cells[index].style)
            }
        }
    }

    /// Takes the colour out of everything drawn so far, so that what comes on top stands out.
    package mutating func shade() {
        // The upper half of a chart's cell is its background, which must not turn into a hole.
        restyle(bounds) { $0.background.isSeries ? Style(.faint, on: .faint) : Style(.faint) }
    }

    /// Draws a thin rule of `width` columns.
    package mutating func rule(at point: Point, width: Int, style: Style = Style(.rule)) {
        let end = min(clamped(width, to: 0...Rect.limit) + point.x, size.width)
        guard let sign = glyphs.rule.text.unicodeScalars.first else { return }
        var x = max(0, point.x)
        while x < end {
            set(sign.value, x: x, y: point.y, style: style)
            x += 1
        }
    }

    // MARK: - Cells

    private mutating func write(_ text: CleanText, x start: Int, y: Int, style: Style) {
        guard y >= 0, y < size.height, start < size.width else { return }
        guard !text.isASCII || !text.hidden.isEmpty else {
            writeASCII(text, x: start, y: y, style: style)
            return
        }
        let hiddenStyle = Style(.hidden, on: style.background, style.attributes)
        var hidden = text.hidden[...]
        var x = start
        var offset = 0
        var base: Int?
        for scalar in text.text.unicodeScalars {
            while let first = hidden.first, first.upperBound <= offset { hidden = hidden.dropFirst() }
            let isHidden = hidden.first.map { $0.contains(offset) } ?? false
            offset += UTF8.width(scalar)
            let scalarClass = scalar.scalarClass
            switch scalarClass {
            case .refused: continue
            case .mark:
                if let base, !glyphs.isASCII { join(scalar, toCell: base) }
            case .narrow, .wide:
                let width = scalarClass == .wide ? 2 : 1
                base = nil
                if x >= 0, x + width <= size.width {
                    base = y * size.width + x
                    place(scalar, width: width, x: x, y: y, style: isHidden ? hiddenStyle : style)
                } else if width == 2, x == -1 || x == size.width - 1 {
                    // Half of a wide character is outside: a space keeps the columns right.
                    set(Cell.space, x: max(0, x), y: y, style: style)
                }
                x += width
            }
            if x >= size.width { break }
        }
    }

    private mutating func writeASCII(_ text: CleanText, x start: Int, y: Int, style: Style) {
        let first = max(0, start)
        let end = min(size.width, start + text.columns)
        guard first < end else { return }
        breakWide(atX: first, y: y)
        breakWide(atX: end, y: y)
        var index = y * size.width + first
        for byte in text.text.utf8.dropFirst(first - start).prefix(end - first) {
            cells[index] = Cell(content: UInt32(byte), style: style)
            index += 1
        }
    }

    private mutating func place(_ scalar: Unicode.Scalar, width: Int, x: Int, y: Int, style: Style) {
        // Where only ASCII can be drawn a stand-in fills the same columns.
        let content = glyphs.isASCII ? scalar.asciiStandIn.value : scalar.value
        set(content, x: x, y: y, style: style)
        guard width == 2 else { return }
        set(glyphs.isASCII ? content : Cell.space, x: x + 1, y: y, style: style)
        if !glyphs.isASCII { cells[y * size.width + x + 1].content = 0 }
    }

    private mutating func set(_ content: UInt32, x: Int, y: Int, style: Style) {
        guard x >= 0, y >= 0, x < size.width, y < size.height else { return }
        breakWide(atX: x, y: y)
        breakWide(atX: x + 1, y: y)
        cells[y * size.width + x] = Cell(content: content, style: style)
    }

    /// Blanks a wide character that lies astride the left edge of column `x`, so that none is left halved.
    private mutating func breakWide(atX x: Int, y: Int) {
        guard x > 0, x < size.width else { return }
        let index = y * size.width + x
        guard cells[index].isContinuation else { return }
        cells[index].content = Cell.space
        cells[index - 1].content = Cell.space
    }

    private mutating func join(_ mark: Unicode.Scalar, toCell index: Int) {
        let content = cells[index].content
        if content & Cell.clusterFlag != 0 {
            let cluster = Int(content & ~Cell.clusterFlag)
            guard clusters[cluster].count <= CleanText.marksPerCell else { return }
            clusters[cluster].append(mark)
        } else if let base = Unicode.Scalar(content) {
            cells[index].content = Cell.clusterFlag | UInt32(clusters.count)
            clusters.append([base, mark])
        }
    }
}
