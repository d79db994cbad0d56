import Domain
import Terminal

/// What was changed by two operators in two ways, field by field: before, mine, theirs.
struct ConflictPage: Sendable {
    let conflicts: [PolicyConflict]
    let active: Int
    /// The whole change that was to be made; only some of it is in the way of others.
    private let edits: [PolicyEdit]
    private var scroll = 0

    init(_ conflicts: [PolicyConflict], active: Int, edits: [PolicyEdit]) {
        self.conflicts = conflicts
        self.active = active
        self.edits = edits
    }

    /// Then what was written can't be put on top as it is.
    private var isElsewhere: Bool { conflicts.contains(where: \.isElsewhere) }

    private var mineOnTop: [PolicyEdit] {
        let onTop = conflicts.map { PolicyEdit(key: $0.key, before: $0.theirs, after: $0.mine) }
        let keys = Set(conflicts.map(\.key))
        return (onTop + edits.filter { !keys.contains($0.key) }).sorted { $0.key < $1.key }
    }

    enum Step {
        case stay
        /// Back to what was being written; nothing of it is lost.
        case back
        /// Mine on top of theirs.
        case mine([PolicyEdit])
    }

    mutating func handle(_ key: Key) -> Step {
        switch key {
        case .escape, .enter, "t": return .back
        case "m" where !isElsewhere: return .mine(mineOnTop)
        case .down, "j": scroll += 1
        case .up, "k": scroll = max(0, scroll - 1)
        case .pageDown: scroll += 10
        case .pageUp: scroll = max(0, scroll - 10)
        default: break
        }
        return .stay
    }

    /// The fields in which the three differ.
    private static func fields(of conflict: PolicyConflict) -> [(name: String, values: [String])] {
        let trees = [conflict.base, conflict.mine, conflict.theirs].map { $0?.tree(.brief) }
        var names: [String] = []
        for case .map(let members)? in trees.map({ $0?.content }) {
            for member in members where !names.contains(member.name) { names.append(member.name) }
        }
        var fields: [(String, [String])] = []
        for name in names {
            let values = trees.map { $0?[name].map { $0.json } ?? "" }
            if Set(values).count > 1 { fields.append((name, values)) }
        }
        if fields.isEmpty {
            fields.append(("", trees.map { $0 == nil ? "not there" : "there" }))
        }
        return fields
    }

    func draw(into frame: inout Frame) {
        let size = Size(width: min(110, max(20, frame.size.width - 6)), height: max(6, frame.size.height - 6))
        let content = Dialog(
            "Changed by others meanwhile", note: CleanText("version \(active) is in force"), role: .caution
        )
        .draw(into: &frame, contentSize: size)
        let (body, foot) = content.split(bottom: 2)
        var lines: [[Piece]] = [[Piece("Nothing was applied, and nothing of yours is lost.", .text)], []]
        for conflict in conflicts {
            lines.append([Piece(CleanText(conflict.key.description), .title)])
            if let note = conflict.note {
                lines += [Piece("  ! ", .caution), Piece(CleanText(note), .caution)].wrapped(columns: body.width - 1)
            }
            for field in Self.fields(of: conflict) {
                if !field.name.isEmpty { lines.append([Piece(CleanText("  " + field.name), .header)]) }
                for (index, label) in ["before", "mine", "theirs"].enumerated() {
                    let value = field.values[index].isEmpty ? "nothing" : field.values[index]
                    lines += [
                        Piece(CleanText("    \(label)" + String(repeating: " ", count: 8 - label.count)), .dim),
                        Piece(CleanText(value), index == 0 ? .dim : index == 1 ? .good : .caution),
                    ].wrapped(columns: body.width - 1)
                }
            }
            lines.append([])
        }
        let first = min(scroll, max(0, lines.count - body.height))
        for (row, line) in lines.dropFirst(first).prefix(body.height).enumerated() {
            _ = frame.put(line, at: Point(x: body.x, y: body.y + row), width: body.width - 1, on: .overlay)
        }
        Scrollbar(total: lines.count, visible: body.height, offset: first).draw(into: &frame, in: body)
        let onTop = isElsewhere ? [] : [Piece("m", .key), Piece(" mine on top of theirs, reviewed again   ")]
        _ = frame.put(
            onTop + [Piece("t", .key), Piece(" keep theirs   "), Piece("esc", .key), Piece(" back")],
            at: Point(x: foot.x, y: foot.y + 1), width: foot.width, on: .overlay)
        frame.cursor = body.origin
    }
}
