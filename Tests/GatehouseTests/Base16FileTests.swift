import Terminal
import Testing

@testable import gatehouse

struct Base16FileTests {
    /// Tomorrow Night by Chris Kempson, in the first edition's form.
    private static let flat = """
        scheme: "Tomorrow Night"
        author: "Chris Kempson (http://chriskempson.com)"
        base00: "1d1f21"
        base01: "282a2e"
        base02: "373b41"
        base03: "969896"
        base04: "b4b7b4"
        base05: "c5c8c6"
        base06: "e0e0e0"
        base07: "ffffff"
        base08: "cc6666"
        base09: "de935f"
        base0A: "f0c674"
        base0B: "b5bd68"
        base0C: "8abeb7"
        base0D: "81a2be"
        base0E: "b294bb"
        base0F: "a3685a"
        """

    /// The same in the second edition's form.
    private static let nested = """
        system: "base16"
        name: "Tomorrow Night"
        author: "Chris Kempson (http://chriskempson.com)"
        variant: "dark"
        palette:
        """ + "\n"
        + flat.split(separator: "\n").dropFirst(2).map { line in
            "  " + line.replacing(": \"", with: ": \"#")
        }.joined(separator: "\n")

    private static func import16(_ yaml: String, name: String = "tomorrow") throws -> Theme {
        try Base16File(try YAMLFile(name: "scheme.yaml", bytes: Array(yaml.utf8)), name: name).theme
    }

    @Test(arguments: [flat, nested]) func `a scheme gives its colours to the roles`(yaml: String) throws {
        let theme = try Self.import16(yaml)
        #expect(theme.name == "tomorrow")
        #expect(theme[.background].color == .rgb(red: 0x1d, green: 0x1f, blue: 0x21))
        #expect(theme[.text].color == .rgb(red: 0xc5, green: 0xc8, blue: 0xc6))
        #expect(theme[.danger].color == .rgb(red: 0xcc, green: 0x66, blue: 0x66))
        #expect(theme[.accent].color == .rgb(red: 0x81, green: 0xa2, blue: 0xbe))
        #expect(theme[.series1].color == .rgb(red: 0xb5, green: 0xbd, blue: 0x68))
    }

    @Test func `both forms of a scheme give the same theme`() throws {
        #expect(try Self.import16(Self.flat) == Self.import16(Self.nested))
    }

    @Test func `a scheme names its theme file`() throws {
        let file = try YAMLFile(name: "x", bytes: Array(Self.flat.utf8))
        #expect(Base16File.themeName(in: file) == "tomorrow-night")
        let hostile = try YAMLFile(name: "x", bytes: Array("name: ../../Evil Näme\n".utf8))
        #expect(Base16File.themeName(in: hostile) == "evil-n-me")
    }

    @Test func `digits without quotes are colours too`() throws {
        let plain = Self.flat.replacing("base00: \"1d1f21\"", with: "base00: 000000")
        #expect(try Self.import16(plain)[.background].color == .rgb(red: 0, green: 0, blue: 0))
    }

    @Test(arguments: [
        ("base0B: \"b5bd68\"\n", "", "scheme.yaml: base0B: is missing"),
        ("\"b5bd68\"", "\"b5bd6\"", "scheme.yaml:14:1: base0B: “b5bd6” is not six hexadecimal digits"),
        ("\"b5bd68\"", "#b5bd68", "scheme.yaml:14:1: base0B: has no value; one that starts with # needs quotes"),
        ("\"b5bd68\"", "[1, 2]", "scheme.yaml:14:1: base0B: must be one value"),
    ])
    func `a fault in a scheme is named with its line and field`(old: String, new: String, message: String) throws {
        let yaml = Self.flat.replacing(old, with: new)
        #expect(yaml != Self.flat)
        do {
            _ = try Self.import16(yaml)
            Issue.record("the scheme was taken")
        } catch let problem as FileProblem {
            #expect(problem.description == message)
        }
    }

    @Test func `a file that is no scheme is refused`() throws {
        #expect(throws: FileProblem.self) { try Self.import16("hello: world\n") }
        #expect(throws: FileProblem.self) { try Self.import16("- a\n- b\n") }
        #expect(throws: FileProblem.self) { try Self.import16(String(repeating: "[", count: 100_000)) }
        #expect(throws: FileProblem.self) { try Self.import16("a: &a [*a, *a]\nbase00: *a\n") }
    }
}
