/// A list to choose from by typing: commands in the palette, or the values of a menu.
package struct Palette: Sendable {
    package struct Entry: Hashable, Sendable {
        package let id: String
        package let name: CleanText
        /// What stands before the name, such as `[x]`, and isn't searched.
        package let mark: CleanText
        package let help: CleanText
        package let key: CleanText
        /// Why it can't be chosen now; nil when it can.
        package let disabledReason: CleanText?

        package init(
            id: String, name: CleanText, mark: CleanText = .empty, help: CleanText = .empty, key: CleanText = .empty,
            disabledReason: CleanText? = nil
        ) {
            self.id = id
            self.name = name
            self.mark = mark
            self.help = help
            self.key = key
            self.disabledReason = disabledReason
        }

        package init(_ entry: KeymapEntry, glyphs: Glyphs, disabledReason: CleanText? = nil) {
            self.init(
                id: entry.id, name: entry.name, help: entry.help, key: entry.keys.first?.label(glyphs) ?? .empty,
                disabledReason: disabledReason)
        }
    }

    package var title: CleanText
    package var entries: [Entry]
    /// What is offered for the very text that was typed, before and after what matches it.
    private var offered: (before: [Entry], after: [Entry]) = ([], [])
    package private(set) var input = TextInput()
    package private(set) var list = ListState<String>()

    package init(title: CleanText, entries: [Entry], selected: String? = nil) {
        self.title = title
        self.entries = entries
        refresh()
        if let selected { list.select(selected) }
    }

    /// The entries that match what is typed, the best first.
    package var matches: [Entry] {
        let pattern = input.text
        guard !pattern.isEmpty else { return entries }
        let found = entries.enumerated().compactMap { index, entry -> (score: Int, index: Int, entry: Entry)? in
            if let match = FuzzyMatch(pattern, in: entry.name.text) { return (match.score, index, entry) }
            // What only the help mentions comes after all names.
            guard let match = FuzzyMatch(pattern, in: entry.help.text), match.score > 0 else { return nil }
            return (match.score - 1000, index, entry)
        }
        .sorted { ($1.score, $0.index) < ($0.score, $1.index) }
        .map(\.entry)
        return offered.before + found + offered.after
    }

    private var all: [Entry] { offered.before + entries + offered.after }

    /// The chosen entry; nil when nothing matches.
    package var selected: Entry? {
        guard let id = list.selection else { return nil }
        return all.first { $0.id == id }
    }

    /// Moves or edits by `key`; false when the key means nothing here, such as Enter and Escape.
    package mutating func handle(_ key: Key) -> Bool {
        switch key {
        case .up, .control("p"): list.move(by: -1)
        case .down, .control("n"): list.move(by: 1)
        case .pageUp: list.movePage(by: -1)
        case .pageDown: list.movePage(by: 1)
        default:
            guard input.handle(key) else { return false }
            refresh()
        }
        return true
    }

    package mutating func paste(_ text: String) {
        input.paste(text)
        refresh()
    }

    /// Starts with a text that was typed elsewhere.
    package mutating func search(_ text: String) {
        input.replace(with: text)
        refresh()
    }

    /// Takes other entries, with the same one selected if it is still there.
    package mutating func replaceEntries(_ entries: [Entry]) {
        let selection = list.selection
        self.entries = entries
        refresh()
        if let selection { list.select(selection) }
    }

    /// Offers entries for what is typed, without looking whether it matches them; the first of all is selected.
    package mutating func offer(before: [Entry], after: [Entry]) {
        offered = (before, after)
        refresh()
    }

    /// Draws the palette over the shaded screen.
    package func draw(into frame: inout Frame) {
        let matches = matches
        let width = min(80, max(20, frame.size.width - 8))
        let height = clamped(all.count + 2, to: 3...max(3, min(20, frame.size.height - 6)))
        let content = Dialog(title, note: CleanText("\(matches.count) of \(all.count)"))
            .draw(into: &frame, contentSize: Size(width: width, height: height))
        let (top, rest) = content.split(top: 1)
        let rows = rest.split(top: 1).rest
        var list = list
        list.setVisibleRows(rows.height)
        if matches.isEmpty {
            frame.put("nothing matches", at: Point(x: rows.x + 2, y: rows.y), style: Style(.dim, on: .overlay))
        }
        let markWidth = (entries.map(\.mark.columns).max() ?? 0) + (entries.contains { !$0.mark.isEmpty } ? 1 : 0)
        let nameWidth = min(markWidth + (all.map(\.name.columns).max() ?? 0) + 2, content.width / 2)
        for (line, index) in list.visibleRange.enumerated() where line < rows.height && index < matches.count {
            draw(
                matches[index], isSelected: index == list.index, markWidth: markWidth, nameWidth: nameWidth,
                in: rows.row(line), into: &frame)
        }
        Scrollbar(total: matches.count, visible: rows.height, offset: list.offset).draw(into: &frame, in: rows)
        // The input last: the hardware cursor belongs to it.
        input.draw(into: &frame, in: top, placeholder: "type to search")
    }

    private func draw(
        _ entry: Entry, isSelected: Bool, markWidth: Int, nameWidth: Int, in row: Rect, into frame: inout Frame
    ) {
        let background: StyleRole = isSelected ? .selection : .overlay
        frame.fill(row, style: Style(.text, on: background))
        if isSelected { frame.put(frame.glyphs.selection, at: row.origin, style: Style(.accent, on: background)) }
        let isDisabled = entry.disabledReason != nil
        let nameStyle = Style(isDisabled ? .placeholder : isSelected ? .selectionText : .text, on: background)
        frame.put(entry.mark, at: Point(x: row.x + 2, y: row.y), style: nameStyle, width: markWidth)
        let name = entry.name.truncated(to: max(0, nameWidth - markWidth - 2), ellipsis: frame.glyphs.ellipsis)
        let place = Point(x: row.x + 2 + markWidth, y: row.y)
        frame.put(name, at: place, style: nameStyle)
        if let match = FuzzyMatch(input.text, in: entry.name.text), !match.positions.isEmpty {
            highlight(match.positions, of: name, at: place, into: &frame)
        }
        let keyWidth = entry.key.columns
        let help = entry.disabledReason ?? entry.help
        frame.put(
            help, at: Point(x: row.x + 2 + nameWidth, y: row.y),
            style: Style(isDisabled ? .placeholder : .dim, on: background),
            width: row.width - nameWidth - keyWidth - 5)
        frame.put(
            entry.key, at: Point(x: row.maxX - keyWidth - 2, y: row.y), style: Style(.key, on: background),
            width: keyWidth)
    }

    private func highlight(_ positions: [Int], of name: CleanText, at point: Point, into frame: inout Frame) {
        var x = point.x
        for (index, scalar) in name.text.unicodeScalars.enumerated() {
            let cell = Rect(x: x, y: point.y, width: scalar.columns, height: 1)
            if positions.contains(index) {
                frame.restyle(cell) { Style(.match, on: $0.background, $0.attributes) }
            }
            x += scalar.columns
        }
    }

    private mutating func refresh() {
        let ids = matches.map(\.id)
        list.replaceRows([])
        list.replaceRows(ids)
    }
}
