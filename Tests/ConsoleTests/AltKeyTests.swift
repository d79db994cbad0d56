import Console
import Domain
import Terminal
import Testing

struct AltKeyTests {
    @Test func `alt with a tab's digit goes to its screen, also out of a form, and is listed`() throws {
        var tester = try ConsoleTester.withPolicy()
        tester.press("alt-3")
        #expect(tester.text.contains("partner-acme"))
        tester.press("e")
        tester.type("team blue")
        tester.press("alt-0")
        #expect(!tester.text.contains("team blue"))
        tester.press("alt-3")
        #expect(tester.text.contains("team blue"))
        let everywhere = try #require(ConsoleApp.keyReference.first { $0.title == "Everywhere" }).entries
        for (name, key) in [("overview", "alt-1"), ("tokens", "alt-8"), ("audit", "alt-0")] {
            #expect(everywhere.first { $0.id == name }?.keys.map(\.name).contains(key) == true)
        }
    }
}
