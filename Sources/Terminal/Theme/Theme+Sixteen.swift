// With sixteen colours the nearest one says little: a muted red may be nearest to green, two oranges to one yellow.
// Roles that carry a meaning then take the colour of the palette that has that meaning everywhere.

extension Theme {
    /// What roles look like with at most sixteen colours, unless a theme says it in names of the sixteen itself.
    package static let sixteenColorEntries: [StyleRole: Entry] = [
        .good: Entry(.indexed(2)),
        .info: Entry(.indexed(6)),
        .caution: Entry(.indexed(3)),
        .warning: Entry(.indexed(3), .bold),
        .danger: Entry(.indexed(1)),
        .critical: Entry(.indexed(5), .bold),
        .series1: Entry(.indexed(2)),
        .series2: Entry(.indexed(3)),
        .series3: Entry(.indexed(11), .bold),
        .series4: Entry(.indexed(1)),
        .series5: Entry(.indexed(6)),
        .series6: Entry(.indexed(5), .bold),
    ]

    /// Backgrounds that take the screen's own, and are told from it by attributes, rather than a grey that hides text.
    private static let grounds: Set<StyleRole> = [.bar, .tab, .button, .selection, .cursor, .input, .overlay]

    /// The role's colour and attributes on a terminal of some depth.
    func entry(_ role: StyleRole, depth: ColorDepth) -> Entry {
        let entry = self[role]
        guard depth <= .sixteen, !entry.color.isOfSixteen else { return entry }
        if role == .background || Theme.grounds.contains(role) {
            return Entry(self[.background].color.sixteenColorGround, entry.attributes)
        }
        return Theme.sixteenColorEntries[role] ?? entry
    }
}

extension Color {
    /// Whether terminals with sixteen colours have this one as it is.
    fileprivate var isOfSixteen: Bool {
        switch self {
        case .standard: true
        case .indexed(let index): index < 16
        case .rgb: false
        }
    }

    /// Black or white, whichever is nearer, for colours that aren't of the sixteen.
    fileprivate var sixteenColorGround: Color {
        guard !isOfSixteen, let rgb = approximateRGB else { return self }
        return PerceptualColor(rgb: rgb).lightness < 0.5 ? .indexed(0) : .indexed(7)
    }
}
