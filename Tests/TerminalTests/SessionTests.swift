import Foundation
import Terminal
import Testing

/// The session on a real pseudo-terminal: what reaches the terminal, and how it is left.
struct SessionTests {
    private static let terminals = [
        "xterm-256color", "xterm", "tmux-256color", "screen", "linux", "vt100", "nonsense", "",
    ]

    @Test(arguments: terminals)
    func `every terminal type starts, draws, reads keys and is left as it was`(term: String) throws {
        let terminal = try PseudoTerminal(running: ["events"], environment: ["TERM": term])
        let before = terminal.initialSettings
        try terminal.wait(for: "size 80x24")
        #expect(terminal.settings.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == 0)
        terminal.send("a\u{1B}[A\u{1B}[1;5C\u{1B}x")
        try terminal.wait(for: "key alt-x")
        for line in ["key a", "key up", "key ctrl-right"] { #expect(terminal.output.contains(line), "\(line)") }
        terminal.send("q")
        #expect(try terminal.waitForExit() == .code(0))
        #expect(terminal.settings.c_lflag == before.c_lflag)
        #expect(terminal.settings.c_iflag == before.c_iflag)
        #expect(terminal.leavesNoMode)
    }

    @Test func `TERM may be missing`() throws {
        let terminal = try PseudoTerminal(running: ["events"], environment: [:])
        try terminal.wait(for: "size 80x24")
        terminal.send("q")
        #expect(try terminal.waitForExit() == .code(0))
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGQUIT])
    func `a signal to leave leaves the terminal as it was`(signal: Int32) throws {
        let terminal = try PseudoTerminal(running: ["events"])
        let before = terminal.initialSettings
        try terminal.wait(for: "size 80x24")
        kill(terminal.process, signal)
        try terminal.wait(for: "left by signal \(signal)")
        #expect(try terminal.waitForExit() == .code(0))
        #expect(terminal.settings.c_lflag == before.c_lflag)
        #expect(terminal.leavesNoMode)
    }

    @Test func `an interrupt is an event, by key and by signal`() throws {
        let terminal = try PseudoTerminal(running: ["events"])
        try terminal.wait(for: "size 80x24")
        terminal.send("\u{3}")
        try terminal.wait(for: "interrupt")
        let seen = terminal.output.count
        kill(terminal.process, SIGINT)
        try terminal.wait(for: "interrupt", after: seen)
        terminal.send("q")
        #expect(try terminal.waitForExit() == .code(0))
    }

    @Test(arguments: ["trap", "overflow"])
    func `a crash restores the terminal before anything is said about it`(scene: String) throws {
        let terminal = try PseudoTerminal(
            running: [scene], environment: ["TERM": "xterm", "SWIFT_BACKTRACE": "enable=no"])
        let before = terminal.initialSettings
        let exit = try terminal.waitForExit()
        #expect(exit == .signal(SIGILL) || exit == .signal(SIGTRAP) || exit == .signal(SIGSEGV))
        #expect(terminal.settings.c_lflag == before.c_lflag)
        #expect(terminal.leavesNoMode)
        guard scene == "trap" else { return }
        let restored = try #require(terminal.output.range(of: "\u{1B}[?1049l"))
        let message = try #require(terminal.output.range(of: "Fatal error: Index out of range"))
        #expect(restored.upperBound <= message.lowerBound)
    }

    @Test func `an exit without a stop restores the terminal too`() throws {
        let terminal = try PseudoTerminal(running: ["exit"])
        let before = terminal.initialSettings
        #expect(try terminal.waitForExit() == .code(0))
        #expect(terminal.settings.c_lflag == before.c_lflag)
        #expect(terminal.leavesNoMode)
    }

    @Test func `standard error is held back and comes after, inert`() throws {
        let terminal = try PseudoTerminal(running: ["events"])
        try terminal.wait(for: "size 80x24")
        terminal.send("e")
        try terminal.wait(for: "key e")
        #expect(!terminal.output.contains("said on standard error"))
        terminal.send("q")
        #expect(try terminal.waitForExit() == .code(0))
        let left = try #require(terminal.output.range(of: "\u{1B}[?1049l"))
        let said = try #require(terminal.output.range(of: "said on standard error ␛[31m"))
        #expect(left.upperBound <= said.lowerBound)
    }

    @Test func `suspending gives the terminal back and coming back takes it again`() throws {
        // Only a shell with job control can be suspended to.
        let terminal = try PseudoTerminal(
            shellScript: """
                "$0" events; echo the shell has it; read line; fg >/dev/null
                echo the shell has it again; read line; fg >/dev/null; echo over $?
                """)
        let before = terminal.initialSettings
        try terminal.wait(for: "size 80x24")
        for message in ["the shell has it", "the shell has it again"] {
            let seen = terminal.output.count
            terminal.send("\u{1A}")
            try terminal.wait(for: message, after: seen)
            #expect(terminal.settings.c_lflag == before.c_lflag)
            #expect(terminal.leavesNoMode)
            terminal.send("\r")
            try terminal.wait(for: "resumed 80x24", after: seen)
            #expect(terminal.settings.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == 0)
        }
        terminal.send("q")
        try terminal.wait(for: "over 0")
        #expect(try terminal.waitForExit() == .code(0))
        #expect(terminal.leavesNoMode)
    }

    @Test func `a terminal that goes away ends the program`() throws {
        let terminal = try PseudoTerminal(running: ["events"])
        try terminal.wait(for: "size 80x24")
        terminal.hangUp()
        _ = try terminal.waitForExit()
    }

    @Test func `a storm of resizes ends at the last size`() throws {
        let terminal = try PseudoTerminal(running: ["events"])
        try terminal.wait(for: "size 80x24")
        for step in 0..<60 { terminal.resize(columns: 20 + step * 3 % 90, rows: 5 + step % 40) }
        terminal.resize(columns: 101, rows: 33)
        try terminal.wait(for: "resize 101x33")
        terminal.send("q")
        #expect(try terminal.waitForExit() == .code(0))
    }

    @Test func `a paste is one event and never a key`() throws {
        let terminal = try PseudoTerminal(running: ["events"])
        try terminal.wait(for: "size 80x24")
        terminal.send("\u{1B}[200~q\r\u{1B}[31m日本\u{1B}[201~")
        try terminal.wait(for: "paste q")
        terminal.send("x")
        try terminal.wait(for: "key x")
        terminal.send("q")
        #expect(try terminal.waitForExit() == .code(0))
    }

    @Test func `another thread wakes the session, and an idle one takes no time`() throws {
        let terminal = try PseudoTerminal(running: ["events"])
        try terminal.wait(for: "size 80x24")
        terminal.send("w")
        try terminal.wait(for: "wake")
        var before = terminal.processorTicks
        Thread.sleep(forTimeInterval: 0.7)
        // On a busy machine it may still have been at work on what was drawn.
        for _ in 0..<5 where terminal.processorTicks != before {
            before = terminal.processorTicks
            Thread.sleep(forTimeInterval: 0.7)
        }
        #expect(terminal.processorTicks == before)
        terminal.send("q")
        #expect(try terminal.waitForExit() == .code(0))
    }

    @Test func `the title and the clipboard carry text only`() throws {
        let terminal = try PseudoTerminal(running: ["events"], environment: ["TERM": "xterm"])
        try terminal.wait(for: "size 80x24")
        #expect(terminal.output.contains("\u{1B}]2;probe ␛]2;evil␇\u{7}"))
        terminal.send("c")
        try terminal.wait(for: "key c")
        let copied = Data("copied\ntwice␛]52;c;ZXZpbA==␇".utf8).base64EncodedString()
        #expect(terminal.output.contains("\u{1B}]52;c;\(copied)\u{7}"))
        terminal.send("q")
        #expect(try terminal.waitForExit() == .code(0))
    }

    @Test func `the mouse is silent until it is asked for, and then clicks and turns are events`() throws {
        let terminal = try PseudoTerminal(running: ["events"])
        try terminal.wait(for: "size 80x24")
        #expect(!terminal.output.contains("1000h"))
        terminal.send("m")
        try terminal.wait(for: "key m")
        #expect(terminal.output.contains("1000h"))
        let reports = [
            ("\u{1B}[<0;5;3M\u{1B}[<0;5;3m", "click 4,2"), ("\u{1B}[<64;1;1M", "wheelUp 0,0"),
            ("\u{1B}[<65;80;24M", "wheelDown 79,23"),
        ]
        for (bytes, event) in reports {
            terminal.send(bytes)
            try terminal.wait(for: "mouse \(event)")
        }
        terminal.send("q")
        #expect(try terminal.waitForExit() == .code(0))
        #expect(terminal.output.contains("1000l"))
    }

    @Test func `the same frame again sends nothing, and one new line few bytes`() throws {
        let still = try PseudoTerminal(running: ["text", NaughtyStrings.path(of: "trojan-homoglyph.c.txt")])
        try still.wait(for: "|end|")
        let painted = still.settledLength
        still.send("x")
        #expect(still.settledLength == painted)
        still.send("q")
        #expect(try still.waitForExit() == .code(0))

        let growing = try PseudoTerminal(running: ["events"])
        try growing.wait(for: "size 80x24")
        let before = growing.settledLength
        growing.send("x")
        try growing.wait(for: "key x")
        #expect(growing.settledLength - before < 100)
        growing.send("q")
        #expect(try growing.waitForExit() == .code(0))
    }

    @Test func `without colour no colour is sent`() throws {
        let terminal = try PseudoTerminal(
            running: ["events"], environment: ["TERM": "xterm-256color", "NO_COLOR": "1"])
        try terminal.wait(for: "size 80x24 mono")
        terminal.send("q")
        #expect(try terminal.waitForExit() == .code(0))
        #expect(!terminal.output.contains("\u{1B}[38;"))
        #expect(!terminal.output.contains("\u{1B}[3"))
    }

    @Test(
        arguments: ["xterm-256color", "vt100"],
        ["blns.txt", "trojan-commenting-out.py.txt", "trojan-stretched-string.js.txt"])
    func `hostile text reaches the terminal inert`(
        term: String, file: String
    ) throws {
        let terminal = try PseudoTerminal(
            running: ["text", NaughtyStrings.path(of: file)], environment: ["TERM": term], columns: 200, rows: 50)
        try terminal.wait(for: "|end|")
        for _ in 0..<16 { terminal.send(" ") }
        Thread.sleep(forTimeInterval: 0.5)
        terminal.send("q")
        #expect(try terminal.waitForExit() == .code(0))
        #expect(EscapeSequences.unknown(in: terminal.output).isEmpty)
        for scalar in EscapeSequences.removed(from: terminal.output).unicodeScalars {
            #expect(scalar.value < 0x20 || scalar.scalarClass != .refused, "U+\(String(scalar.value, radix: 16))")
        }
    }
}
