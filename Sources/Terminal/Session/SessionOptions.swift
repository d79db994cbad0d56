/// How a session treats its terminal; the defaults come from the environment.
package struct SessionOptions: Hashable, Sendable {
    /// Whether the mouse is reported from the start; off, because it takes selection away from people.
    package var usesMouse = false
    /// Whether frames are wrapped in synchronized output (mode 2026).
    package var synchronizesOutput: Bool
    /// Whether pasted text is told from typed text (mode 2004).
    package var bracketsPaste: Bool
    /// Whether terminals that reorder right-to-left text are asked not to (ECMA-48 BDSM).
    package var keepsOrder: Bool
    /// Whether colour is used at all; off when `NO_COLOR` is set and not empty (no-color.org).
    package var usesColor: Bool
    /// The greatest depth of colour to use, whatever the terminal claims.
    package var maximumDepth: ColorDepth = .direct
    /// Whether only ASCII is drawn, even where the locale is UTF-8.
    package var usesASCII = false
    /// Milliseconds to wait after an ESC for the rest of a key.
    package var escapeDelay: Int32
    package var title: CleanText = .empty

    /// Terminals that are known not to understand modes that newer ones do.
    private static let plainTerminals = [
        "linux", "vt100", "vt102", "vt220", "vt52", "unknown", "dumb", "ansi", "", "cons25",
    ]

    /// Options for an environment, such as `["TERM": "xterm", "NO_COLOR": "1"]`.
    package init(environment: [String: String]) {
        synchronizesOutput = !SessionOptions.plainTerminals.contains(environment["TERM"] ?? "")
        bracketsPaste = synchronizesOutput
        keepsOrder = synchronizesOutput
        usesColor = (environment["NO_COLOR"] ?? "").isEmpty
        // Over a network the bytes of one key may arrive apart.
        escapeDelay = environment["SSH_CONNECTION"] == nil ? 25 : 100
    }
}
