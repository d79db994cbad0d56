import Domain
package import Terminal

extension UsageReport.Row: ListedRecord {
    package var id: Thing { thing }

    package static let columns = [
        ListColumn("kind", "permission or scope", width: .fixed(10), drop: 2, role: .dim),
        ListColumn(
            "holder", "the role or client that has it", title: "of", width: .flexible(16, weight: 2), role: .accent),
        ListColumn("what", "what it permits", width: .flexible(20, weight: 5)),
        ListColumn("count", "how many made use of it", title: "requests", width: .fixed(9), isNumber: true),
        ListColumn("last", "when it was used last", width: .fixed(12), drop: 1),
    ]

    package static let exported = ["kind", "holder", "what", "requests", "last"]

    package static let fields = ["kind", "role", "client", "scope", "permission", "count", "last"]

    package func values(of field: String, in context: ScreenContext) -> [String] { values(of: field) }

    /// They hang on no moment.
    func values(of field: String) -> [String] {
        switch (field, thing) {
        case ("kind", .permission): ["permission"]
        case ("kind", .scope): ["scope"]
        case ("holder", .permission(let role, _, _)): ["role \(role)"]
        case ("holder", .scope(let client, _)): ["client \(client)"]
        case ("role", .permission(let role, _, _)): [role]
        case ("client", .scope(let client, _)): [client]
        case ("scope", .scope(_, let scope)), ("what", .scope(_, let scope)): [scope]
        case ("permission", .permission(_, _, let text)), ("what", .permission(_, _, let text)): [text]
        case ("count", _), ("requests", _): ["\(count)"]
        case ("last", _): last.map { [TimeText.rfc3339($0)] } ?? []
        default: []
        }
    }

    package var texts: [String] {
        switch thing {
        case .permission(let role, _, let text): [role, text]
        case .scope(let client, let scope): [client, scope]
        }
    }

    package func cell(of field: String, in context: ScreenContext, _ glyphs: Glyphs) -> TableCell? {
        switch field {
        case "count":
            return count == 0
                ? .text("never", Style(.caution)) : .text(NumberText.grouped(count), Style(.text))
        case "last":
            return last.map { .text(CleanText(TimeText.relative($0, now: context.shownNow)), Style(.dim)) }
        default: return nil
        }
    }

    /// Whether it denies, and so guards also while nothing meets it.
    var isDeny: Bool {
        switch thing {
        case .permission(_, _, let text): text.hasPrefix(Permission.Effect.deny.name + " ")
        case .scope: false
        }
    }

    /// Those never used first, then those used least; what belongs together beside each other.
    static func inOrder(_ rows: [Self]) -> [Self] {
        let keyed = rows.map { ($0, place: $0.place) }
        return keyed.sorted { left, right in
            (left.0.count, left.place.0, left.place.1, left.place.2) < (
                right.0.count, right.place.0, right.place.1, right.place.2
            )
        }
        .map(\.0)
    }

    private var place: (String, Int, String) {
        switch thing {
        case .permission(let role, let index, _): ("role " + role, index, "")
        case .scope(let client, let scope): ("client " + client, 0, scope)
        }
    }
}
