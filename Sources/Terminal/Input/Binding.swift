/// What a keymap's command is: a plain enumeration whose names appear in configuration files.
package protocol KeyCommand: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == String {}

/// Keys that give a command, and all that the footer, the help, the palette and the README say about it.
package struct Binding<Command: KeyCommand>: Sendable {
    package var keys: [Key]
    package let command: Command
    /// A word or two for the footer and the palette, such as `open`.
    package let name: CleanText
    /// One sentence for the help.
    package let help: CleanText
    /// The heading under which the help lists it.
    package let group: CleanText
    /// How early the footer shows it: 1 first; nil for help and palette only.
    package let footerPriority: Int?
    /// Keys that also work and that footer and help leave out, such as a second spelling.
    package let isHidden: Bool

    package init(
        _ keys: [Key], _ command: Command, _ name: CleanText, help: CleanText, group: CleanText,
        footer footerPriority: Int? = nil, isHidden: Bool = false
    ) {
        self.keys = keys
        self.command = command
        self.name = name
        self.help = help
        self.group = group
        self.footerPriority = footerPriority
        self.isHidden = isHidden
    }
}
