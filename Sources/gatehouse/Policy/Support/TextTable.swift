import Domain
import Terminal

/// Rows in aligned columns for people; whatever is in them, nothing of it commands the terminal.
struct TextTable {
    struct Column {
        let title: String
        let isNumber: Bool
        let role: StyleRole

        init(_ title: String, isNumber: Bool = false, role: StyleRole = .text) {
            self.title = title
            self.isNumber = isNumber
            self.role = role
        }
    }

    /// Wider ones are cut on a terminal, where they would push the rest out of sight.
    private static let widest = 44

    let columns: [Column]
    private var rows: [[CleanText]] = []

    init(_ columns: [Column]) {
        self.columns = columns
    }

    mutating func add(_ cells: [String]) { rows.append(cells.map { CleanText($0) }) }

    var isEmpty: Bool { rows.isEmpty }

    func write(to output: inout StandardOutput, _ style: TextStyle = .standardOutput) throws {
        var shown = rows
        if style.width != nil {
            for row in shown.indices {
                // The last column has the rest of the line.
                for column in shown[row].indices.dropLast() {
                    shown[row][column] = shown[row][column].truncated(
                        to: Self.widest, .middle, ellipsis: style.glyphs.ellipsis)
                }
            }
        }
        let titles = columns.map { CleanText($0.title) }
        let widths = columns.indices.map { column in
            shown.reduce(titles[column].columns) { max($0, $1[column].columns) }
        }
        try output.writeLine(style.line(line(titles, widths) { _ in .header }))
        for row in shown { try output.writeLine(style.line(line(row, widths) { columns[$0].role })) }
    }

    private func line(_ cells: [CleanText], _ widths: [Int], role: (Int) -> StyleRole) -> [Piece] {
        var pieces: [Piece] = []
        for (index, cell) in cells.enumerated() {
            if index > 0 { pieces.append(Piece("  ")) }
            let space = CleanText(String(repeating: " ", count: widths[index] - cell.columns))
            let isLast = index == cells.count - 1
            let text = columns[index].isNumber ? space + cell : isLast ? cell : cell + space
            pieces.append(Piece(text, role(index)))
        }
        return pieces
    }
}
