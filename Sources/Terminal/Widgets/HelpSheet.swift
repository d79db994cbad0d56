/// Every key and what it does, by group, in as many columns as fit.
package struct HelpSheet: Hashable, Sendable {
    package var entries: [KeymapEntry]
    package var disabled: [String: CleanText]
    /// Rows scrolled out at the top.
    package var scroll: Int

    package init(_ entries: [KeymapEntry], disabled: [String: CleanText] = [:], scroll: Int = 0) {
        self.entries = entries
        self.disabled = disabled
        self.scroll = scroll
    }

    private static let columnWidth = 50
    private static let spacing = 3
    /// Before the text of a line: an indent and the keys.
    private static let indent = 17

    /// The rows that the sheet takes at `width`, to bound scrolling.
    package func height(width: Int, glyphs: Glyphs) -> Int {
        columns(width: width, glyphs: glyphs).map(\.count).max() ?? 0
    }

    package func draw(into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let columns = columns(width: rect.width, glyphs: frame.glyphs)
        let width = Self.width(of: rect.width, columns: columns.count)
        let height = columns.map(\.count).max() ?? 0
        let first = clamped(scroll, to: 0...max(0, height - rect.height))
        for (index, lines) in columns.enumerated() {
            let x = rect.x + index * (width + Self.spacing)
            for (row, line) in lines.dropFirst(first).prefix(rect.height).enumerated() {
                frame.put(line, at: Point(x: x, y: rect.y + row), width: width)
            }
        }
        Scrollbar(total: height, visible: rect.height, offset: first).draw(into: &frame, in: rect)
    }

    private static func width(of total: Int, columns: Int) -> Int {
        // The scrollbar has the last column.
        max(0, (total - 1 - (columns - 1) * spacing) / max(1, columns))
    }

    private func columns(width: Int, glyphs: Glyphs) -> [[[Piece]]] {
        let names = Set(shownEntries.map(\.group)).count
        let count = clamped((width + Self.spacing) / (Self.columnWidth + Self.spacing), to: 1...max(1, names))
        let groups = groups(glyphs: glyphs, width: Self.width(of: width, columns: count))
        guard count > 1 else { return [groups.joined(separator: [[]]).map { $0 }] }
        // Groups stay whole and in order; each column takes groups until it has its share of the lines.
        let share = (groups.reduce(0) { $0 + $1.count + 1 } + count - 1) / count
        var columns: [[[Piece]]] = [[]]
        for group in groups {
            let last = columns.count - 1
            if !columns[last].isEmpty, columns[last].count + group.count > share, columns.count < count {
                columns.append(group)
            } else {
                columns[last] += (columns[last].isEmpty ? [] : [[]]) + group
            }
        }
        return columns
    }

    private var shownEntries: [KeymapEntry] { entries.filter { !$0.isHidden && !$0.keys.isEmpty } }

    private func groups(glyphs: Glyphs, width: Int) -> [[[Piece]]] {
        var names: [CleanText] = []
        var lines: [CleanText: [[Piece]]] = [:]
        for entry in shownEntries {
            if lines[entry.group] == nil {
                names.append(entry.group)
                lines[entry.group] = [[Piece(entry.group, .title)]]
            }
            lines[entry.group]? += self.lines(for: entry, glyphs: glyphs, width: width)
        }
        return names.compactMap { lines[$0] }
    }

    /// The keys, and beside them what they do, on as many lines as that takes.
    private func lines(for entry: KeymapEntry, glyphs: Glyphs, width: Int) -> [[Piece]] {
        let keys = entry.keys.map { $0.label(glyphs).text }.joined(separator: " ")
        let label = CleanText(keys).truncated(to: 13, ellipsis: glyphs.ellipsis)
        let padding = CleanText(String(repeating: " ", count: Self.indent - 2 - label.columns))
        let reason = disabled[entry.id]
        let text =
            [Piece(entry.help, reason == nil ? .text : .faint)]
            + (reason.map { [Piece("  (", .faint), Piece($0, .faint), Piece(")", .faint)] } ?? [])
        let hanging = Piece(CleanText(String(repeating: " ", count: Self.indent)), .text)
        return text.wrapped(columns: max(10, width - Self.indent)).enumerated().map { index, line in
            (index == 0 ? [Piece("  ", .text), Piece(label, .key), Piece(padding, .text)] : [hanging]) + line
        }
    }
}
