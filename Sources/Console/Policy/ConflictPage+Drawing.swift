import Domain
import Terminal

extension ConflictPage {
    func draw(into frame: inout Frame) {
        let size = Size(width: min(110, max(20, frame.size.width - 6)), height: max(6, frame.size.height - 6))
        let content = Dialog(
            "Changed by others meanwhile", note: CleanText("version \(active) is in force"), role: .caution
        )
        .draw(into: &frame, contentSize: size)
        let (body, foot) = content.split(bottom: 2)
        var lines: [[Piece]] = [[Piece("Nothing was applied, and nothing of yours is lost.", .text)], []]
        for part in parts { lines += part.lines(width: body.width - 1) + [[]] }
        let first = min(scroll, max(0, lines.count - body.height))
        for (row, line) in lines.dropFirst(first).prefix(body.height).enumerated() {
            _ = frame.put(line, at: Point(x: body.x, y: body.y + row), width: body.width - 1, on: .overlay)
        }
        Scrollbar(total: lines.count, visible: body.height, offset: first).draw(into: &frame, in: body)
        _ = frame.put(hints, at: Point(x: foot.x, y: foot.y + 1), width: foot.width, on: .overlay)
        frame.cursor = body.origin
    }

    private var hints: [Piece] {
        var hints: [Piece] = []
        if !isElsewhere {
            let isByField = parts.allSatisfy { $0.merge?.item != nil }
            let what: CleanText = isByField ? " mine in these fields, reviewed   " : " mine on top, reviewed   "
            hints += [Piece("m", .key), Piece(what)]
        }
        let theirs: CleanText = isOwnChange ? " theirs, dropping mine   " : " leave it as it is   "
        return hints + [Piece("t", .key), Piece(theirs), Piece("esc", .key), Piece(" back")]
    }
}

extension ConflictPage.Part {
    func lines(width: Int) -> [[Piece]] {
        var lines: [[Piece]] = [[Piece(CleanText(conflict.key.description), .title)]]
        if let note = conflict.note {
            lines += [Piece("  ! ", .caution), Piece(CleanText(note), .caution)].wrapped(columns: width)
        }
        guard let merge, !merge.clashes.isEmpty else { return lines + whole(width) }
        for clash in merge.clashes {
            lines.append([Piece(CleanText("  " + clash.label), .header)])
            lines += side("before", clash.base.map { ("", $0) }, .dim, width)
            lines += side("mine", signed(clash.mine, clash), .good, width)
            lines += side("theirs", signed(clash.theirs, clash), .caution, width)
        }
        return lines + settled(merge, width)
    }

    /// Of lists what goes and comes, of other fields what stands there.
    private func signed(_ lines: [String], _ clash: ItemMerge.Clash) -> [(String, String)] {
        guard clash.isList else { return lines.map { ("", $0) } }
        return LineDifference.between(clash.base, lines).map { ($0.sign + " ", $0.text) }
    }

    private func side(_ label: String, _ lines: [(sign: String, text: String)], _ role: StyleRole, _ width: Int)
        -> [[Piece]]
    {
        let indent = 12
        let lines = lines.isEmpty ? [("", "nothing")] : lines
        var rows: [[Piece]] = []
        for line in lines {
            for row in [Piece(CleanText(line.sign + line.text), role)].wrapped(columns: width - indent) {
                let head = rows.isEmpty ? "    " + label : ""
                rows.append(
                    [
                        Piece(CleanText(head + String(repeating: " ", count: indent - head.count)), .dim)
                    ] + row)
            }
        }
        return rows
    }

    /// What needs nobody's choice.
    private func settled(_ merge: ItemMerge, _ width: Int) -> [[Piece]] {
        guard !merge.settled.isEmpty else { return [] }
        let names = merge.settled.map { field in
            switch field.side {
            case .mine: "\(field.label) (mine)"
            case .theirs: "\(field.label) (theirs)"
            case .both: "\(field.label) (both)"
            }
        }
        let text = "  goes together by itself: " + names.joined(separator: ", ")
        return [Piece(CleanText(text), .dim)].wrapped(columns: width)
    }

    /// An item that one of the two made or removed: what became of it, and how the others differ.
    private func whole(_ width: Int) -> [[Piece]] {
        var lines: [[Piece]] = []
        let sides: [(label: String, item: PolicyItem?, role: StyleRole)] = [
            ("mine", conflict.mine, .good), ("theirs", conflict.theirs, .caution),
        ]
        lines += side("before", [("", conflict.base == nil ? "not there" : "there")], .dim, width)
        for (label, item, role) in sides {
            guard let item else {
                lines += side(label, [("", conflict.base == nil ? "not there" : "removed")], role, width)
                continue
            }
            let found = LineDifference.between(conflict.base?.lines ?? [], item.lines).filter { $0.sign != " " }
            let rows = found.map { ($0.sign + " ", $0.text) }
            lines += side(label, rows.isEmpty ? [("", "as it was")] : rows, role, width)
        }
        return lines
    }
}
