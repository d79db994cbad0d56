package import Domain
package import Terminal

extension ItemForm {
    /// A row of the form, before it is scrolled.
    private enum Row {
        case stop(Stop)
        case message(CleanText, isLoud: Bool)
        case heading(CleanText)
        case permission(EffectivePermission)
    }

    package func draw(into frame: inout Frame, in area: Rect, policy: Policy) {
        guard !area.isEmpty else { return }
        frame.fill(area, style: Style(.text))
        let (top, rest) = area.split(top: area.height > 3 ? 1 : 0)
        let title = (draft.original == nil && draft.kind != .settings ? "new " : "edit ") + draft.kind.rawValue
        let name = draft.original == nil || draft.kind == .settings ? "" : " " + draft.name
        SectionHeader(
            CleanText(title + name), note: hasChanges ? "~ changed" : "unchanged", isFocused: true
        ).draw(into: &frame, in: top)
        let (body, bottom) = rest.split(bottom: rest.height > 7 ? 3 : rest.height > 3 ? 1 : 0)
        drawBottom(into: &frame, in: bottom)
        let anchor = drawRows(into: &frame, in: body, policy: policy)
        if let anchor, picker == nil {
            let start = input.columns(toOffset: suggestions.replaced.lowerBound)
            Completions(suggestions.texts.map { .init(CleanText($0)) }, selected: chosenSuggestion).draw(
                into: &frame, at: Point(x: min(anchor.x + start, body.maxX - 1), y: anchor.y), within: body)
        }
        picker?.palette.draw(into: &frame)
        if let cursor = frame.cursor, !area.contains(cursor) { frame.cursor = nil }
    }

    private func drawBottom(into frame: inout Frame, in rect: Rect) {
        guard rect.height > 0 else { return }
        let summary = summary
        if rect.height == 1 {
            frame.put([summary], at: Point(x: rect.x + 2, y: rect.y), width: rect.width - 2)
            return
        }
        let label = CleanText(field?.label ?? "")
        let room = rect.width - label.columns - 10
        let note = Piece(summary.text.truncated(to: room, ellipsis: frame.glyphs.ellipsis), summary.style)
        SectionHeader(label, note: [note]).draw(into: &frame, in: rect.row(0))
        let help = [Piece(CleanText(field?.help ?? ""), .dim)].wrapped(columns: max(1, rect.width - 4))
        for (index, line) in help.prefix(rect.height - 1).enumerated() {
            frame.put(line, at: Point(x: rect.x + 2, y: rect.y + 1 + index), width: rect.width - 4)
        }
    }

    /// Draws what is visible of the form; returns where the focused text begins.
    private func drawRows(into frame: inout Frame, in body: Rect, policy: Policy) -> Point? {
        guard !body.isEmpty else { return nil }
        let labelWidth = min((draft.fields.map { CleanText($0.label).columns }.max() ?? 0) + 1, body.width / 3)
        let valueX = body.x + 3 + labelWidth
        let valueWidth = max(1, body.maxX - valueX - 1)
        let troubles = troubles
        let rows = rows(troubles, width: valueWidth, policy: policy)
        let focused = rows.firstIndex { if case .stop(focus) = $0 { true } else { false } } ?? 0
        let most = max(0, rows.count - body.height)
        let first = min(max(0, focused - body.height / 2 + scroll), most)
        var anchor: Point?
        for (line, row) in rows.dropFirst(first).prefix(body.height).enumerated() {
            let rect = body.row(line)
            let value = Rect(x: valueX, y: rect.y, width: valueWidth, height: 1)
            switch row {
            case .stop(let stop):
                drawLabel(stop, labelWidth: labelWidth, into: &frame, in: rect)
                if stop == focus {
                    drawInput(troubles, into: &frame, in: value)
                    anchor = value.origin
                } else {
                    drawValue(stop, into: &frame, in: value)
                }
            case .message(let text, let isLoud):
                frame.put(text, at: value.origin, style: Style(isLoud ? .danger : .dim), width: value.width)
            case .heading(let text):
                SectionHeader(text).draw(into: &frame, in: rect)
            case .permission(let permission):
                permission.draw(into: &frame, in: rect.split(left: 2).rest)
            }
        }
        Scrollbar(total: rows.count, visible: body.height, offset: first).draw(into: &frame, in: body)
        return anchor
    }

    private func rows(_ troubles: [Trouble], width: Int, policy: Policy) -> [Row] {
        var rows: [Row] = []
        var rest = troubles[...]
        for stop in stops {
            rows.append(.stop(stop))
            if stop == focus, !isEditable {
                rows.append(.message("! too long, or not all of it can be seen; use a file", isLoud: true))
            }
            while let trouble = rest.first, trouble.stop == stop {
                rest = rest.dropFirst()
                guard isWorthTelling(trouble) else { continue }
                let text = [Piece(CleanText("! " + trouble.message), .danger)]
                for line in text.wrapped(columns: width).prefix(3) {
                    rows.append(.message(line.reduce(.empty) { $0 + $1.text }, isLoud: trouble.isLoud))
                }
            }
        }
        if draft.kind == .role {
            let permissions = EffectivePermission.all(of: draft, in: policy)
            rows.append(.heading(CleanText("effective permissions: \(permissions.count)")))
            rows += permissions.map { .permission($0) }
        }
        return rows
    }

    private func drawLabel(_ stop: Stop, labelWidth: Int, into frame: inout Frame, in row: Rect) {
        let field = draft.fields[stop.field]
        let isFocused = stop == focus
        if isFocused { frame.put(frame.glyphs.selection, at: row.origin, style: Style(.accent)) }
        guard stop.line ?? 0 == 0 else { return }
        if draft.original != nil, draft.hasChanges(in: field.id) {
            frame.put("~", at: Point(x: row.x + 1, y: row.y), style: Style(.caution))
        }
        let style = stop.field == focus.field ? Style(.title) : Style(.dim)
        frame.put(CleanText(field.label), at: Point(x: row.x + 2, y: row.y), style: style, width: labelWidth)
    }

    private func drawInput(_ troubles: [Trouble], into frame: inout Frame, in rect: Rect) {
        guard isEditable else {
            frame.put(CleanText(text(at: focus)), at: rect.origin, style: Style(.dim), width: rect.width)
            frame.cursor = rect.origin
            return
        }
        var wrong: Range<Int>?
        if let trouble = troubles.first(where: { $0.stop == focus && $0.isLoud }), let column = trouble.column {
            let scalars = Array(input.text.unicodeScalars)
            let start = min(max(0, column - 1), scalars.count)
            let end = scalars[start...].firstIndex { $0 == " " || $0 == "," } ?? scalars.count
            let offset = scalars[..<start].reduce(0) { $0 + UTF8.width($1) }
            wrong = offset..<offset + scalars[start..<max(start, end)].reduce(0) { $0 + UTF8.width($1) }
        }
        input.draw(into: &frame, in: rect, error: wrong, placeholder: placeholder(focus))
        if isSelected {
            let width = min(rect.width, CleanText(input.text).columns)
            frame.restyle(Rect(x: rect.x, y: rect.y, width: width, height: 1)) { _ in
                Style(.selectionText, on: .selection)
            }
        }
    }

    private func drawValue(_ stop: Stop, into frame: inout Frame, in rect: Rect) {
        let text = CleanText(text(at: stop))
        if text.isEmpty {
            frame.put(placeholder(stop), at: rect.origin, style: Style(.placeholder), width: rect.width)
        } else {
            frame.put(text, at: rect.origin, width: rect.width)
        }
    }

    private func placeholder(_ stop: Stop) -> CleanText {
        let field = draft.fields[stop.field]
        if stop.line != nil { return stop == focus ? "type a new one" : "+" }
        return field.isRequired ? "required" : ""
    }
}
