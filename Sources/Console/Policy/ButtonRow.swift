import Terminal

/// Buttons beside each other; the focused one is reversed and in brackets, so that it shows without colours too.
enum ButtonRow {
    struct Button {
        var title: CleanText
        var isFocused: Bool
        var isEnabled = true
        var role = StyleRole.text
    }

    /// Returns where the row ends.
    static func draw(_ buttons: [Button], into frame: inout Frame, at origin: Point, width: Int) -> Int {
        var x = origin.x
        for button in buttons where x < origin.x + width {
            let style =
                button.isFocused
                ? Style(foreground: .selectionText, background: .selection, attributes: .bold)
                : Style(button.isEnabled ? button.role : .placeholder, on: .button)
            let title: CleanText = button.isFocused ? "[" + button.title + "]" : " " + button.title + " "
            if button.isFocused { frame.cursor = Point(x: x + 1, y: origin.y) }
            x = frame.put([Piece(title, style)], at: Point(x: x, y: origin.y), width: origin.x + width - x) + 2
        }
        return x
    }
}
