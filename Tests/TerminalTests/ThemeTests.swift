import Terminal
import Testing

struct ThemeTests {
    @Test func `a theme is read from names, colours and attributes`() throws {
        let theme = try Theme(
            name: "mine",
            entries: [("accent", "#ff8000", "bold underline"), ("good", "bright-green", ""), ("dim", "244", "")])
        #expect(theme[.accent] == Theme.Entry(.rgb(red: 255, green: 128, blue: 0), [.bold, .underline]))
        #expect(theme[.good].color == .indexed(10))
        #expect(theme[.dim].color == .indexed(244))
        #expect(theme[.danger] == Theme.standard[.danger])
    }

    @Test(arguments: [
        ("sparkle", "#ffffff", "", "sparkle: no such role"),
        ("good", "#fff", "", "good: “#fff” is no colour; write default, a name, 0–255 or #rrggbb"),
        ("good", "256", "", "good: “256” is no colour; write default, a name, 0–255 or #rrggbb"),
        ("good", "red", "bold shiny", "good: “shiny” is no attribute"),
    ])
    func `a broken entry is named`(role: String, color: String, attributes: String, message: String) {
        let error = #expect(throws: ThemeError.self) {
            try Theme(name: "broken", entries: [(role, color, attributes)])
        }
        #expect(error?.description == message)
    }

    @Test func `a base16 scheme is imported, with or without signs`() throws {
        var scheme = ["scheme": "Night", "author": "someone"]
        for index in 0..<16 {
            let digit = String(index, radix: 16, uppercase: true)
            scheme["base0\(digit)"] = index % 2 == 0 ? "10203\(digit)" : "#10203\(digit)"
        }
        let theme = try Theme(base16: scheme)
        #expect(theme.name == "Night")
        #expect(theme.description == "by someone")
        #expect(theme[.background].color == .rgb(red: 0x10, green: 0x20, blue: 0x30))
        #expect(theme[.danger].color == .rgb(red: 0x10, green: 0x20, blue: 0x38))
        scheme["base0B"] = nil
        let error = #expect(throws: ThemeError.self) { try Theme(base16: scheme) }
        #expect(error?.description == "base0B: is missing")
    }

    @Test func `with 256 colours the nearest one is taken, never one of the user's sixteen`() {
        let theme = ResolvedTheme(.standard, depth: .indexed256)
        #expect(theme[.accent] == .indexed(75))
        #expect(theme[.good] == .indexed(72))
        for role in StyleRole.allCases {
            guard case .indexed(let index) = theme[role] else { continue }
            #expect(index >= 16)
        }
    }

    @Test(arguments: [ColorDepth.eight, .sixteen])
    func `with few colours a role keeps the colour of its meaning`(depth: ColorDepth) throws {
        let theme = ResolvedTheme(.standard, depth: depth)
        let expected: [(StyleRole, Int)] = [
            (.series1, 2), (.series2, 3), (.series3, 11), (.series4, 1), (.series5, 6), (.series6, 5), (.good, 2),
            (.caution, 3), (.warning, 3), (.danger, 1), (.background, 0),
        ]
        for (role, index) in expected { #expect(theme[role] == .indexed(index), "\(role)") }
        #expect(theme.look(of: Style(.caution)) != theme.look(of: Style(.warning)))
        let own = ResolvedTheme(
            try Theme(name: "own", entries: [("series1", "cyan", ""), ("danger", "5", "")]), depth: depth)
        #expect(own[.series1] == .indexed(6))
        #expect(own[.danger] == .indexed(5))
    }

    @Test(arguments: [ColorDepth.eight, .sixteen])
    func `with few colours outcomes differ on the selected row too`(depth: ColorDepth) {
        let theme = ResolvedTheme(.standard, depth: depth)
        let series: [StyleRole] = [.series1, .series2, .series3, .series4, .series5, .series6]
        for background in [StyleRole.background, .selection] {
            let looks = series.map { theme.look(of: Style($0, on: background)) }
            #expect(Set(looks).count == series.count)
            #expect(!looks.contains { $0.foreground == $0.background })
        }
        #expect(theme.look(of: Style(.text, on: .selection)).attributes.contains(.reverse))
    }

    @Test func `shapes are needed where series look alike`() throws {
        for depth in ColorDepth.allCases {
            #expect(ResolvedTheme(.standard, depth: depth).needsShapes == (depth == .mono))
            #expect(ResolvedTheme(.monochrome, depth: depth).needsShapes)
        }
        let alike = try Theme(name: "alike", entries: [("series3", "#102030", ""), ("series4", "#102030", "")])
        #expect(Glyphs.unicode.suiting(ResolvedTheme(alike, depth: .direct)).needsShapes)
        #expect(!Glyphs.unicode.suiting(ResolvedTheme(.standard, depth: .direct)).needsShapes)
    }

    @Test(arguments: ColorDepth.allCases)
    func `text is never the colour of its background`(depth: ColorDepth) {
        for theme in [Theme.standard, .monochrome] {
            let resolved = ResolvedTheme(theme, depth: depth)
            for foreground in StyleRole.allCases where foreground != .background {
                for background in [StyleRole.background, .bar, .selection, .overlay, .input, .button]
                where background != foreground {
                    let look = resolved.look(of: Style(foreground, on: background))
                    #expect(look.foreground != look.background || look.foreground == .standard)
                }
            }
        }
    }

    @Test(arguments: ColorDepth.allCases)
    func `what must be told apart differs at every depth`(depth: ColorDepth) {
        for theme in [Theme.standard, .monochrome] {
            let resolved = ResolvedTheme(theme, depth: depth)
            let pairs: [(Style, Style)] = [
                (Style(.text), Style(.text, on: .selection)), (Style(.text), Style(.title)),
                (Style(.text), Style(.dim)), (Style(.text), Style(.danger)), (Style(.good), Style(.danger)),
                (Style(.caution), Style(.danger)), (Style(.text), Style(.hidden)),
                (Style(.text), Style(.text, on: .input)),
                (Style(.text), Style(.inputError)), (Style(.text), Style(.background, on: .accent)),
                (Style(.text), Style(.match)), (Style(.danger), Style(.critical)),
            ]
            for (one, other) in pairs {
                #expect(resolved.look(of: one) != resolved.look(of: other), "\(one) \(other) \(theme.name)")
            }
        }
    }

    @Test func `without colour no colour is used`() {
        let resolved = ResolvedTheme(.standard, depth: .mono)
        for foreground in StyleRole.allCases {
            let look = resolved.look(of: Style(foreground, on: .selection))
            #expect(look.foreground == .standard)
            #expect(look.background == .standard)
            #expect(look.attributes.contains(.reverse))
        }
    }
}
