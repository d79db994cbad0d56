import Console
import Foundation
import Terminal
import Testing

/// The parts of the README that are made from the program's own tables.
struct ReadmeTests {
    private static let path = ProjectFolder.path + "/README.md"
    private static let start = "<!-- keys: remade by GATEHOUSE_REMAKE_DOCS=1 swift test --filter ReadmeTests -->\n"
    private static let end = "<!-- /keys -->"

    @Test func `the README lists the keys that there are`() throws {
        let text = try String(contentsOfFile: Self.path, encoding: .utf8)
        let start = try #require(text.range(of: Self.start))
        let end = try #require(text.range(of: Self.end))
        let wanted = Self.keys
        if ProcessInfo.processInfo.environment["GATEHOUSE_REMAKE_DOCS"] != nil {
            let remade = text[..<start.upperBound] + wanted + text[end.lowerBound...]
            try String(remade).write(toFile: Self.path, atomically: true, encoding: .utf8)
            return
        }
        #expect(
            text[start.upperBound..<end.lowerBound] == wanted[...],
            "the keys changed: GATEHOUSE_REMAKE_DOCS=1 swift test --filter ReadmeTests")
    }

    /// A table for each context, in the order of the keymaps.
    private static var keys: String {
        ConsoleApp.keyReference.map { title, entries in
            let rows = entries.filter { !$0.isHidden && !$0.keys.isEmpty }.map { entry in
                let keys = entry.keys.map { "`\($0.name)`" }.joined(separator: " ")
                return "| \(keys) | `\(entry.id)` | \(entry.help.text) |"
            }
            return "\n**\(title)**\n\n| key | command | what it does |\n| --- | --- | --- |\n"
                + rows.joined(separator: "\n")
                + "\n"
        }.joined()
            + "\n"
    }

    @Test func `the README shows both commands`() throws {
        let text = try String(contentsOfFile: Self.path, encoding: .utf8)
        let install = "sudo apt-get update && sudo apt-get install -y libncurses-dev libsqlite3-dev"
        #expect(text.contains("    \(install) && swift run -c release gatehouse demo\n"))
        #expect(text.contains("    \(install) tmux && swift test\n"))
    }
}
