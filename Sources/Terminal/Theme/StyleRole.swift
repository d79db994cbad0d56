// What a cell is for. Widgets and screens name roles; a theme gives each a colour and attributes.

/// A part that a cell plays on the screen; as a background only its colour counts.
package enum StyleRole: UInt8, CaseIterable, Hashable, Sendable {
    case background, text, dim, faint
    /// The brand or the name of the program, headings of sections, and emphasis inside text.
    case title, accent, rule, key, header
    /// The background of the status line at the top, of the selected tab, of buttons.
    case bar, tab, button
    case selection, selectionText
    /// The column of a chart that is being read off.
    case cursor
    case input, inputError, placeholder
    case overlay, badge, match
    case good, info, caution, warning, danger, critical
    /// A total, and up to six series that must be told apart.
    case series0, series1, series2, series3, series4, series5, series6
    /// What stands for a character that must not reach the terminal.
    case hidden
    /// Time for which there is no data.
    case gap
    /// The unfilled part of a meter.
    case track

    /// The name in theme files.
    package var name: String { "\(self)" }

    /// Whether this is the colour of data in a chart.
    package var isSeries: Bool { (StyleRole.series0.rawValue...StyleRole.series6.rawValue).contains(rawValue) }

    package init?(name: String) {
        guard let role = StyleRole.allCases.first(where: { $0.name == name }) else { return nil }
        self = role
    }
}
