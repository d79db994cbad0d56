extension Frame {
    /// The row at `y` as text, without spaces at its end.
    package func row(_ y: Int) -> String {
        var row = ""
        for x in 0..<size.width {
            for scalar in scalars(at: Point(x: x, y: y)) { row.unicodeScalars.append(scalar) }
        }
        while row.utf8.last == 0x20 { row.removeLast() }
        return row
    }

    /// All rows as text, without spaces at their ends.
    package var rows: [String] {
        (0..<size.height).map(row)
    }

    /// The picture as text, a line a row.
    package var text: String {
        rows.joined(separator: "\n")
    }
}
