import Domain
import Terminal

extension AccessDifference.Group {
    var tree: PolicyTree {
        .map([
            .init("effect", .text(kind.name)), .init("route", .text(route)), .init("method", .text(method.name)),
            .init("clients", .words(clients)), .init("client_count", .integer(clientCount)),
            .init("anonymous", .flag(isAnonymous)),
        ])
    }
}

extension AccessDifference.Group {
    /// Whether the same happens to the same clients on the same route, by another method.
    fileprivate func happensAs(_ other: Self) -> Bool {
        route == other.route && kind == other.kind && clients == other.clients && clientCount == other.clientCount
            && isAnonymous == other.isAnonymous
    }
}

extension PolicyPrinter {
    /// The most lines that people are shown.
    private static let mostGroups = 40

    /// Who may call what that they couldn't, and the other way round.
    mutating func effect(_ difference: AccessDifference) throws {
        var rows: [(group: AccessDifference.Group, methods: [Method])] = []
        for group in difference.groups {
            // In the order of routes, so that those alike are near.
            let index = rows.indices.suffix(16).first { rows[$0].group.happensAs(group) }
            if let index { rows[index].methods.append(group.method) } else { rows.append((group, [group.method])) }
        }
        for (group, methods) in rows.prefix(Self.mostGroups) {
            let (verb, role): (String, StyleRole) =
                switch group.kind {
                case .gained: ("may now call", .caution)
                case .lost: ("may no longer call", .danger)
                case .changed: ("may call under other conditions", .dim)
                }
            let what = methods.map(\.name).joined(separator: ", ")
            try line([
                Piece("effect  ", .dim), Piece(CleanText(Self.names(group)), .title),
                Piece(CleanText(" \(verb) route \(group.route): \(what)"), role),
            ])
        }
        if rows.count > Self.mostGroups || !difference.isComplete { try line("and more; --json has them", .dim) }
    }

    private static func names(_ group: AccessDifference.Group) -> String {
        var names = group.clients.prefix(5).map { $0 }
        if group.clientCount > names.count { names.append("\(group.clientCount - names.count) more clients") }
        if group.isAnonymous { names.append("requests without credentials") }
        return names.joined(separator: ", ")
    }
}
