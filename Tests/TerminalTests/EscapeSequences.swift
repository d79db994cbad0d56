import Terminal

/// The escape sequences that ncurses and the session send; anything else in a terminal's input is a leak.
enum EscapeSequences {
    /// CSI sequences with their allowed finals, charset switches, keypad modes, and the title.
    private static var known: Regex<Substring> {
        /\u{1B}(?:\[[?>]?[0-9;]*[A-HJKLMPSTXbdfghlmrt@]|\([0B]|\)[0B]|[=>78M]|\][02];[^\u{1B}\u{7}]*\u{7})|[\u{E}\u{F}]/
    }

    /// `output` without the sequences that are allowed.
    static func removed(from output: String) -> String {
        output.replacing(known.matchingSemantics(.unicodeScalar), with: "")
    }

    /// What follows each control character that is left once all allowed sequences are taken out, but for those that
    /// end a line, move one cell back, or pad.
    static func unknown(in output: String) -> [String] {
        let scalars = Array(removed(from: output).unicodeScalars)
        return scalars.indices.compactMap { index in
            let scalar = scalars[index]
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            guard isControl, !["\r", "\n", "\u{8}", "\u{0}"].contains(scalar) else { return nil }
            return scalars[index...].prefix(12).map { $0.escaped(asASCII: true) }.joined()
        }
    }
}
