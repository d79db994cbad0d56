/// How text is drawn apart from its colour.
package struct Attributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let bold = Attributes(rawValue: 1)
    package static let dim = Attributes(rawValue: 2)
    package static let italic = Attributes(rawValue: 4)
    package static let underline = Attributes(rawValue: 8)
    package static let reverse = Attributes(rawValue: 16)

    /// Each attribute with its name in theme files.
    package static let named: [(name: String, attribute: Attributes)] = [
        ("bold", .bold), ("dim", .dim), ("italic", .italic), ("underline", .underline), ("reverse", .reverse),
    ]
}

/// A foreground role, a background role and attributes in 32 bits; the theme makes colours of it.
package struct Style: Hashable, Sendable {
    package var foreground: StyleRole
    package var background: StyleRole
    package var attributes: Attributes

    package init(_ foreground: StyleRole, on background: StyleRole = .background, _ attributes: Attributes = []) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    package init(foreground: StyleRole, background: StyleRole = .background, attributes: Attributes = []) {
        self.init(foreground, on: background, attributes)
    }

    /// The same foreground and attributes on another background.
    package func on(_ background: StyleRole) -> Style {
        Style(foreground, on: background, attributes)
    }

    /// The same with more attributes.
    package func with(_ more: Attributes) -> Style {
        Style(foreground, on: background, attributes.union(more))
    }
}
