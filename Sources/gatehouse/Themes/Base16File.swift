// Colour schemes of the base16 family (github.com/tinted-theming/home, styling.md), as theme files are made of them.

import Terminal

/// A base16 scheme: `base00` to `base0F`, flat as in the first edition or under `palette:` as in the second.
struct Base16File {
    let theme: Theme

    /// Reads a scheme; throws the first problem with its file, line and field.
    init(_ file: YAMLFile, name: String) throws(FileProblem) {
        var file = file
        var scheme: [String: String] = [:]
        var places: [String: YAMLFile.Field] = [:]
        let palette = file.fields.first { $0.key == "palette" }
        let fields = palette.map { file.fields(below: $0) ?? [] } ?? []
        for field in file.fields + fields where field.key.lowercased().hasPrefix("base") {
            let key = field.key.lowercased()
            // A plain 000000 or 123456 is a number to YAML, and its text is still what was written.
            guard let text = file.text(field) else { break }
            scheme[key] = text
            places[key] = field
        }
        for field in file.fields where ["scheme", "name", "author"].contains(field.key) {
            scheme[field.key] = file.text(field)
        }
        if let problem = file.problems.first { throw problem }
        guard !places.isEmpty else {
            throw FileProblem(
                file: file.name, field: "base00",
                message: "is missing; a base16 scheme has base00 to base0F, flat or under palette:")
        }
        do {
            theme = try Theme(base16: scheme, name: name)
        } catch {
            let place = places[error.entry.lowercased()]
            throw FileProblem(
                file: file.name, line: place?.line, column: place?.column, field: error.entry, message: error.message)
        }
    }

    /// The scheme's own name as the name of a theme file: lower case, words joined by hyphens; nil when it has none.
    static func themeName(in file: YAMLFile) -> String? {
        var file = file
        for key in ["slug", "scheme", "name"] {
            guard let field = file.fields.first(where: { $0.key == key }), let text = file.text(field) else { continue }
            let words = text.lowercased().split { !ThemeLibrary.isNameCharacter($0) || $0 == "-" }
            let name = words.joined(separator: "-")
            if ThemeLibrary.isName(name) { return name }
        }
        return nil
    }
}
