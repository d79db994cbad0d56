import Domain
import Terminal

/// A permission that a role has: its own, or one that an ancestor gives it.
struct EffectivePermission: Hashable, Sendable {
    let permission: Permission
    /// The ancestor that it comes from; nil for the role itself.
    let source: String?

    private static let most = 1000

    /// Those of a role as it is being edited, its own first, then its ancestors', nearest first.
    static func all(of draft: ItemDraft, in policy: Policy) -> [EffectivePermission] {
        var found = draft.permissions.prefix(most).map { EffectivePermission(permission: $0, source: nil) }
        var next = draft["parents"].split { $0 == "," || $0 == " " }.map(String.init)
        var seen: Set = [draft.name]
        while !next.isEmpty, found.count < most {
            let level = next
            next = []
            for name in level where seen.insert(name).inserted {
                guard case .role(let role)? = ItemKey(text: "role/\(name)").flatMap({ policy[$0] }) else { continue }
                found += role.permissions.prefix(most - found.count).map {
                    EffectivePermission(permission: $0, source: name)
                }
                next += role.parents.map(\.text)
            }
        }
        return found
    }

    func draw(into frame: inout Frame, in row: Rect) {
        let isAllow = permission.effect == .allow
        frame.put(isAllow ? "+" : "-", at: row.origin, style: Style(isAllow ? .good : .danger))
        let note = source.map { CleanText("from \($0)") } ?? .empty
        let (left, right) = row.split(left: 2).rest.split(right: min(note.columns, row.width / 3), gap: 2)
        frame.put(
            CleanText(PermissionText.text(of: permission)), at: left.origin,
            style: Style(source == nil ? .text : .dim), width: left.width)
        frame.put(note, at: right.origin, style: Style(.accent), width: right.width)
    }
}
