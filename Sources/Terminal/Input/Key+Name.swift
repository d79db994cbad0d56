// Keys as people write them in a configuration file: `g`, `ctrl-r`, `alt-left`, `f5`, `space`, `enter`.

extension Key {
    private static let names: [(name: String, code: Code)] = [
        ("enter", .enter), ("esc", .escape), ("tab", .tab), ("backtab", .backTab), ("backspace", .backspace),
        ("delete", .delete), ("insert", .insert), ("up", .up), ("down", .down), ("left", .left), ("right", .right),
        ("home", .home), ("end", .end), ("pageup", .pageUp), ("pagedown", .pageDown), ("space", .character(" ")),
    ]

    private static let aliases: [String: String] = [
        "return": "enter", "escape": "esc", "del": "delete", "ins": "insert", "shift-tab": "backtab",
        "pgup": "pageup", "pgdn": "pagedown", "page-up": "pageup", "page-down": "pagedown",
    ]

    private static let modifierNames: [(name: String, modifier: Modifiers)] = [
        ("ctrl", .control), ("alt", .alt), ("shift", .shift),
    ]

    /// The key that `name` names; nil when it names none.
    package init?(_ name: String) {
        if name.unicodeScalars.count == 1, let scalar = name.unicodeScalars.first {
            guard scalar.scalarClass == .narrow || scalar.scalarClass == .wide else { return nil }
            self = .character(scalar)
            return
        }
        var rest = Key.aliases[name.lowercased()] ?? name
        var modifiers: Modifiers = []
        while let (prefix, modifier) = Key.modifierNames.first(where: { rest.lowercased().hasPrefix($0.name + "-") }) {
            guard !modifiers.contains(modifier), rest.utf8.count > prefix.utf8.count + 1 else { return nil }
            modifiers.insert(modifier)
            rest = String(rest.dropFirst(prefix.utf8.count + 1))
        }
        guard let code = Key.code(named: rest) else { return nil }
        if case .character(let scalar) = code {
            // Terminals send no shift with a character, and control only with a letter or a few signs.
            guard !modifiers.contains(.shift) else { return nil }
            guard !modifiers.contains(.control) || scalar.isASCII else { return nil }
            let isControl = modifiers.contains(.control)
            self.init(
                .character(isControl ? scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar : scalar),
                modifiers)
        } else {
            self.init(code, modifiers)
        }
    }

    private static func code(named name: String) -> Code? {
        if name.unicodeScalars.count == 1, let scalar = name.unicodeScalars.first {
            return scalar.columns > 0 ? .character(scalar) : nil
        }
        let lowered = name.lowercased()
        let canonical = aliases[lowered] ?? lowered
        if let named = names.first(where: { $0.name == canonical }) { return named.code }
        guard canonical.hasPrefix("f"), let number = Int(canonical.dropFirst()), (1...24).contains(number),
            !canonical.dropFirst().hasPrefix("0"), !canonical.dropFirst().hasPrefix("+")
        else { return nil }
        return .function(number)
    }

    /// The name in configuration files; `Key(key.name)` is the key again.
    package var name: String {
        var name = ""
        for (prefix, modifier) in Key.modifierNames where modifiers.contains(modifier) { name += prefix + "-" }
        if let named = Key.names.first(where: { $0.code == code }) { return name + named.name }
        switch code {
        case .character(let scalar): return name + String(Character(scalar))
        case .function(let number): return name + "f\(number)"
        case .enter, .escape, .tab, .backTab, .backspace, .delete, .insert, .up, .down, .left, .right, .home, .end,
            .pageUp, .pageDown:
            return name
        }
    }

    /// The short sign for footers and help: `⏎`, `^r`, `←`.
    package func label(_ glyphs: Glyphs) -> CleanText {
        guard !glyphs.isASCII else { return CleanText(shortName) }
        if modifiers.isEmpty {
            switch code {
            case .enter: return "⏎"
            case .up: return "↑"
            case .down: return "↓"
            case .left: return "←"
            case .right: return "→"
            case .character, .escape, .tab, .backTab, .backspace, .delete, .insert, .home, .end, .pageUp, .pageDown,
                .function:
                break
            }
        }
        return CleanText(shortName)
    }

    private var shortName: String {
        guard case .character(let scalar) = code, modifiers == .control else { return name }
        return "^\(scalar)"
    }
}
