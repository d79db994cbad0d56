import Console
import Domain
import Terminal
import Testing

/// A terminal in which nothing can be seen.
struct SmallTerminalTests {
    @Test func `while a form is open no key writes into it unseen, and only ctrl-c leaves`() throws {
        var tester = try ConsoleTester.withPolicy(80, 24)
        tester.press("3", "e")
        tester.resize(40, 10)
        #expect(tester.text.contains("ctrl-c leaves"))
        tester.type("q")
        tester.paste("pasted")
        tester.press("ctrl-s", "esc", "enter")
        #expect(!tester.effects.contains(.quit))
        tester.resize(80, 24)
        #expect(tester.text.contains("owner"))
        #expect(!tester.text.contains("pasted"))
        tester.press("esc", "q")
        #expect(tester.effects == [.quit])
    }

    @Test func `ctrl-c asks there too before what was written is lost`() throws {
        var tester = try ConsoleTester.withPolicy(80, 24)
        tester.press("3", "e")
        tester.type("team blue")
        tester.resize(40, 10)
        tester.press("ctrl-c")
        #expect(tester.effects.isEmpty)
        #expect(tester.text.contains("y leaves and loses it   esc stays"))
        tester.press("esc")
        #expect(tester.text.contains("ctrl-c leaves"))
        tester.press("ctrl-c", "y")
        #expect(tester.effects == [.quit])
    }

    @Test func `where nothing is open q quits, and other keys do nothing`() throws {
        var tester = ConsoleTester(40, 10)
        tester.press("2", "p", ":")
        #expect(tester.text.contains("q quits"))
        tester.resize(80, 24)
        #expect(tester.row(1).contains("1Overview") && !tester.text.contains("paused"))
        tester.resize(40, 10)
        tester.press("q")
        #expect(tester.effects == [.quit])
    }
}
