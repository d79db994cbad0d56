/// A width and a height in cells, never negative.
package struct Size: Hashable, Sendable {
    package let width: Int
    package let height: Int

    package init(width: Int, height: Int) {
        self.width = clamped(width, to: 0...Rect.limit)
        self.height = clamped(height, to: 0...Rect.limit)
    }
}

/// A cell's place, counted from the top left corner; may lie outside of any frame.
package struct Point: Hashable, Sendable {
    package var x: Int
    package var y: Int

    package init(x: Int, y: Int) {
        self.x = clamped(x, to: -Rect.limit...Rect.limit)
        self.y = clamped(y, to: -Rect.limit...Rect.limit)
    }
}

/// A rectangle of cells; every way to make or cut one clamps, so that no size of terminal traps.
package struct Rect: Hashable, Sendable {
    /// The greatest coordinate or extent, so that sums of them never overflow.
    package static let limit = 1 << 20

    package let x: Int
    package let y: Int
    package let width: Int
    package let height: Int

    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = clamped(x, to: -Rect.limit...Rect.limit)
        self.y = clamped(y, to: -Rect.limit...Rect.limit)
        self.width = clamped(width, to: 0...Rect.limit)
        self.height = clamped(height, to: 0...Rect.limit)
    }

    package init(_ size: Size) {
        self.init(x: 0, y: 0, width: size.width, height: size.height)
    }

    package var maxX: Int { x + width }
    package var maxY: Int { y + height }
    package var origin: Point { Point(x: x, y: y) }
    package var size: Size { Size(width: width, height: height) }
    package var isEmpty: Bool { width == 0 || height == 0 }

    package func contains(_ point: Point) -> Bool {
        point.x >= x && point.x < maxX && point.y >= y && point.y < maxY
    }

    /// The upper `rows` rows, and what is left below them.
    package func split(top rows: Int) -> (top: Rect, rest: Rect) {
        let taken = clamped(rows, to: 0...height)
        return (part(height: taken), part(atRow: taken, height: height - taken))
    }

    /// What is left above, and the lower `rows` rows.
    package func split(bottom rows: Int) -> (rest: Rect, bottom: Rect) {
        let (rest, bottom) = split(top: height - clamped(rows, to: 0...height))
        return (rest, bottom)
    }

    /// The left `columns` columns, and what is left after a gap of `gap` columns.
    package func split(left columns: Int, gap: Int = 0) -> (left: Rect, rest: Rect) {
        let taken = clamped(columns, to: 0...width)
        let start = clamped(taken + clamped(gap, to: 0...Rect.limit), to: 0...width)
        return (part(width: taken), part(atColumn: start, width: width - start))
    }

    /// What is left before a gap of `gap` columns, and the right `columns` columns.
    package func split(right columns: Int, gap: Int = 0) -> (rest: Rect, right: Rect) {
        let taken = clamped(columns, to: 0...width)
        let rest = clamped(width - taken - clamped(gap, to: 0...Rect.limit), to: 0...width)
        return (part(width: rest), part(atColumn: width - taken, width: taken))
    }

    /// A part that the caller knows to lie inside, so that nothing needs clamping.
    private func part(
        atColumn column: Int = 0, atRow row: Int = 0, width: Int? = nil, height: Int? = nil
    ) -> Rect {
        Rect(insideX: x + column, y: y + row, width: width ?? self.width, height: height ?? self.height)
    }

    private init(insideX x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// The rectangle without `columns` on both sides and `rows` at top and bottom.
    package func inset(columns: Int = 0, rows: Int = 0) -> Rect {
        let left = clamped(columns, to: 0...(width / 2))
        let top = clamped(rows, to: 0...(height / 2))
        return Rect(x: x + left, y: y + top, width: width - 2 * left, height: height - 2 * top)
    }

    /// A rectangle of at most `size` in the middle of this one.
    package func centered(_ size: Size) -> Rect {
        let width = min(size.width, self.width)
        let height = min(size.height, self.height)
        return Rect(x: x + (self.width - width) / 2, y: y + (self.height - height) / 2, width: width, height: height)
    }

    /// The row at `index` from the top; empty when there is none.
    package func row(_ index: Int) -> Rect {
        guard index >= 0, index < height else { return Rect(x: x, y: y, width: width, height: 0) }
        return Rect(x: x, y: y + index, width: width, height: 1)
    }

    package func intersection(_ other: Rect) -> Rect {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return Rect(
            x: left, y: top,
            width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top
        )
    }
}

/// `value`, or the nearer end of `range`.
func clamped<Value: Comparable>(_ value: Value, to range: ClosedRange<Value>) -> Value {
    min(max(value, range.lowerBound), range.upperBound)
}
