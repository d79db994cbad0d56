import Terminal
import Testing

struct KeyTests {
    @Test func `every key's name is that key again`() {
        let codes: [Key.Code] =
            [
                .enter, .escape, .tab, .backTab, .backspace, .delete, .insert, .up, .down, .left, .right, .home, .end,
                .pageUp, .pageDown, .character("g"), .character("-"), .character(" "), .character("?"), .character("é"),
            ] + (1...24).map(Key.Code.function)
        let modifiers: [Key.Modifiers] = [[], .control, .alt, [.control, .alt]]
        for code in codes {
            for modifier in modifiers {
                if case .character(let scalar) = code, modifier.contains(.control), !scalar.isASCII { continue }
                let key = Key(code, modifier)
                #expect(Key(key.name) == key, "\(key.name)")
            }
        }
    }

    @Test(arguments: [
        ("ctrl-r", Key.control("r")), ("Ctrl-R", .control("r")), ("alt-x", .alt("x")), ("alt-left", Key(.left, .alt)),
        ("F5", .function(5)), ("return", .enter), ("Escape", .escape), ("pgdn", .pageDown), ("space", .space),
        ("G", .character("G")), ("shift-tab", .backTab), ("ctrl-alt-del", Key(.delete, [.control, .alt])),
        ("/", .character("/")), ("alt--", .alt("-")),
    ])
    func `names are read as people write them`(name: String, key: Key) {
        #expect(Key(name) == key)
    }

    @Test(arguments: [
        "", "ctrl-", "ctrl", "hyper-x", "f0", "f25", "f05", "ctrl-ctrl-x", "gg", "\u{1B}", "shift-a", "ctrl-é",
    ])
    func `what is no key is refused`(name: String) {
        #expect(Key(name) == nil)
    }

    @Test func `labels are short signs, or names in ASCII`() {
        #expect(Key.enter.label(.unicode) == "⏎")
        #expect(Key.enter.label(.ascii) == "enter")
        #expect(Key.control("r").label(.unicode) == "^r")
        #expect(Key.up.label(.ascii) == "up")
    }
}
