import Domain
import Terminal
import Testing
import Themes

@testable import gatehouse

struct ThemeFileTests {
    private static let library = ThemeLibrary(folder: "/nonexistent/themes")

    private static func theme(_ name: String) throws -> Theme {
        try #require(library.entry(named: name)).theme
    }

    /// Nil for a colour that the terminal decides about.
    private static func seen(_ color: Color) -> SeenColor? {
        guard case .rgb(let red, let green, let blue) = color else { return nil }
        return SeenColor(red: red, green: green, blue: blue)
    }

    private static let names = library.names
    private static let outcomeRoles = ThemeFile.outcomeRoles.dropFirst()

    @Test func `every file in the themes folder is built in, and nothing else is`() {
        let folder = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Themes"
        let files = FileBytes.names(in: folder).filter { $0.hasSuffix(".yaml") }.map { $0.dropLast(5) }
        #expect(files.count >= 10)
        #expect(Set(files.map(String.init)) == Set(BuiltInThemes.sources.map(\.name)))
        #expect(BuiltInThemes.sources.first?.name == ThemeLibrary.defaultName)
    }

    @Test(arguments: names) func `a built-in theme has no fault and leaves no role to chance`(name: String) throws {
        let source = try #require(BuiltInThemes.sources.first { $0.name == name })
        let file = try YAMLFile(name: name, bytes: source.yaml)
        let theme = ThemeFile(file, name: name)
        #expect(theme.problems.map(\.description) == [])
        #expect(!theme.theme.description.isEmpty)

        var file2 = file
        let roles = file.fields.filter { $0.key == "roles" }.flatMap { file2.fields(below: $0) ?? [] }.map(\.key)
        let outcomes = file.fields.filter { $0.key == "outcomes" }.flatMap { file2.fields(below: $0) ?? [] }.map(\.key)
        #expect(Set(outcomes) == Set(ThemeFile.outcomeRoles.map(\.name)))
        let series = Set(ThemeFile.outcomeRoles.map(\.role))
        #expect(Set(roles) == Set(StyleRole.allCases.filter { !series.contains($0) }.map(\.name)))
    }

    @Test func `few colours look as in the theme of the sixteen`() throws {
        let theme = try Self.theme("terminal-16")
        for (role, entry) in Theme.sixteenColorEntries { #expect(theme[role] == entry, "\(role)") }
    }

    @Test(arguments: names) func `outcomes differ from their neighbours with few colours, or by shape`(
        name: String
    ) throws {
        let theme = try Self.theme(name)
        for depth in ColorDepth.allCases {
            let needsShapes = ResolvedTheme(theme, depth: depth).needsShapes
            #expect(needsShapes == (depth == .mono || name == "mono"), "\(depth)")
        }
    }

    @Test func `every outcome has a role of its own`() {
        #expect(Set(ThemeFile.outcomeRoles.map(\.role)).count == 7)
        #expect(Set(ThemeFile.outcomeRoles.map(\.name)) == Set(Outcome.allCases.map(\.name) + ["requests"]))
    }

    @Test(arguments: names) func `text can be read on every ground it stands on`(name: String) throws {
        let theme = try Self.theme(name)
        let wanted: [(role: StyleRole, grounds: [StyleRole], contrast: Double)] = [
            (.text, [.background, .bar, .tab, .button, .overlay, .input, .selection, .cursor], 4.5),
            (.title, [.background, .bar, .tab, .overlay], 4.5),
            (.selectionText, [.selection], 4.5),
            (.key, [.background, .overlay], 4.5),
            (.accent, [.background], 4.5),
            (.dim, [.background, .bar, .selection, .overlay], 3),
            (.header, [.background], 3),
            (.placeholder, [.input], 3),
        ]
        for (role, grounds, least) in wanted {
            for ground in grounds {
                guard let front = Self.seen(theme[role].color), let back = Self.seen(theme[ground].color) else {
                    continue
                }
                let contrast = front.contrast(with: back)
                #expect(contrast >= least, "\(name): \(role) on \(ground) has \(contrast)")
            }
        }
    }

    @Test(arguments: names) func `outcomes stand out from the ground and from each other`(name: String) throws {
        let theme = try Self.theme(name)
        guard let ground = Self.seen(theme[.background].color) else { return }
        for (name, role) in Self.outcomeRoles {
            let color = try #require(Self.seen(theme[role].color))
            #expect(color.contrast(with: ground) >= 3, "\(name)")
        }
        try Self.expectDistinct(theme, to: .full, least: 10)
    }

    @Test(arguments: [
        ("deuteranopia", ColorVision.deuteranopia), ("deuteranopia", .protanopia), ("tritanopia", .tritanopia),
    ])
    func `a theme for colour-blind eyes keeps every pair of outcomes apart`(name: String, vision: ColorVision) throws {
        try Self.expectDistinct(try Self.theme(name), to: vision, least: 12)
        try Self.expectDistinct(try Self.theme(name), to: .full, least: 12)
    }

    private static func expectDistinct(_ theme: Theme, to vision: ColorVision, least: Double) throws {
        let colors = try outcomeRoles.map { ($0.name, try #require(seen(theme[$0.role].color))) }
        for (index, left) in colors.enumerated() {
            for right in colors[..<index] {
                let difference = vision.difference(left.1, right.1)
                #expect(
                    difference >= least, "\(theme.name): \(left.0) and \(right.0) differ by \(difference) to \(vision)")
            }
        }
    }

    @Test func `the measure of difference agrees with the published test data`() {
        // Sharma's pair 1 would need L*a*b* input; these are two sRGB pairs with known answers instead.
        let black = SeenColor(red: 0, green: 0, blue: 0)
        let white = SeenColor(red: 255, green: 255, blue: 255)
        #expect(abs(ColorVision.full.difference(black, white) - 100) < 0.01)
        let red = SeenColor(red: 255, green: 0, blue: 0)
        let green = SeenColor(red: 0, green: 255, blue: 0)
        #expect(abs(ColorVision.full.difference(red, green) - 86.6) < 0.1)
        #expect(ColorVision.deuteranopia.difference(red, green) < 40)
        #expect(abs(black.contrast(with: white) - 21) < 0.001)
    }

    @Test func `nothing is faint in the high-contrast theme`() throws {
        let theme = try Self.theme("high-contrast")
        let ground = try #require(Self.seen(theme[.background].color))
        for role in [StyleRole.text, .dim, .faint, .title, .header, .placeholder, .key, .danger, .warning, .gap] {
            let contrast = try #require(Self.seen(theme[role].color)).contrast(with: ground)
            #expect(contrast >= (role == .danger ? 6.5 : 7), "\(role) has \(contrast)")
        }
    }

    @Test func `mono uses no colour and terminal-16 only the terminal's own`() throws {
        let mono = try Self.theme("mono")
        let sixteen = try Self.theme("terminal-16")
        for role in StyleRole.allCases {
            #expect(mono[role].color == .standard)
            switch sixteen[role].color {
            case .standard: break
            case .indexed(let index): #expect(index < 16)
            case .rgb: Issue.record("\(role) has a colour of its own")
            }
        }
    }

    @Test func `a broken theme says what is wrong, where, and keeps the rest`() throws {
        let yaml = """
            description: Mine
            palette:
              ink: "#112233"
              blood: "#12345"
            roles:
              text: ink bold
              titel: ink
              dim: inc
              key: ink blinking
              rule: #445566
            outcomes:
              limitd: ink
              failed: 300
            extra: 1
            """
        let file = ThemeFile(try YAMLFile(name: "mine.yaml", bytes: Array(yaml.utf8)), name: "mine")
        let form = "write default, a name of the sixteen, 0-255 or \"#rrggbb\""
        #expect(
            file.problems.map(\.description) == [
                "mine.yaml:4:3: palette.blood: “#12345” is no colour; \(form)",
                "mine.yaml:7:3: roles.titel: there is no such name; did you mean “title”?",
                "mine.yaml:8:3: roles.dim: “inc” is no colour; did you mean “ink”?",
                "mine.yaml:9:3: roles.key: “blinking” is no attribute; allowed: bold, dim, italic, underline, reverse",
                "mine.yaml:10:3: roles.rule: has no value; one that starts with # needs quotes",
                "mine.yaml:12:3: outcomes.limitd: there is no such name; did you mean “limited”?",
                "mine.yaml:13:3: outcomes.failed: “300” is no colour; \(form) or a palette name",
                "mine.yaml:14:1: extra: there is no such field; allowed: description, palette, roles, outcomes",
            ])
        #expect(file.theme[.text] == Theme.Entry(.rgb(red: 0x11, green: 0x22, blue: 0x33), .bold))
        #expect(file.theme[.title] == Theme.standard[.title])
        #expect(file.theme.description == "Mine")
    }

    @Test func `a theme that isn't there falls back to the default and says so`() {
        let (theme, problems) = Self.library.theme(named: "gatehose-dark")
        #expect(theme.name == "gatehouse-dark")
        #expect(
            problems.map(\.description) == [
                "/nonexistent/themes: theme: there is no theme “gatehose-dark”; did you mean “gatehouse-dark”?"
            ])
        #expect(Self.library.theme(named: "../../etc/passwd").problems.count == 1)
    }

    @Test func `an own theme wins over a built-in one, and one that can't be read says why`() throws {
        let folder = try TemporaryFolder()
        try FileBytes.write(Array("roles:\n  text: \"#010203\"\n".utf8), to: folder.path + "/nord.yaml")
        try FileBytes.write(Array("roles: [unclosed\n".utf8), to: folder.path + "/broken.yaml")
        try FileBytes.write([0x72, 0xff, 0xfe], to: folder.path + "/binary.yaml")
        let library = ThemeLibrary(folder: folder.path)
        #expect(library.names.suffix(2) == ["binary", "broken"])
        #expect(library.entry(named: "nord")?.theme[.text].color == .rgb(red: 1, green: 2, blue: 3))
        let broken = try #require(library.entry(named: "broken"))
        #expect(broken.theme == .standard)
        #expect(broken.problems.first?.line == 2)
        #expect(library.entry(named: "binary")?.problems.map(\.message) == ["is not UTF-8 text"])
    }

    @Test(arguments: names) func `a theme written out reads back as the same theme`(name: String) throws {
        let theme = try Self.theme(name)
        let text = ThemeFile.text(of: theme, comment: "copied")
        let again = ThemeFile(try YAMLFile(name: "copy", bytes: Array(text.utf8)), name: name)
        #expect(again.problems.isEmpty)
        #expect(again.theme == theme)
    }
}
