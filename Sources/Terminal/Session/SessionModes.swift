/// The modes that a session turns on beyond what ncurses does, and what turns them off again.
struct SessionModes: Hashable, Sendable {
    let synchronizesOutput: Bool
    let bracketsPaste: Bool
    let keepsOrder: Bool
    let hasTitle: Bool

    /// For terminals of which nothing is known.
    static let none = SessionModes(synchronizesOutput: false, bracketsPaste: false, keepsOrder: false, hasTitle: false)

    init(_ options: SessionOptions, hasTitle: Bool) {
        self.init(
            synchronizesOutput: options.synchronizesOutput, bracketsPaste: options.bracketsPaste,
            keepsOrder: options.keepsOrder, hasTitle: hasTitle)
    }

    private init(synchronizesOutput: Bool, bracketsPaste: Bool, keepsOrder: Bool, hasTitle: Bool) {
        self.synchronizesOutput = synchronizesOutput
        self.bracketsPaste = bracketsPaste
        self.keepsOrder = keepsOrder
        self.hasTitle = hasTitle
    }

    var entering: String {
        (bracketsPaste ? TerminalModes.bracketedPasteOn : "") + (keepsOrder ? TerminalModes.reorderingOff : "")
    }

    var leaving: String {
        (bracketsPaste ? TerminalModes.bracketedPasteOff : "") + (keepsOrder ? TerminalModes.reorderingOn : "")
    }

    /// What a crash writes besides the terminal's own strings; plain terminals get none of it.
    var rescuing: String {
        (synchronizesOutput ? TerminalModes.endFrame + TerminalModes.mouseOff : "") + leaving
            + (hasTitle ? TerminalModes.popTitle : "")
    }
}
