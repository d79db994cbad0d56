import Domain
import Terminal

/// What the page shows: first what is wrong or dangerous, then what changes, then what it does to recorded traffic.
extension ReviewPage {
    struct Body {
        var lines: [[Piece]] = []
        /// The line of the effect's first row.
        var firstRow = 0
    }

    private static func contentSize(on screen: Size) -> Size {
        Size(width: min(110, max(20, screen.width - 8)), height: max(8, screen.height - 6))
    }

    /// What went wrong and what to do, on as many lines as it takes.
    private func problemLines(width: Int) -> [[Piece]] {
        guard let problem else { return [] }
        let lines = [Piece(CleanText(problem), .danger)].wrapped(columns: width)
        return lines.count > 4 ? lines.prefix(3) + [lines[3...].flatMap { $0 }] : lines
    }

    private func footHeight(width: Int) -> Int { 4 + max(1, problemLines(width: width).count) }

    /// The room for the body.
    func bodySize(on screen: Size) -> Size {
        let size = Self.contentSize(on: screen)
        return Size(width: size.width, height: max(1, size.height - footHeight(width: size.width)))
    }

    func draw(into frame: inout Frame) {
        let content = Dialog(
            CleanText("Review: " + request.title), note: isInForce ? "it is in force" : "nothing is applied yet",
            role: .accent
        )
        .draw(into: &frame, contentSize: Self.contentSize(on: frame.size))
        let (area, foot) = content.split(bottom: footHeight(width: content.width))
        let body = body(frame.glyphs, width: area.width)
        let first = min(scroll, max(0, body.lines.count - area.height))
        for (row, line) in body.lines.dropFirst(first).prefix(area.height).enumerated() {
            _ = frame.put(line, at: Point(x: area.x, y: area.y + row), width: area.width - 1, on: .overlay)
        }
        Scrollbar(total: body.lines.count, visible: area.height, offset: first).draw(into: &frame, in: area)
        drawFoot(into: &frame, in: foot)
        let line = body.firstRow + row - first
        if focus == .rows, (0..<area.height).contains(line) { frame.cursor = Point(x: area.x, y: area.y + line) }
    }

    func body(_ glyphs: Glyphs, width: Int) -> Body {
        var body = Body(lines: dangerLines(glyphs, width: width))
        if let about = request.about {
            body.lines = [Piece(CleanText(about), .text)].wrapped(columns: width - 1) + body.lines
        }
        if !body.lines.isEmpty { body.lines.append([]) }
        body.lines.append([Piece("difference", .header)])
        for line in difference {
            body.lines.append([
                Piece(CleanText(line.sign + " "), Self.role(line.sign)), Piece(line.text, Self.role(line.sign)),
            ])
        }
        body.lines += [[], [Piece(effectTitle, .header)]]
        guard !isInForce else {
            body.lines.append([Piece("in force already: keeping it decides no request differently", .dim)])
            return body
        }
        let effect = effect(glyphs)
        body.firstRow = body.lines.count + effect.place.first
        body.lines += effect.lines
        return body
    }

    /// What nobody may miss: what is wrong, what waits, what is dangerous, and what can't be undone.
    private func dangerLines(_ glyphs: Glyphs, width: Int) -> [[Piece]] {
        var lines: [[Piece]] = []
        func add(_ text: String, _ role: StyleRole) {
            lines += [Piece("! ", role), Piece(CleanText(text), role)].wrapped(columns: width - 1)
        }
        if let checkProblem {
            add(checkProblem, .danger)
        } else if check == nil {
            lines.append([Piece("checking what comes out…", .dim)])
        }
        for found in problems { add(found.description, .danger) }
        if let conflicts = check?.conflicts, !conflicts.isEmpty {
            add("others changed the same since: " + PolicyConflict.text(of: conflicts), .danger)
        }
        if !waitsFor.isEmpty {
            let names = waitsFor.sorted().map(\.name).joined(separator: ", ")
            lines += [
                [
                    Piece(glyphs.up, .caution), Piece(" takes a second operator: ", .caution),
                    Piece(CleanText(names), .caution),
                ],
                [Piece("  it waits as a draft until somebody else approves it", .dim)],
            ]
        }
        if !warnings.isEmpty {
            lines.append([Piece("look twice", .header)])
            for warning in warnings { add(warning, .caution) }
        }
        return lines
    }

    private var effectTitle: CleanText {
        "effect on the traffic of the last 24 h" + (onTop == nil ? "" : ", with yours on top of theirs")
    }

    private func effect(_ glyphs: Glyphs) -> ReplayLines {
        ReplayLines(
            replay: replay, problem: replayProblem, isCancelled: isReplayCancelled, duration: Self.replayed,
            selection: row, isChoosing: focus == .rows, glyphs: glyphs)
    }

    static func role(_ sign: String) -> StyleRole {
        switch sign {
        case "+": .good
        case "-": .danger
        case "~": .accent
        default: .dim
        }
    }

    private func drawFoot(into frame: inout Frame, in area: Rect) {
        frame.rule(at: area.origin, width: area.width, style: Style(.rule, on: .overlay))
        frame.put("reason", at: Point(x: area.x, y: area.y + 1), style: Style(.dim, on: .overlay))
        let field = Rect(x: area.x + 8, y: area.y + 1, width: area.width - 8, height: 1)
        reason.draw(
            into: &frame, in: field, placeholder: "why, in a line; it goes into the audit trail",
            background: focus == .reason ? .selection : .button, isFocused: focus == .reason)
        for (row, line) in problemLines(width: area.width).enumerated() {
            _ = frame.put(line, at: Point(x: area.x, y: area.y + 2 + row), width: area.width, on: .overlay)
        }
        let buttonRow = area.maxY - 2
        let applyTitle: CleanText =
            isApplying ? "applying…" : waitsFor.isEmpty ? CleanText(applyWord) : "Send for approval"
        var buttons = [(Focus.apply, applyTitle)]
        if offersDraft { buttons.append((.draft, "Keep as draft")) }
        buttons.append((.back, "Back"))
        let x = ButtonRow.draw(
            buttons.map { which, title in
                ButtonRow.Button(
                    title: title, isFocused: focus == which,
                    isEnabled: check?.problems.isEmpty == true || which == .back)
            },
            into: &frame, at: Point(x: area.x, y: buttonRow), width: area.width)
        frame.put(
            "tab next   esc back", at: Point(x: x + 2, y: buttonRow), style: Style(.faint, on: .overlay),
            width: max(0, area.maxX - x - 2))
    }

    private var applyWord: String {
        switch request.kind {
        case .edits, .rename: "Apply"
        case .undo: "Undo"
        case .restore: "Restore"
        case .approve: "Approve"
        case .keep: "Keep"
        }
    }
}
