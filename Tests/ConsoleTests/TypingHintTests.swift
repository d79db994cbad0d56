import Testing

struct TypingHintTests {
    @Test(arguments: ["3", "8", "0"])
    func `whoever types a filter sees which keys end it`(screen: String) throws {
        var tester = try ConsoleTester.withPolicy()
        tester.press(screen, "/")
        #expect(tester.text.contains("enter keep"))
        #expect(tester.text.contains("esc cancel"))
    }
}
