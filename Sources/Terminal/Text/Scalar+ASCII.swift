extension Unicode.Scalar {
    private static let standIns: [Unicode.Scalar: Unicode.Scalar] = [
        "…": "~", "⟨": "<", "⟩": ">", "–": "-", "—": "-", "─": "-", "━": "=", "│": "|", "┃": "|", "┤": "+", "·": ".",
        "•": "*", "×": "x", "±": "+", "µ": "u", "▸": ">", "▲": "^", "▼": "v", "▴": "^", "▾": "v", "←": "<", "→": ">",
        "↑": "^", "↓": "v", "‹": "<", "›": ">", "“": "\"", "”": "\"", "‘": "'", "’": "'", "█": "#",
        "●": "*", "◆": "+", "■": "#", "≤": "<", "≥": ">", "⏎": "^",
    ]

    /// What is drawn for this scalar where only ASCII can be: a look-alike, or a question mark.
    var asciiStandIn: Unicode.Scalar {
        if isASCII { return scalarClass == .narrow ? self : "?" }
        return Unicode.Scalar.standIns[self] ?? "?"
    }
}
