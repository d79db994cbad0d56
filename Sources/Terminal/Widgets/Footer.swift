/// One line of keys and what they do, the most important ones that fit.
package struct Footer: Hashable, Sendable {
    package var entries: [KeymapEntry]
    /// Commands that do nothing now, by name, with the reason.
    package var disabled: [String: CleanText]

    package init(_ entries: [KeymapEntry], disabled: [String: CleanText] = [:]) {
        self.entries = entries
        self.disabled = disabled
    }

    private struct Item {
        let priority: Int
        let index: Int
        let pieces: [Piece]
    }

    package func draw(into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let glyphs = frame.glyphs
        let items = entries.enumerated().compactMap { index, entry -> Item? in
            guard let priority = entry.footerPriority, !entry.isHidden, let key = entry.keys.first else { return nil }
            let isDisabled = disabled[entry.id] != nil
            return Item(
                // What does something goes before what does nothing now.
                priority: priority * 2 + (isDisabled ? 1 : 0), index: index,
                pieces: [
                    Piece(key.label(glyphs), isDisabled ? .faint : .key), Piece(" ", .dim),
                    Piece(entry.name, isDisabled ? .faint : .dim),
                ])
        }
        .sorted { ($0.priority, $0.index) < ($1.priority, $1.index) }
        let spacing = 3
        // The important ones get room first, yet all stand in the order of the table.
        var room = rect.width - 1
        var kept: [(index: Int, pieces: [Piece])] = []
        for item in items {
            let needed = item.pieces.columns + (kept.isEmpty ? 0 : spacing)
            guard needed <= room else { continue }
            room -= needed
            kept.append((item.index, item.pieces))
        }
        var x = rect.x + 1
        for item in kept.sorted(by: { $0.index < $1.index }) {
            x = frame.put(item.pieces, at: Point(x: x, y: rect.y)) + spacing
        }
    }
}
