package import Domain
package import Terminal

extension TokenRecord: ListedRecord {
    package static let columns = [
        ListColumn("id", "its jti, shortened", width: .fixed(8)),
        ListColumn("client", "who it was issued to", width: .flexible(12, weight: 2), role: .accent),
        ListColumn("subject", "for whom it speaks", width: .flexible(12, weight: 3)),
        ListColumn("kind", "access or refresh", width: .fixed(7), drop: 3, role: .dim),
        ListColumn("form", "jwt or opaque", width: .fixed(6), drop: 5, role: .dim, more: true),
        ListColumn("state", "active, expired or revoked", width: .fixed(7)),
        ListColumn(
            "scope", "what it may be used for", title: "scopes", width: .flexible(10, weight: 3), drop: 4, role: .dim),
        ListColumn(
            "role", "the roles that it brings", title: "roles", width: .flexible(10, weight: 2), drop: 5, role: .dim,
            more: true),
        ListColumn("issued", "how long ago", width: .fixed(10), drop: 1, role: .dim),
        ListColumn("expires", "until when it is good", width: .fixed(10), role: .dim),
        ListColumn(
            "from", "the address it was issued to", title: "issued from", width: .flexible(13, weight: 1), drop: 2,
            role: .dim),
        ListColumn(
            "family", "the login that it came from", width: .fixed(7), drop: 6, role: .dim, isNumber: true, more: true),
        ListColumn(
            "credential", "what its client proved itself with", width: .fixed(10), drop: 6, role: .dim, isNumber: true,
            more: true),
        ListColumn("issuer", "who issued it", width: .flexible(14, weight: 2), drop: 7, role: .dim, more: true),
        ListColumn(
            "token", "what stands for it in traffic", width: .flexible(18, weight: 1), drop: 7, role: .dim, more: true),
    ]

    package static let fields = [
        "id", "client", "subject", "kind", "form", "state", "scope", "role", "family", "credential", "issuer", "from",
        "issued", "expires", "token",
    ]

    var shortID: String { String(id.prefix(8)) }

    package func values(of field: String, in context: ScreenContext) -> [String] {
        switch field {
        case "id": [id, shortID]
        case "client": [client]
        case "subject": subject.isEmpty ? [] : [subject]
        case "kind": [kind.rawValue]
        case "form": [form.rawValue]
        case "state": [state(at: context.now).rawValue]
        case "scope": scopes
        case "role": roles ?? []
        case "family": ["\(family)"]
        case "credential": credential.map { ["\($0)"] } ?? []
        case "issuer": [issuer]
        case "from": issuedFrom.map { ["\($0)"] } ?? []
        case "issued": [TimeText.rfc3339(issued)]
        case "expires": [TimeText.rfc3339(expires)]
        case "token": [digest]
        default: []
        }
    }

    /// The whole id, and never the token.
    package func exportText(of field: String, in context: ScreenContext) -> String {
        field == "id" ? id : values(of: field, in: context).joined(separator: " ")
    }

    package var texts: [String] { [id, client, subject, issuer] + scopes }

    package func cell(of field: String, in context: ScreenContext, _ glyphs: Glyphs) -> TableCell? {
        switch field {
        case "id": return .text(CleanText(shortID), Style(.text))
        case "subject" where subject.isEmpty: return .text("itself", Style(.faint))
        case "state":
            let state = state(at: context.now)
            return .text(CleanText(state.rawValue), Style(state.role))
        case "issued": return .text(CleanText(TimeText.relative(issued, now: context.now)), Style(.dim))
        case "expires":
            let isSoon = expires.microseconds - context.now.microseconds < 300_000_000
            return .text(
                CleanText(TimeText.relative(expires, now: context.now)), Style(isSoon ? .caution : .dim))
        default: return nil
        }
    }
}

extension TokenRecord.State {
    var role: StyleRole {
        switch self {
        case .active: .good
        case .expired: .dim
        case .revoked: .danger
        }
    }
}

extension TokenSelection {
    /// What of a filter the store can look up by itself: it is asked for the newest of these, and all of the filter is
    /// applied to what comes. Without a word on the state only tokens that are alive are looked at.
    init(narrowing filter: ListFilter, limit: Int) {
        self.init(state: filter.mentions("state") ? nil : .active, limit: limit)
        let parts: [ListFilter]
        if case .all(let several) = filter { parts = several } else { parts = [filter] }
        for case .field(let name, let patterns) in parts where patterns.count == 1 {
            let pieces = patterns[0].pieces.map { String(decoding: $0, as: UTF8.self) }
            guard let text = pieces.first else { continue }
            if name == "id", text.count >= 4 { idPrefix = text }
            guard pieces.count == 1 else { continue }
            switch name {
            case "client": client = text
            case "subject": subject = text
            case "family": family = Int64(text)
            case "state": state = TokenRecord.State(rawValue: text.lowercased())
            default: break
            }
        }
    }
}

extension ListFilter {
    fileprivate func mentions(_ name: String) -> Bool {
        switch self {
        case .everything, .word: false
        case .all(let parts), .any(let parts): parts.contains { $0.mentions(name) }
        case .not(let part): part.mentions(name)
        case .field(let field, _), .absent(let field), .number(let field, _): field == name
        }
    }
}
