import Terminal

extension PolicyStanding {
    /// Draws what stands in the place of a screen while there is no policy to show; false when there is one.
    func drawAbsence(into frame: inout Frame, in area: Rect) -> Bool {
        switch self {
        case .opening:
            frame.put("reading the policy…", at: Point(x: area.x + 2, y: area.y + 1), style: Style(.dim))
            return true
        case .unavailable(let text), .replaced(let text):
            let lines = text.split(separator: "\n").flatMap { line in
                [Piece(CleanText(String(line)))].wrapped(columns: max(10, min(90, area.width - 4)))
            }
            for (row, line) in lines.enumerated() where row < area.height - 1 {
                frame.put(line, at: Point(x: area.x + 2, y: area.y + 1 + row), width: area.width - 4)
            }
            return true
        case .ready, .stale: return false
        }
    }
}
