internal import CTerminal

/// Keys from what ncurses reads.
enum KeyDecoder {
    /// The key for one input; nil for what is no key of ours.
    static func key(from input: ct_input) -> Key? {
        let modifiers = Key.Modifiers(rawValue: UInt8(truncatingIfNeeded: input.modifiers))
        switch Int(input.kind) {
        case CT_CHARACTER: return character(input.value)
        case CT_KEY: return code(Int(input.value)).map { Key($0, modifiers) }
        default: return nil
        }
    }

    private static func character(_ value: UInt32) -> Key? {
        switch value {
        case 0: return Key(.character(" "), .control)
        case 9: return .tab
        case 10, 13: return .enter
        case 27: return .escape
        case 127: return .backspace
        // Control takes away bits: 1–26 are letters, 28–31 the four signs after Z.
        case 1...26: return Unicode.Scalar(value + 0x60).map(Key.control)
        case 28...31: return Unicode.Scalar(value + 0x40).map(Key.control)
        default: return Unicode.Scalar(value).map(Key.character)
        }
    }

    private static let codes: [Int: Key.Code] = [
        CT_KEY_ENTER: .enter, CT_KEY_BACKSPACE: .backspace, CT_KEY_DELETE: .delete,
        CT_KEY_INSERT: .insert, CT_KEY_BACKTAB: .backTab,
        CT_KEY_UP: .up, CT_KEY_DOWN: .down, CT_KEY_LEFT: .left, CT_KEY_RIGHT: .right,
        CT_KEY_HOME: .home, CT_KEY_END: .end,
        CT_KEY_PAGE_UP: .pageUp, CT_KEY_PAGE_DOWN: .pageDown,
    ]

    private static func code(_ value: Int) -> Key.Code? {
        let number = value - CT_KEY_FUNCTION
        return (1...24).contains(number) ? .function(number) : codes[value]
    }
}
