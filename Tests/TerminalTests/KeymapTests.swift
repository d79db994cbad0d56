import Terminal
import Testing

enum Command: String, KeyCommand {
    case open, filter, pause, quit
}

extension Keymap<Command> {
    static let sample = Keymap([
        Binding([.enter, "o"], .open, "open", help: "Open what is selected", group: "Look", footer: 1),
        Binding(["/"], .filter, "filter", help: "Filter what is shown", group: "Look", footer: 3),
        Binding(["p", .space], .pause, "pause", help: "Freeze the screen", group: "Time", footer: 4),
        Binding(["q"], .quit, "quit", help: "Leave", group: "Everywhere", footer: 2),
    ])
}

struct KeymapTests {
    private let keymap = Keymap.sample

    @Test func `keys give commands`() {
        #expect(keymap.command(for: .enter) == .open)
        #expect(keymap.command(for: .space) == .pause)
        #expect(keymap.command(for: "x") == nil)
        #expect(keymap.problems.isEmpty)
    }

    @Test func `a key with two commands and a command with none are found`() {
        let keymap = Keymap<Command>([
            Binding(["o"], .open, "open", help: "", group: ""),
            Binding(["o", "f"], .filter, "filter", help: "", group: ""),
            Binding(["p"], .pause, "pause", help: "", group: ""),
        ])
        #expect(
            keymap.problems.map(\.description) == [
                "keys: filter: o: already bound to open",
                "keys: quit: has no binding",
            ])
    }

    @Test func `operators rebind keys, and two commands may swap theirs`() {
        let (rebound, errors) = keymap.rebinding([("pause", ["q"]), ("quit", ["p", "ctrl-q"])])
        #expect(errors.isEmpty)
        #expect(rebound.command(for: "q") == .pause)
        #expect(rebound.command(for: "p") == .quit)
        #expect(rebound.command(for: .control("q")) == .quit)
        #expect(rebound.command(for: .space) == nil)
        #expect(rebound.problems.isEmpty)
    }

    @Test func `a bad entry is located and changes nothing, the others count`() {
        let (rebound, errors) = keymap.rebinding([
            ("fly", ["f"]), ("filter", ["hyper-f"]), ("pause", ["o"]), ("quit", ["f10"]),
        ])
        #expect(
            errors.map(\.description) == [
                "keys: fly: is not a command here",
                "keys: filter: hyper-f: is not the name of a key",
                "keys: pause: o: already bound to open",
            ])
        #expect(rebound.command(for: "/") == .filter)
        #expect(rebound.command(for: "p") == .pause)
        #expect(rebound.command(for: .function(10)) == .quit)
        #expect(rebound.command(for: "q") == nil)
    }
}
