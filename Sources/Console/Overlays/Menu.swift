import Domain
import Terminal

/// A list to choose from, and what choosing does.
struct Menu: Sendable {
    enum Purpose: Sendable {
        /// Names are commands of the screen or of the console.
        case commands
        case columns
        /// Moving through the list tries the theme; leaving it brings the old one back.
        case themes(before: String)
        case narrow(AccessEvent, excludes: Bool)
        case revoke([RevokeChoice])
    }

    var purpose: Purpose
    var palette: Palette
    /// What is offered to be revoked for what was typed.
    var revocations: [RevokeChoice] = []
    /// What was asked for what was typed, and what there is.
    var asked: PolicyQuestion?
    var known: RevocationCandidates?
}

extension Menu {
    static func columns(_ choices: [ColumnChoice], glyphs: Glyphs) -> Menu {
        Menu(purpose: .columns, palette: Palette(title: "columns: enter shows or hides", entries: entries(of: choices)))
    }

    static func entries(of choices: [ColumnChoice]) -> [Palette.Entry] {
        choices.map { choice in
            Palette.Entry(
                id: choice.id, name: (choice.isShown ? "[x] " : "[ ] ") + choice.name, help: choice.help)
        }
    }

    static func themes(_ themes: [(name: String, description: String)], current: String) -> Menu {
        Menu(
            purpose: .themes(before: current),
            palette: Palette(
                title: "colours",
                entries: themes.map {
                    Palette.Entry(id: $0.name, name: CleanText($0.name), help: CleanText($0.description))
                }, selected: current))
    }

    static func narrow(_ event: AccessEvent, excludes: Bool) -> Menu {
        Menu(
            purpose: .narrow(event, excludes: excludes),
            palette: Palette(
                title: excludes ? "leave out requests with" : "only requests with",
                entries: choices(of: event).map {
                    Palette.Entry(id: $0.name, name: CleanText($0.name), help: CleanText($0.value ?? "unknown"))
                }))
    }

    static func revoke(_ choices: [RevokeChoice]) -> Menu {
        Menu(
            purpose: .revoke(choices),
            palette: Palette(
                title: "revoke",
                entries: choices.enumerated().map { index, choice in
                    Palette.Entry(id: "\(index)", name: choice.name, help: CleanText(choice.help))
                }))
    }

    /// The term that a chosen value of an event stands for.
    static func term(_ name: String, of event: AccessEvent, excludes: Bool) -> Filter? {
        guard let choice = choices(of: event).first(where: { $0.name == name }) else { return nil }
        return excludes ? .not(choice.term) : choice.term
    }

    /// Those most often wanted come first.
    private static let fields: [TextField] = [
        .client, .address, .route, .path, .reason, .method, .subject, .token, .host, .agent, .node, .source, .referrer,
        .query, .requestID,
    ]

    private static func choices(of event: AccessEvent) -> [(name: String, value: String?, term: Filter)] {
        var choices: [(String, String?, Filter)] = [
            ("outcome", event.outcome.name, .test(.outcome([event.outcome])))
        ]
        if let status = event.status {
            choices.append(("status", String(status), .test(.number(.status, [Int64(status)...Int64(status)]))))
        }
        for field in fields where event[field] != nil || field == .client {
            choices.append((field.name, event[field], .exactly(event[field], in: field)))
        }
        return choices
    }
}
