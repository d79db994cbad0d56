import ArgumentParser
import Foundation
import Testing

@testable import gatehouse

/// The README's pictures: what is pressed for each, and what it has to show.
struct ReadmePictureTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let arguments: [String]
        let shows: [String]
        var testDescription: String { name }
    }

    private static let raise = "7 / a c m e enter e 2 5 / s ctrl-s"

    static let cases = [
        Case(name: "overview", arguments: ["--screen", "overview"], shows: ["clients by requests"]),
        Case(
            name: "revoke",
            arguments: [
                "--screen", "clients", "--press",
                "/ g l o b enter x tab k e y space l e a k e d tab g l o b",
            ],
            shows: ["Revoke every token and credential of partner-globex", "2 live tokens", "key leaked"]),
        Case(
            name: "why", arguments: ["--screen", "traffic", "--filter", "outcome:forbidden", "--press", "w"],
            shows: ["step by step", "what would allow it"]),
        Case(
            name: "review", arguments: ["--press", raise + " b y space c o n t r a c t"],
            shows: [
                "Review: change quota/acme-rate", "+   limit: 25", "requests that were decided again", "by contract",
            ]),
        Case(
            name: "undo", arguments: ["--press", raise + " m o r e enter enter u"],
            shows: ["Review: undo version 3", "-   limit: 25"]),
    ]

    private static var isRemaking: Bool { ProcessInfo.processInfo.environment["GATEHOUSE_REMAKE_DOCS"] != nil }

    @Test(arguments: cases)
    func `the README has the picture, and its keys still lead there`(test: Case) throws {
        let folder = try TemporaryFolder()
        let text = folder.path + "/picture.txt"
        // A quiet hour shows the same.
        try picture(at: text, test.arguments + ["--rate", "10"])
        let shown = try String(contentsOfFile: text, encoding: .utf8)
        for part in test.shows { #expect(shown.contains(part), "\(part):\n\(shown)") }
        let path = ProjectFolder.path + "/.github/\(test.name).svg"
        if Self.isRemaking { try picture(at: path, test.arguments) }
        #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("<svg"))
        let readme = try String(contentsOfFile: ProjectFolder.path + "/README.md", encoding: .utf8)
        #expect(readme.contains("](.github/\(test.name).svg)"))
    }

    private func picture(at path: String, _ arguments: [String]) throws {
        let command = try #require(
            try DemoCommand.parseAsRoot(arguments + ["--picture", path]) as? DemoCommand)
        try command.run()
    }
}
