import Domain
package import Terminal

extension WhyScreen {
    package func draw(into frame: inout Frame, in area: Rect, context: ScreenContext) {
        SectionHeader(title, note: "esc back").draw(into: &frame, in: area.row(0))
        let body = area.split(top: 1).rest.inset(columns: 1)
        let rows = rows(context, frame.glyphs, width: body.width)
        let first = min(scroll, max(0, rows.count - body.height))
        rows.draw(into: &frame, in: body, from: first)
        Scrollbar(total: rows.count, visible: body.height, offset: first).draw(
            into: &frame, in: area.split(top: 1).rest)
        frame.cursor = body.origin
    }

    private var title: CleanText {
        guard let event else { return "why" }
        return CleanText("why  " + [event[.method], event[.path]].compactMap(\.self).joined(separator: " "))
            .truncated(to: max(10, area.width - 14))
    }

    private func rows(_ context: ScreenContext, _ glyphs: Glyphs, width: Int) -> ItemDetailRows {
        ItemDetailRows(lines(context, glyphs), width: width)
    }

    func longestScroll(_ context: ScreenContext) -> Int {
        max(0, rows(context, .unicode, width: max(1, area.width - 2)).count - max(1, area.height - 1))
    }

    private func lines(_ context: ScreenContext, _ glyphs: Glyphs) -> [ItemDetail.Line] {
        guard let event else {
            return [.field(.empty, [Piece("no request was chosen: w on one in Traffic says why", .dim)])]
        }
        var lines = [
            ItemDetail.Line.field("request", requestPieces(event, context, glyphs)),
            .field("from", callerPieces(event, glyphs)),
            .field(
                "the gateway",
                [
                    Piece(event.outcome.symbol(glyphs), event.outcome.role), Piece(" "),
                    Piece(CleanText(event.status.map { "\($0) " } ?? ""), event.outcome.role),
                    Piece(CleanText(event.outcome.name), event.outcome.role),
                    Piece(CleanText(event[.reason].map { "  " + $0 } ?? "")),
                ]),
        ]
        guard let verdict else { return lines + [.field("the policy", [Piece(unjudged(context), .caution)])] }
        lines.append(.field(CleanText("policy \(verdict.version)"), verdictPieces(verdict, glyphs)))
        if let difference = verdict.difference {
            lines.append(
                verdict.isOtherNameOnly
                    ? .field("same outcome", [Piece(CleanText(difference), .dim)])
                    : .field("they differ", [Piece("! ", .caution), Piece(CleanText(difference), .caution)]))
        }
        var explained = ExplanationLines(
            explanation: verdict.explanation, snapshot: verdict.snapshot, chosen: chosen)
        if !verdict.judgesRevocations {
            explained.replacedNotes[.revocation] = "not judged: the log doesn't say which token it was"
        }
        lines += explained.lines(glyphs)
        if verdict.fact.client != nil {
            let text = "taken to have come with a good token of all the scopes that its client may have"
            lines.append(.field(.empty, [Piece(CleanText(text), .faint)]))
        }
        return lines
    }

    private func requestPieces(_ event: AccessEvent, _ context: ScreenContext, _ glyphs: Glyphs) -> [Piece] {
        let request = [event[.method], event[.path]].compactMap(\.self).joined(separator: " ")
        let time =
            TimeText.date(event.time, zone: context.zone) + " " + TimeText.timeOfDay(event.time, zone: context.zone)
        return [
            Piece(CleanText(request).truncated(to: 300)), Piece("  "),
            Piece(CleanText(time + ", " + TimeText.relative(event.time, now: context.shownNow)), .dim),
        ]
    }

    private func callerPieces(_ event: AccessEvent, _ glyphs: Glyphs) -> [Piece] {
        var pieces = [
            event[.client].map { Piece(CleanText($0).truncated(to: 128), .accent) }
                ?? Piece("without credentials", .dim)
        ]
        if let subject = event[.subject] {
            pieces += [Piece("  for subject ", .dim), Piece(CleanText(subject).truncated(to: 128))]
        }
        if let address = event[.address] {
            pieces += [Piece("  at ", .dim), Piece(CleanText(address).truncated(to: 64))]
        }
        return pieces
    }

    private func verdictPieces(_ verdict: TrafficVerdict, _ glyphs: Glyphs) -> [Piece] {
        let reason = verdict.decision.reason
        guard !verdict.decision.isAllowed else {
            return [Piece(Outcome.allowed.symbol(glyphs), Outcome.allowed.role), Piece(" would allow it", .good)]
        }
        return [
            Piece(reason.outcome.symbol(glyphs), reason.outcome.role), Piece(" "),
            Piece(CleanText("\(reason.status) \(reason.outcome.name)"), reason.outcome.role),
            Piece(CleanText("  \(reason.code)")),
        ]
    }

    private func unjudged(_ context: ScreenContext) -> CleanText {
        switch context.policy {
        case .opening: "is being read"
        case .unavailable(let text), .replaced(let text): CleanText(text)
        case .ready, .stale: "can't judge it: the log doesn't say what was asked for"
        }
    }

    /// The page as plain text.
    func text(_ context: ScreenContext) -> String {
        ItemDetail.Line.text(lines(context, .ascii))
    }
}
