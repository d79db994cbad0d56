// Theme files: what a person writes in YAML, read into the terminal library's `Theme`.

import Domain
import Terminal

/// A theme as its file gives it, with what is wrong in it; a field at fault falls back, the rest holds.
///
/// ```yaml
/// description: One line for `gatehouse theme list`
/// palette:                 # optional: names for colours
///   ink: "#d6d6d6"
/// roles:                   # a colour, then attributes: bold, dim, italic, underline, reverse
///   text: ink
///   title: ink bold
///   background: default    # default, a name of the sixteen, 0-255, "#rrggbb", or a name of the palette
/// outcomes:                # the same for requests and each outcome
///   allowed: green
/// ```
struct ThemeFile {
    static let suffix = ".yaml"
    static let fields = ["description", "palette", "roles", "outcomes"]

    let theme: Theme
    let problems: [FileProblem]

    /// The roles that the console draws outcomes in, by the outcomes' names; requests stand for all of them.
    static let outcomeRoles: [(name: String, role: StyleRole)] = [
        ("requests", .series0), (Outcome.allowed.name, .series1), (Outcome.limited.name, .series2),
        (Outcome.unauthenticated.name, .series3), (Outcome.forbidden.name, .series4), (Outcome.invalid.name, .series5),
        (Outcome.failed.name, .series6),
    ]

    static func role(of outcome: Outcome) -> StyleRole {
        outcomeRoles.first { $0.name == outcome.name }?.role ?? .text
    }

    init(_ file: YAMLFile, name: String) {
        var file = file
        var description = ""
        var palette: [String: String] = [:]
        var entries: [(role: String, color: String, attributes: String)] = []
        // The palette may stand below what uses it.
        for field in file.fields where field.key == "palette" {
            for entry in file.fields(below: field) ?? [] {
                guard let text = file.text(entry) else { continue }
                guard Color(text) != nil else {
                    file.report(entry, "“\(text)” is no colour; \(Self.colorForms)")
                    continue
                }
                palette[entry.key] = text
            }
        }
        let roles = StyleRole.allCases.map { (name: $0.name, role: $0) }
        for field in file.fields {
            switch field.key {
            case "palette": break
            case "description": description = file.text(field) ?? ""
            case "roles": entries += Self.entries(below: field, named: roles, palette, &file)
            case "outcomes": entries += Self.entries(below: field, named: Self.outcomeRoles, palette, &file)
            default: file.report(field, "there is no such field" + NearestName.hint(for: field.key, among: Self.fields))
            }
        }
        do {
            theme = try Theme(name: name, description: description, entries: entries)
        } catch {
            file.report(error.message, field: error.entry)
            theme = .standard
        }
        problems = file.problems
    }

    private static let colorForms = "write default, a name of the sixteen, 0-255 or \"#rrggbb\""

    private static func entries(
        below field: YAMLFile.Field, named roles: [(name: String, role: StyleRole)], _ palette: [String: String],
        _ file: inout YAMLFile
    ) -> [(role: String, color: String, attributes: String)] {
        var entries: [(role: String, color: String, attributes: String)] = []
        for entry in file.fields(below: field) ?? [] {
            guard let role = roles.first(where: { $0.name == entry.key })?.role else {
                let hint = NearestName.hint(for: entry.key, among: roles.map(\.name))
                file.report(entry, "there is no such name" + hint)
                continue
            }
            guard let text = file.text(entry) else { continue }
            let words = text.split(separator: " ").map(String.init)
            guard let color = words.first else { continue }
            guard palette[color] != nil || Color(color) != nil else {
                let hint = EditDistance.nearest(to: color, among: palette.keys.sorted())
                file.report(
                    entry,
                    "“\(color)” is no colour"
                        + (hint.map { "; did you mean “\($0)”?" } ?? "; \(colorForms) or a palette name"))
                continue
            }
            let attributes = words.dropFirst()
            if let bad = attributes.first(where: { word in !Attributes.named.contains { $0.name == word } }) {
                let hint = NearestName.hint(for: bad, among: Attributes.named.map(\.name))
                file.report(entry, "“\(bad)” is no attribute" + hint)
                continue
            }
            entries.append((role.name, palette[color] ?? color, attributes.joined(separator: " ")))
        }
        return entries
    }

    /// The text of a theme file that gives this theme.
    static func text(of theme: Theme, comment: String) -> String {
        func line(_ name: String, _ entry: Theme.Entry) -> String {
            let attributes = Attributes.named.filter { entry.attributes.contains($0.attribute) }.map(\.name)
            return "  \(name): \"\(([Self.text(of: entry.color)] + attributes).joined(separator: " "))\"\n"
        }
        let series = Set(outcomeRoles.map(\.role))
        var text = "# \(CleanText(comment).text)\n"
        if !theme.description.isEmpty { text += "description: \(quoted(theme.description))\n" }
        text += "\nroles:\n"
        for role in StyleRole.allCases where !series.contains(role) { text += line(role.name, theme[role]) }
        text += "\noutcomes:\n"
        for (name, role) in outcomeRoles { text += line(name, theme[role]) }
        return text
    }

    /// A colour as theme files write it.
    static func text(of color: Color) -> String {
        func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
        return switch color {
        case .standard: "default"
        case .indexed(let index): "\(index)"
        case .rgb(let red, let green, let blue): "#" + [red, green, blue].map(hex).joined()
        }
    }

    /// A double-quoted YAML scalar (YAML 1.2, section 7.3.1) of text that may hold anything.
    private static func quoted(_ text: String) -> String {
        let clean = CleanText(text).text
        return "\"" + clean.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
