import Domain
package import Terminal

extension TryScreen {
    /// Where the fields are, and where the decision: beside each other where there is room.
    private static func layout(_ area: Rect) -> (fields: Rect, decision: Rect) {
        if area.width >= 110 {
            let parts = area.split(left: min(56, area.width * 2 / 5), gap: 2)
            return (parts.left, parts.rest)
        }
        let height = min(TryField.allCases.count + 1, max(5, area.height * 2 / 5))
        let parts = area.split(top: height)
        return (parts.top, parts.rest)
    }

    package func draw(into frame: inout Frame, in area: Rect, context: ScreenContext) {
        let layout = Self.layout(area)
        drawDecision(into: &frame, in: layout.decision, context: context)
        drawFields(into: &frame, in: layout.fields, context: context)
    }

    private func drawFields(into frame: inout Frame, in area: Rect, context: ScreenContext) {
        SectionHeader("request", note: "not sent anywhere", isFocused: isInFields).draw(into: &frame, in: area.row(0))
        let body = area.split(top: 1).rest
        let first = min(max(0, focus.rawValue - body.height + 2), max(0, TryField.allCases.count - body.height))
        var anchor: Point?
        for (row, field) in TryField.allCases.dropFirst(first).prefix(body.height).enumerated() {
            let line = body.row(row)
            let isFocused = isInFields && field == focus
            frame.put(isFocused ? frame.glyphs.selection : " ", at: line.origin, style: Style(.accent), width: 1)
            frame.put(
                field.label, at: Point(x: line.x + 2, y: line.y), style: Style(isFocused ? .title : .dim), width: 12)
            let problem = problem(field, context)
            let problemWidth = problem.isEmpty ? 0 : min(problem.columns + 3, line.width / 2)
            let value = Rect(x: line.x + 14, y: line.y, width: max(1, line.width - 15 - problemWidth), height: 1)
            let text = request.texts[field] ?? ""
            if isFocused {
                input.draw(into: &frame, in: value, placeholder: field.placeholder)
                anchor = value.origin
            } else {
                frame.put(
                    text.isEmpty ? field.placeholder : CleanText(text), at: value.origin,
                    style: Style(text.isEmpty ? .placeholder : .text), width: value.width)
            }
            if problemWidth > 0 {
                frame.put(
                    "! " + problem, at: Point(x: value.maxX + 1, y: line.y), style: Style(.caution),
                    width: problemWidth - 1)
            }
        }
        Scrollbar(total: TryField.allCases.count, visible: body.height, offset: first).draw(into: &frame, in: body)
        guard let anchor else { return }
        let start = input.columns(toOffset: suggestions.replaced.lowerBound)
        Completions(suggestions.texts.map { .init(CleanText($0)) }, selected: chosenSuggestion).draw(
            into: &frame, at: Point(x: min(anchor.x + start, body.maxX - 1), y: anchor.y),
            within: Rect(x: body.x, y: body.y, width: body.width, height: max(body.height, self.area.maxY - body.y)))
    }

    private func problem(_ field: TryField, _ context: ScreenContext) -> CleanText {
        // While one types a word that can still become something, its being wrong is no news.
        guard field != focus || suggestions.texts.isEmpty, let state = context.policy.state,
            let problem = request.problem(field, in: state.snapshot, now: context.shownNow, zone: context.zone)
        else { return .empty }
        return CleanText(problem)
    }

    private func drawDecision(into frame: inout Frame, in area: Rect, context: ScreenContext) {
        let version = context.policy.state.map { CleanText("policy \($0.version.number)") } ?? .empty
        SectionHeader("decision", note: version).draw(into: &frame, in: area.row(0))
        let body = area.split(top: 1).rest.inset(columns: 1)
        let rows = ItemDetailRows(lines(context, frame.glyphs), width: body.width)
        let first = min(scroll, max(0, rows.count - body.height))
        rows.draw(into: &frame, in: body, from: first)
        Scrollbar(total: rows.count, visible: body.height, offset: first).draw(
            into: &frame, in: area.split(top: 1).rest)
        if !isInFields { frame.cursor = body.origin }
    }

    private func lines(_ context: ScreenContext, _ glyphs: Glyphs) -> [ItemDetail.Line] {
        guard let explanation, let snapshot = context.policy.state?.snapshot else {
            if let text = context.policy.absence {
                return [.field(.empty, [Piece(CleanText(text), .caution)])]
            }
            return [.field(.empty, [Piece("a path is all that it takes", .dim)])]
        }
        let reason = explanation.decision.reason
        let pieces = [
            Piece(reason.outcome.symbol(glyphs), reason.outcome.role), Piece(" "),
            Piece(
                CleanText(reason == .allowed ? "allowed" : "\(reason.status) \(reason.outcome.name)"),
                reason.outcome.role),
            Piece(CleanText(reason == .allowed ? ", as far as its quotas go" : "  \(reason.code)")),
        ]
        return [.field("it would be", pieces)]
            + ExplanationLines(explanation: explanation, snapshot: snapshot).lines(glyphs)
    }

    func longestScroll(_ context: ScreenContext) -> Int {
        let body = Self.layout(area).decision
        let rows = ItemDetailRows(lines(context, .unicode), width: max(1, body.width - 2))
        return max(0, rows.count - max(1, body.height - 1))
    }

    /// The decision as plain text.
    func text(_ context: ScreenContext) -> String { ItemDetail.Line.text(lines(context, .ascii)) }
}
