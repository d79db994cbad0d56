extension Theme {
    /// Which of base16's sixteen colours each role takes (github.com/chriskempson/base16, styling guidelines).
    private static let base16Roles: [(role: StyleRole, key: String)] = [
        (.background, "base00"), (.overlay, "base01"), (.bar, "base01"), (.button, "base02"), (.input, "base02"),
        (.selection, "base02"), (.tab, "base02"), (.cursor, "base02"), (.rule, "base03"), (.track, "base02"),
        (.faint, "base03"), (.gap, "base03"), (.placeholder, "base03"), (.dim, "base04"), (.header, "base04"),
        (.text, "base05"), (.title, "base06"), (.selectionText, "base07"), (.accent, "base0D"), (.key, "base0D"),
        (.info, "base0D"), (.good, "base0B"), (.caution, "base0A"), (.badge, "base0A"), (.match, "base0A"),
        (.warning, "base09"), (.danger, "base08"), (.inputError, "base08"), (.critical, "base0F"),
        (.hidden, "base0E"), (.series0, "base04"), (.series1, "base0B"), (.series2, "base0A"), (.series3, "base09"),
        (.series4, "base08"), (.series5, "base0E"), (.series6, "base0F"),
    ]

    /// Imports a base16 scheme: `base00` to `base0F` as `rrggbb` or `#rrggbb`, and its name under `scheme` or `name`.
    package init(base16 scheme: [String: String], name: String? = nil) throws(ThemeError) {
        let byKey = Dictionary(scheme.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
        var overrides: [StyleRole: Entry] = [:]
        for (role, key) in Theme.base16Roles {
            guard let text = byKey[key.lowercased()] else { throw ThemeError(entry: key, message: "is missing") }
            guard let color = Color.hexadecimal(text.hasPrefix("#") ? String(text.dropFirst()) : text) else {
                throw ThemeError(entry: key, message: "“\(text)” is not six hexadecimal digits")
            }
            overrides[role] = Entry(color, Theme.standardEntries[role]?.attributes ?? [])
        }
        self.init(
            name: name ?? byKey["scheme"] ?? byKey["name"] ?? "base16",
            description: byKey["author"].map { "by \($0)" } ?? "", overrides: overrides)
    }
}
