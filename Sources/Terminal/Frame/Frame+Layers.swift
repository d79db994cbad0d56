// The layer of styles as text, for tests: what a picture's colours mean, without saying what they look like.

extension Frame {
    /// A letter per cell for its style, rows without the plain text's dots at their ends, and what the letters mean.
    ///
    /// `.` is plain text; the legend lists the others in the order in which they appear.
    package var styleLayer: (rows: [String], legend: [String]) {
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".unicodeScalars)
        var known: [Style: Unicode.Scalar] = [Style(.text): "."]
        var legend: [String] = []
        let rows = (0..<size.height).map { y in
            var row = ""
            for cell in cells[y * size.width..<(y + 1) * size.width] {
                if known[cell.style] == nil {
                    let letter = legend.count < letters.count ? letters[legend.count] : "?"
                    known[cell.style] = letter
                    legend.append("\(letter) \(cell.style.name)")
                }
                row.unicodeScalars.append(known[cell.style] ?? "?")
            }
            while row.utf8.last == 0x2E { row.removeLast() }
            return row
        }
        return (rows, legend)
    }

    /// Text, styles, legend and cursor in one string, for golden tests.
    package var picture: String {
        let layer = styleLayer
        var parts = rows + ["--- styles"] + layer.rows + ["---"] + layer.legend
        if let cursor { parts.append("cursor \(cursor.x),\(cursor.y)") }
        return parts.joined(separator: "\n")
    }
}

extension Style {
    /// `danger on overlay bold`.
    package var name: String {
        var name = foreground.name
        if background != .background { name += " on \(background.name)" }
        for (word, attribute) in Attributes.named where attributes.contains(attribute) { name += " \(word)" }
        return name
    }
}
