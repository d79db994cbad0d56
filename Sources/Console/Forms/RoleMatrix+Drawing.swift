import Domain
package import Terminal

extension RoleMatrix {
    package func draw(into frame: inout Frame, in area: Rect) {
        guard !area.isEmpty else { return }
        frame.fill(area, style: Style(.text))
        let (top, rest) = area.split(top: 1)
        let count = edits.count
        let note = count == 0 ? "unchanged" : count == 1 ? "1 role changed" : "\(count) roles changed"
        SectionHeader("roles \(roles.count) × routes \(routes.count)", note: CleanText(note), isFocused: true)
            .draw(into: &frame, in: top)
        guard !roles.isEmpty, !routes.isEmpty else {
            frame.put(
                roles.isEmpty ? "there are no roles yet" : "there are no routes yet",
                at: Point(x: rest.x + 2, y: rest.y), style: Style(.dim), width: rest.width - 2)
            return
        }
        let reasonRows = rest.height >= 16 ? 4 : rest.height >= 9 ? 2 : 0
        let (grid, bottom) = rest.split(bottom: rest.height > 5 ? 2 + reasonRows : 0)
        drawGrid(into: &frame, in: grid)
        drawBottom(into: &frame, in: bottom)
        search?.draw(into: &frame)
    }

    private func drawGrid(into frame: inout Frame, in rect: Rect) {
        let nameWidth = min(max(4, longestRole), max(1, rect.width / 4))
        let columnWidth = max(6, min(longestRoute + 2, 14))
        let (head, body) = rect.split(top: 1)
        let (names, cellArea) = body.split(left: nameWidth + 3)
        let shownColumns = min(routes.count, max(1, (cellArea.width - 1) / columnWidth))
        let shownRows = min(roles.count, body.height)
        let left = Self.first(around: column, visible: shownColumns, of: routes.count)
        let top = Self.first(around: row, visible: shownRows, of: roles.count)
        for index in 0..<shownColumns {
            let point = Point(x: cellArea.x + index * columnWidth, y: head.y)
            let isHere = left + index == column
            frame.put(
                CleanText(routes[left + index].name.text), at: point, style: Style(isHere ? .title : .header),
                width: columnWidth - 1, truncation: .middle)
        }
        if left > 0 { frame.put(frame.glyphs.moreLeft, at: Point(x: cellArea.x - 1, y: head.y), style: Style(.dim)) }
        if left + shownColumns < routes.count {
            frame.put(frame.glyphs.moreRight, at: Point(x: head.maxX - 1, y: head.y), style: Style(.dim))
        }
        let cells = cells(rows: top..<top + shownRows, columns: left..<left + shownColumns)
        for line in 0..<shownRows {
            let isHere = top + line == row
            let y = names.y + line
            if isHere { frame.put(frame.glyphs.selection, at: Point(x: names.x, y: y), style: Style(.accent)) }
            frame.put(
                CleanText(roles[top + line].name.text), at: Point(x: names.x + 2, y: y),
                style: Style(isHere ? .title : .text), width: nameWidth)
            for (index, cell) in cells[line].enumerated() {
                let place = Rect(x: cellArea.x + index * columnWidth, y: y, width: columnWidth - 1, height: 1)
                draw(cell, isHere: isHere && left + index == column, into: &frame, in: place.intersection(body))
            }
        }
        Scrollbar(total: roles.count, visible: shownRows, offset: top).draw(into: &frame, in: body)
    }

    /// The first of so many that are shown, with the one in question in their middle.
    private static func first(around index: Int, visible: Int, of count: Int) -> Int {
        max(0, min(index - visible / 2, count - visible))
    }

    private func draw(_ cell: Cell, isHere: Bool, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let background: StyleRole = isHere ? .selection : .background
        if isHere {
            frame.fill(rect, style: Style(.text, on: background))
            frame.cursor = rect.origin
        }
        let (sign, role) = Self.sign(cell.verdict, frame.glyphs)
        // Colour says the same as the signs: in parentheses what ancestors give.
        let text = cell.isInherited ? "(" + sign + ")" : " " + sign + " "
        var style = Style(cell.isInherited && !isHere ? .dim : role, on: background)
        if cell.isInherited, cell.verdict == .deny { style = Style(role, on: background) }
        let end = frame.put(text, at: rect.origin, style: style, width: rect.width)
        if cell.isChanged {
            frame.put("*", at: Point(x: end, y: rect.y), style: Style(.caution, on: background), width: rect.maxX - end)
        }
    }

    private static func sign(_ verdict: Entitlement.Verdict, _ glyphs: Glyphs) -> (CleanText, StyleRole) {
        switch verdict {
        case .none: (glyphs.separator, .faint)
        case .allow: ("+", .good)
        case .deny: ("-", .danger)
        case .partly: ("~", .caution)
        }
    }

    private func drawBottom(into frame: inout Frame, in rect: Rect) {
        guard rect.height >= 2 else { return }
        let route = routes[column]
        let title = "\(roles[row].name) × \(PermissionText.text(of: route.methods)) \(route.pattern.text)"
        SectionHeader(CleanText(title), note: notice.map { [Piece(CleanText($0), .caution)] } ?? [])
            .draw(into: &frame, in: rect.row(0))
        let (middle, last) = rect.split(top: 1).rest.split(bottom: 1)
        let reasons = reasons(row: row, column: column)
        for (line, reason) in reasons.prefix(middle.height).enumerated() {
            reason.draw(into: &frame, in: middle.row(line).split(left: 2).rest)
        }
        if reasons.isEmpty, middle.height > 0 {
            frame.put(
                "no permission speaks of it", at: Point(x: middle.x + 2, y: middle.y), style: Style(.dim),
                width: middle.width - 2)
        }
        let legend: [Piece] = [
            Piece("+ ", .good), Piece("allow  ", .dim), Piece("- ", .danger), Piece("deny  ", .dim),
            Piece("~ ", .caution), Piece("partly  ", .dim), Piece("( ) ", .text),
            Piece("inherited  ", .dim), Piece("* ", .caution), Piece("changed", .dim),
        ]
        frame.put(legend, at: Point(x: last.x + 2, y: last.y), width: last.width - 2)
    }
}
