import Domain
import Terminal

/// What was before and what is after, as lines of a detail with a sign before each.
enum SignedLines {
    static func lines(of edits: Contents<[PolicyEdit]>) -> [ItemDetail.Line] {
        switch edits {
        case .loading: return [.loading]
        case .failed(let text): return [.field(.empty, [Piece(CleanText(text), .caution)])]
        case .loaded(let edits):
            if edits.isEmpty { return [.field(.empty, [Piece("nothing", .dim)])] }
            return ReviewPage.difference(edits).map { line($0.0, $0.1) }
        }
    }

    /// Two JSON texts of the audit trail, field by field.
    static func lines(before: String?, after: String?) -> [ItemDetail.Line] {
        let old = fields(of: before)
        let new = fields(of: after)
        var lines: [ItemDetail.Line] = []
        for field in old {
            let text = CleanText("\(field.name): \(field.value)")
            guard let next = new.first(where: { $0.name == field.name }) else {
                lines.append(line("-", text))
                continue
            }
            guard next.value != field.value else {
                lines.append(line(" ", text))
                continue
            }
            lines.append(line("-", text))
            lines.append(line("+", CleanText("\(next.name): \(next.value)")))
        }
        for field in new where !old.contains(where: { $0.name == field.name }) {
            // Where nothing was before, it is an account of what was done, and no change.
            lines.append(line(before == nil ? " " : "+", CleanText("\(field.name): \(field.value)")))
        }
        return lines
    }

    private static func line(_ sign: String, _ text: CleanText) -> ItemDetail.Line {
        let role = ReviewPage.role(sign)
        return .field(.empty, [Piece(CleanText(sign + " "), role), Piece(text, role)])
    }

    /// The fields of a JSON object, those of objects in it under a path such as `rows.tokens/17`.
    private static func fields(of json: String?) -> [(name: String, value: String)] {
        guard let json else { return [] }
        guard let tree = try? PolicyTree(parsingJSON: json.utf8) else { return [("text", json)] }
        var fields: [(name: String, value: String)] = []
        collect(tree, under: "", into: &fields)
        return fields
    }

    private static func collect(
        _ tree: PolicyTree, under path: String, into fields: inout [(name: String, value: String)]
    ) {
        switch tree.content {
        case .map(let members) where !members.isEmpty:
            for member in members {
                collect(member.value, under: path.isEmpty ? member.name : "\(path).\(member.name)", into: &fields)
            }
        case .text(let text): fields.append((path, text))
        case .map, .list, .integer, .flag, .nothing: fields.append((path, tree.json))
        }
    }
}
