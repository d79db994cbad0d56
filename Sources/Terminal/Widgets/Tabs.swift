/// The line of screens, one of them open. Where it is narrow, tabs stand closer; where that isn't enough, the last ones
/// are nothing but their keys. A title is never cut, as long as that of the open one fits.
package struct Tabs: Hashable, Sendable {
    package struct Tab: Hashable, Sendable {
        /// Empty for one that no key opens.
        package let key: CleanText
        package let title: CleanText

        package init(key: CleanText, title: CleanText) {
            self.key = key
            self.title = title
        }
    }

    package var tabs: [Tab]
    package var selected: Int

    package init(_ tabs: [Tab], selected: Int) {
        self.tabs = tabs
        self.selected = selected
    }

    package func draw(into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        for place in places(width: rect.width) {
            let isSelected = place.index == selected
            let background: StyleRole = isSelected ? .tab : .background
            let style = isSelected ? Style(.title, on: background) : Style(.text)
            let pieces = place.parts.map { part in
                part.isKey ? Piece(part.text, Style(.key, on: background)) : Piece(part.text, style)
            }
            frame.put(
                pieces, at: Point(x: rect.x + place.columns.lowerBound, y: rect.y),
                width: rect.width - place.columns.lowerBound)
        }
    }

    /// The tab that is drawn at a column of a line of some width; nil beside them all.
    package func tab(at column: Int, width: Int) -> Int? {
        guard column < width else { return nil }
        return places(width: width).first { $0.columns.contains(column) }?.index
    }

    // MARK: - Layout

    private struct Place {
        let index: Int
        let columns: Range<Int>
        let parts: [(text: CleanText, isKey: Bool)]
    }

    private enum Form {
        /// ` 1 Overview `
        case wide
        /// `1Overview `
        case close
        /// `1 `
        case key
    }

    private func places(width: Int) -> [Place] {
        var forms = Array(repeating: Form.wide, count: tabs.count)
        if columns(forms) > width { forms = Array(repeating: .close, count: tabs.count) }
        for index in tabs.indices.reversed() where index != selected && columns(forms) > width {
            if !tabs[index].key.isEmpty { forms[index] = .key }
        }
        var x = 0
        return tabs.indices.map { index in
            let parts = parts(index, forms[index])
            let end = x + parts.reduce(0) { $0 + $1.text.columns }
            defer { x = end }
            return Place(index: index, columns: x..<end, parts: parts)
        }
    }

    private func columns(_ forms: [Form]) -> Int {
        tabs.indices.reduce(0) { $0 + parts($1, forms[$1]).reduce(0) { $0 + $1.text.columns } }
    }

    private func parts(_ index: Int, _ form: Form) -> [(text: CleanText, isKey: Bool)] {
        let tab = tabs[index]
        let gap: [(text: CleanText, isKey: Bool)] = [(" ", false)]
        switch form {
        case .wide: return gap + (tab.key.isEmpty ? [] : [(tab.key, true)] + gap) + [(tab.title, false)] + gap
        // One without a key stands off from the one before, whose key might be taken for its.
        case .close: return (tab.key.isEmpty ? gap : [(tab.key, true)]) + [(tab.title, false)] + gap
        case .key: return [(tab.key, true)] + gap
        }
    }
}
