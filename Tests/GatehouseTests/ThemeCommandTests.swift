import Foundation
import Testing

struct ThemeCommandTests {
    private static let scheme = (0..<16).map { index in
        let digit = String(index, radix: 16, uppercase: true)
        return "base0\(digit): \"\(digit)\(digit)22\(digit)\(digit)\""
    }.joined(separator: "\n")

    @Test func `the list names every theme and marks the one in use`() throws {
        let program = try GatehouseProgram()
        let result = try program.run("theme", "list")
        #expect(result.status == 0)
        #expect(result.lines.count == 13)
        #expect(result.lines.filter { $0.hasPrefix("▸") } == ["▸ gatehouse-dark   Calm dark grey with one blue accent"])
    }

    @Test func `an imported scheme becomes a theme of one's own`() throws {
        let program = try GatehouseProgram()
        let file = program.folder.path + "/scheme.yaml"
        try Data(("scheme: My Night\n" + Self.scheme + "\n").utf8).write(to: URL(fileURLWithPath: file))
        let result = try program.run("theme", "import", file)
        #expect(result.status == 0, "\(result.errors)")
        let path = program.configuration + "/themes/my-night.yaml"
        #expect(result.output == "wrote \(path); look at it with `gatehouse theme show my-night`\n")
        let shown = try program.run("theme", "show", "my-night")
        #expect(shown.status == 0)
        #expect(shown.output.contains("#552255"))
        #expect(try program.run("theme", "list").lines.count == 14)

        let again = try program.run("theme", "import", file)
        #expect(again.status == 1)
        #expect(again.errors.contains("is there already"))
        #expect(try program.run("theme", "import", file, "--force").status == 0)
        #expect(try program.run("theme", "import", file, "--name", "other").status == 0)
    }

    @Test func `a faulty scheme is refused with file, line and field`() throws {
        let program = try GatehouseProgram()
        let file = program.folder.path + "/scheme.yaml"
        try Data(("scheme: X\n" + Self.scheme.replacing("\"3322", with: "\"zz22")).utf8).write(
            to: URL(fileURLWithPath: file))
        let result = try program.run("theme", "import", file)
        #expect(result.status == 1)
        #expect(
            result.errors.contains("\(file):5:1: base03: “zz2233” is not six hexadecimal digits"), "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: program.configuration))
        #expect(try program.run("theme", "import", "/nonexistent").errors.contains("No such file or directory"))
    }

    @Test func `showing a theme that isn't there suggests one that is`() throws {
        let result = try GatehouseProgram().run("theme", "show", "drakula")
        #expect(result.status == 1)
        #expect(result.errors.contains("did you mean “dracula”?"))
    }
}
