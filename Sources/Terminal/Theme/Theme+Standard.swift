extension Theme {
    /// The theme that every other one falls back to.
    package static let standard = Theme(
        name: "standard", description: "Calm dark grey with one blue accent", overrides: [:])

    /// No colour at all: every distinction is an attribute.
    package static let monochrome = Theme(
        name: "monochrome", description: "No colour; bold, dim, underline and reverse",
        overrides: Dictionary(
            uniqueKeysWithValues: StyleRole.allCases.map { ($0, Entry(.standard, $0.monochromeAttributes)) }))

    static let standardEntries: [StyleRole: Entry] = [
        .background: Entry(Color(rgb: 0x121217)),
        .text: Entry(Color(rgb: 0xD6D6D6)),
        .dim: Entry(Color(rgb: 0x8A8A8A)),
        .faint: Entry(Color(rgb: 0x585858)),
        .title: Entry(Color(rgb: 0xF0F0F0), .bold),
        .accent: Entry(Color(rgb: 0x5FAFFF), .bold),
        .rule: Entry(Color(rgb: 0x4A4A4A)),
        .key: Entry(Color(rgb: 0x5FAFFF), .bold),
        .header: Entry(Color(rgb: 0x8A8A8A)),
        .bar: Entry(Color(rgb: 0x2B2B30)),
        .tab: Entry(Color(rgb: 0x44444A)),
        .button: Entry(Color(rgb: 0x303036)),
        .selection: Entry(Color(rgb: 0x44444A)),
        .selectionText: Entry(Color(rgb: 0xFFFFFF), .bold),
        .cursor: Entry(Color(rgb: 0x3A3A44)),
        .input: Entry(Color(rgb: 0x303036)),
        .inputError: Entry(Color(rgb: 0xE05555), .underline),
        .placeholder: Entry(Color(rgb: 0x6A6A6A)),
        .overlay: Entry(Color(rgb: 0x1C1C1F)),
        .badge: Entry(Color(rgb: 0xDCB05C), .bold),
        .match: Entry(Color(rgb: 0xDCB05C), .underline),
        .good: Entry(Color(rgb: 0x5FAF87)),
        .info: Entry(Color(rgb: 0x5FAFFF)),
        .caution: Entry(Color(rgb: 0xDCB05C)),
        .warning: Entry(Color(rgb: 0xD7875F)),
        .danger: Entry(Color(rgb: 0xE05F5F)),
        .critical: Entry(Color(rgb: 0xE0007F), .bold),
        .series0: Entry(Color(rgb: 0x8A8A8A)),
        .series1: Entry(Color(rgb: 0x5FAF87)),
        .series2: Entry(Color(rgb: 0xDCB05C)),
        .series3: Entry(Color(rgb: 0xD7875F)),
        .series4: Entry(Color(rgb: 0xE05F5F)),
        .series5: Entry(Color(rgb: 0xAF87D7)),
        .series6: Entry(Color(rgb: 0xE0007F)),
        .hidden: Entry(Color(rgb: 0xC678A8), .underline),
        .gap: Entry(Color(rgb: 0x585858)),
        .track: Entry(Color(rgb: 0x3A3A3A)),
    ]
}

extension StyleRole {
    /// The attributes that stand in for this role's colour where there is none.
    package var monochromeAttributes: Attributes {
        switch self {
        case .background, .text, .rule, .overlay, .track, .good, .series0, .series1, .info: []
        case .dim, .faint, .header, .placeholder, .gap: .dim
        case .title, .accent, .key, .badge, .selectionText, .caution, .series2, .series3: .bold
        case .bar, .selection, .tab, .cursor: .reverse
        case .button, .input, .match, .hidden, .series5: .underline
        case .warning, .danger, .series4: [.bold, .underline]
        case .inputError: [.bold, .underline]
        case .critical, .series6: [.bold, .reverse]
        }
    }
}
