// A theme is data: a colour and attributes for every role. It never fails to apply, it degrades.

/// What is wrong with a theme, and in which entry.
package struct ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The role or base16 key at fault; empty when the theme as a whole is.
    package let entry: String
    package let message: String

    package var description: String { entry.isEmpty ? message : "\(entry): \(message)" }
}

/// A colour and attributes for each role, with a name to choose it by.
package struct Theme: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        package var color: Color
        package var attributes: Attributes

        package init(_ color: Color, _ attributes: Attributes = []) {
            self.color = color
            self.attributes = attributes
        }
    }

    package let name: String
    package let description: String
    /// By the role's raw value.
    private var entries: [Entry]

    package subscript(role: StyleRole) -> Entry { entries[Int(role.rawValue)] }

    /// A theme from the standard one, with the colours that `overrides` name.
    init(name: String, description: String, overrides: [StyleRole: Entry]) {
        self.name = name
        self.description = description
        entries = StyleRole.allCases.map { overrides[$0] ?? Theme.standardEntries[$0] ?? Entry(.standard) }
    }

    /// Reads a theme from text; a role without an entry keeps the standard theme's.
    package init(
        name: String, description: String = "", entries: [(role: String, color: String, attributes: String)]
    ) throws(ThemeError) {
        var overrides: [StyleRole: Entry] = [:]
        for entry in entries {
            guard let role = StyleRole(name: entry.role) else {
                throw ThemeError(entry: entry.role, message: "no such role")
            }
            guard overrides[role] == nil else { throw ThemeError(entry: entry.role, message: "given twice") }
            guard let color = Color(entry.color) else {
                throw ThemeError(
                    entry: entry.role,
                    message: "“\(entry.color)” is no colour; write default, a name, 0–255 or #rrggbb")
            }
            var attributes: Attributes = []
            for word in entry.attributes.split(whereSeparator: { $0 == " " || $0 == "," }) {
                guard let named = Attributes.named.first(where: { $0.name == word }) else {
                    throw ThemeError(entry: entry.role, message: "“\(word)” is no attribute")
                }
                attributes.insert(named.attribute)
            }
            overrides[role] = Entry(color, attributes)
        }
        self.init(name: name, description: description, overrides: overrides)
    }
}
