extension TextInput {
    /// Draws the text in one row, scrolled so that the cursor shows, and puts the hardware cursor there.
    ///
    /// `error` is a range of UTF-8 offsets that is underlined as wrong; at the end of the text it shows as a blank.
    package func draw(
        into frame: inout Frame, in rect: Rect, error: Range<Int>? = nil, placeholder: CleanText = .empty,
        background: StyleRole = .input, isFocused: Bool = true
    ) {
        let rect = rect.row(0)
        guard !rect.isEmpty else { return }
        frame.fill(rect, style: Style(.text, on: background))
        let before = scalars[..<cursor].reduce(0) { $0 + $1.columns }
        // One column stays free for the cursor after the last character.
        let scroll = max(0, before - (rect.width - 1))
        if scalars.isEmpty {
            frame.put(placeholder, at: rect.origin, style: Style(.placeholder, on: background), width: rect.width)
        } else {
            let shown = CleanText(text).dropFirst(columns: scroll).prefix(columns: rect.width)
            frame.put(shown, at: rect.origin, style: Style(.text, on: background), width: rect.width)
        }
        if let error {
            let start = columns(toOffset: error.lowerBound) - scroll
            let end = max(start + 1, columns(toOffset: error.upperBound) - scroll)
            let wrong = Rect(x: rect.x + start, y: rect.y, width: end - start, height: 1).intersection(rect)
            frame.restyle(wrong) { Style(.inputError, on: $0.background, .underline) }
        }
        guard isFocused else { return }
        frame.cursor = Point(x: rect.x + before - scroll, y: rect.y)
    }

    /// The column at which the UTF-8 offset stands, before scrolling.
    package func columns(toOffset offset: Int) -> Int {
        var bytes = 0
        var columns = 0
        for scalar in scalars {
            guard bytes < offset else { break }
            bytes += UTF8.width(scalar)
            columns += scalar.columns
        }
        return columns
    }
}
