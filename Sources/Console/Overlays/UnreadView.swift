import Domain
import Terminal

/// The newest log lines that were not understood, each with the reason.
struct UnreadView: Sendable {
    var lines: Contents<[UnreadLine]> = .loading
    var list = ListState<Int>(newest: .first)

    mutating func take(_ answer: Answer) {
        switch answer {
        case .unread(let unread):
            lines = .loaded(unread)
            list.replaceRows(Array(unread.indices))
        case .failed(let text): lines = .failed(text)
        case .overview, .page, .count, .values, .policy: break
        }
    }

    mutating func handle(_ key: Key) -> Bool {
        switch key {
        case .up, "k": list.move(by: -1)
        case .down, "j": list.move(by: 1)
        case .pageUp: list.movePage(by: -1)
        case .pageDown: list.movePage(by: 1)
        case .home, "g": list.moveToFirst()
        case .end, "G": list.moveToLast()
        default: return false
        }
        return true
    }

    func draw(into frame: inout Frame, context: ScreenContext) {
        let size = Size(width: max(20, frame.size.width - 8), height: max(6, frame.size.height - 8))
        let total = context.status.map { NumberText.grouped(Int($0.unread)) + " in all" } ?? .empty
        let content = Dialog("lines not understood", note: total).draw(into: &frame, contentSize: size)
        switch lines {
        case .loading: frame.put("reading…", at: content.origin, style: Style(.dim, on: .overlay))
        case .failed(let text): frame.put(CleanText(text), at: content.origin, style: Style(.danger, on: .overlay))
        case .loaded(let lines) where lines.isEmpty:
            frame.put("Every line was understood.", at: content.origin, style: Style(.good, on: .overlay))
        case .loaded(let lines): draw(lines, into: &frame, in: content, context: context)
        }
    }

    private func draw(_ lines: [UnreadLine], into frame: inout Frame, in rect: Rect, context: ScreenContext) {
        let (top, bottom) = rect.split(bottom: min(5, rect.height / 3))
        var list = list
        list.setVisibleRows(top.height)
        for (row, index) in list.visibleRange.enumerated() where lines.indices.contains(index) {
            let line = lines[index]
            let background: StyleRole = index == list.index ? .selection : .overlay
            let area = top.row(row)
            frame.fill(area, style: Style(.text, on: background))
            let x = frame.put(
                [
                    Piece(index == list.index ? frame.glyphs.selection : " ", .accent), Piece(" "),
                    Piece(CleanText(line.reason).truncated(to: 22), .caution), Piece("  "),
                ], at: area.origin, width: area.width, on: background)
            frame.put(
                CleanText(bytes: line.bytes), at: Point(x: max(x, area.x + 26), y: area.y),
                style: Style(.text, on: background), width: area.maxX - max(x, area.x + 26))
            if index == list.index { frame.cursor = area.origin }
        }
        guard let index = list.index, lines.indices.contains(index), bottom.height > 1 else { return }
        let line = lines[index]
        frame.rule(at: bottom.origin, width: bottom.width, style: Style(.rule, on: .overlay))
        let place = "\(line.source), byte \(line.offset), met \(TimeText.relative(line.time, now: context.now))"
        frame.put(
            CleanText(place), at: Point(x: bottom.x, y: bottom.y + 1), style: Style(.dim, on: .overlay),
            width: bottom.width)
        var rest = CleanText(bytes: line.bytes)
        for row in 2..<max(2, bottom.height) {
            let part = rest.prefix(columns: bottom.width)
            frame.put(part, at: Point(x: bottom.x, y: bottom.y + row), style: Style(.text, on: .overlay))
            rest = rest.dropFirst(columns: max(1, part.columns))
        }
    }
}
