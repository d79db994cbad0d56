import Domain
import Terminal

extension RevokeDialog {
    func draw(into frame: inout Frame, context: ScreenContext) {
        let size = Size(width: min(88, max(20, frame.size.width - 8)), height: min(24, max(8, frame.size.height - 4)))
        let content = Dialog(
            CleanText(title), note: done == nil ? "nothing yet" : "done", role: done == nil ? .danger : .good
        )
        .draw(into: &frame, contentSize: size)
        if let done {
            draw(done, into: &frame, in: content, context: context)
            return
        }
        let (body, foot) = content.split(bottom: 6)
        let lines = effectLines(frame.glyphs, width: body.width)
        let first = min(scroll, max(0, lines.count - body.height))
        for (row, line) in lines.dropFirst(first).prefix(body.height).enumerated() {
            _ = frame.put(line, at: Point(x: body.x, y: body.y + row), width: body.width - 1, on: .overlay)
        }
        Scrollbar(total: lines.count, visible: body.height, offset: first).draw(into: &frame, in: body)
        drawFoot(into: &frame, in: foot)
    }

    private static let labelWidth = 9

    private func label(_ text: String) -> Piece {
        Piece(CleanText(text + String(repeating: " ", count: max(0, Self.labelWidth - text.count))), .dim)
    }

    /// A label, and a text that goes on under itself.
    private func paragraph(_ name: String, _ text: Piece, width: Int) -> [[Piece]] {
        [text].wrapped(columns: width - Self.labelWidth).enumerated().map { [label($0 == 0 ? name : "")] + $1 }
    }

    private func effectLines(_ glyphs: Glyphs, width: Int) -> [[Piece]] {
        var lines: [[Piece]] = []
        switch effect {
        case .loading: lines.append([label("what"), Piece("counting…", .dim)])
        case .failed(let text): lines += paragraph("what", Piece(CleanText(text), .danger), width: width)
        case .loaded(let effect):
            lines.append([
                label("what"),
                Piece(
                    Self.text(of: effect.counts)),
            ])
            if let countsBefore {
                lines += paragraph(
                    "", Piece("it changed while this was open: before, " + Self.text(of: countsBefore), .caution),
                    width: width)
            }
            if effect.isUnheardOf {
                lines += paragraph(
                    "", Piece("NOBODY IS KNOWN BY THAT NAME", Style(.danger, on: .overlay, .bold)), width: width)
                lines += paragraph(
                    "",
                    Piece("no token was ever issued to such a subject, and no request named it: nothing ends", .danger),
                    width: width)
            }
            let shares = targets.count > 1 && !selection.lines.isEmpty ? [] : effect.shares
            for share in shares.prefix(6) {
                lines.append([
                    label(""), Piece(CleanText(share.client), .accent),
                    Piece(
                        "  " + Counted.text([(share.tokens, "token"), (share.credentials, "credential")]), .dim),
                ])
            }
            if shares.count > 6 {
                lines.append([label(""), Piece("and " + Counted.text(shares.count - 6, "more client"), .dim)])
            }
            for rest in effect.previews.compactMap(\.rest).prefix(6) {
                lines += paragraph("", Piece(CleanText(rest)), width: width)
            }
            lines.append([])
            lines += trafficLines(effect)
        }
        lines.append([])
        lines.append([label("undo"), Piece("not possible: what is revoked stays revoked", .caution)])
        if targets.contains(where: \.isWholeClient) {
            lines.append([label(""), Piece("new ones can be issued unless the client is suspended too", .caution)])
        }
        return lines + selectionLines(width: width)
    }

    /// What was chosen, to be checked before it ends.
    private func selectionLines(width: Int) -> [[Piece]] {
        var lines: [[Piece]] = []
        if !selection.filter.isEmpty {
            lines += paragraph("filter", Piece(CleanText(selection.filter), .accent), width: width)
        }
        for (index, line) in selection.lines.enumerated() {
            lines.append([label(index == 0 ? "which" : ""), Piece(CleanText(line), .text)])
        }
        return lines.isEmpty ? [] : [[]] + lines
    }

    private func trafficLines(_ effect: RevocationEffect) -> [[Piece]] {
        guard let routes = effect.routes else {
            return [[label("effect"), Piece("the traffic doesn't tell which requests would stop", .dim)]]
        }
        let rate = Double(effect.requests) / Double(max(1, effect.seconds))
        var lines: [[Piece]] = [
            [
                label("effect"), Piece(NumberText.rate(perSecond: rate)),
                Piece(effect.requests > 0 ? " will be refused from now on" : ": nothing called in the last 5 min"),
            ]
        ]
        for route in routes.prefix(4) {
            lines.append([
                label(""),
                Piece(CleanText([route.method, route.name].compactMap(\.self).joined(separator: " ")), .dim),
                Piece(
                    "  " + NumberText.rate(perSecond: Double(route.counts.requests) / Double(max(1, effect.seconds))),
                    .dim),
            ])
        }
        return lines
    }

    private func drawFoot(into frame: inout Frame, in area: Rect) {
        frame.rule(at: area.origin, width: area.width, style: Style(.rule, on: .overlay))
        frame.put("reason", at: Point(x: area.x, y: area.y + 1), style: Style(.dim, on: .overlay))
        reason.draw(
            into: &frame, in: Rect(x: area.x + 9, y: area.y + 1, width: area.width - 9, height: 1),
            placeholder: "why, in a line; it goes into the audit trail",
            background: focus == .reason ? .selection : .button, isFocused: focus == .reason)
        let x = frame.put(
            [
                Piece("to go on, type ", .text), Piece(CleanText(code), Style(.danger, on: .overlay, .bold)),
                Piece("  "),
            ],
            at: Point(x: area.x, y: area.y + 2), width: area.width - 14, on: .overlay)
        typed.draw(
            into: &frame, in: Rect(x: x, y: area.y + 2, width: max(4, min(20, area.maxX - x)), height: 1),
            background: focus == .typed ? .selection : .button, isFocused: focus == .typed)
        let note = Piece(CleanText(problem ?? "enter alone confirms nothing"), problem == nil ? .dim : .danger)
        let lines = [note].wrapped(columns: area.width)
        for (row, line) in (lines.prefix(1) + [lines.dropFirst().flatMap { $0 }]).enumerated() {
            _ = frame.put(line, at: Point(x: area.x, y: area.y + 3 + row), width: area.width, on: .overlay)
        }
        let isReady = typed.text == code && reason.text.contains { $0 != " " }
        var buttons = [
            ButtonRow.Button(title: "Cancel", isFocused: focus == .cancel),
            ButtonRow.Button(
                title: isRevoking ? "revoking…" : "Revoke", isFocused: focus == .revoke, isEnabled: isReady,
                role: .danger),
        ]
        if !clients.isEmpty { buttons.append(.init(title: "Suspend instead…", isFocused: focus == .suspend)) }
        _ = ButtonRow.draw(buttons, into: &frame, at: Point(x: area.x, y: area.y + 5), width: area.width)
    }

    private func draw(
        _ done: PolicyOutcomeReport.Done, into frame: inout Frame, in area: Rect, context: ScreenContext
    ) {
        var lines: [[Piece]] = [
            result(frame.glyphs),
            [],
            [label("ended"), Piece(ended.map(Self.text(of:)) ?? "not counted")],
            [
                label("audit"),
                Piece(CleanText("record \(done.record)" + (done.first.map { of(done.record, $0.record) } ?? ""))),
            ],
            [label("time"), Piece(CleanText(TimeText.dateAndTime(done.time, zone: context.zone, decimals: 3)))],
        ]
        if let epoch = done.epoch {
            let text = "\(epoch)" + (done.first.map { of(epoch, $0.epoch) } ?? "")
            lines.append([label("epoch"), Piece(CleanText(text))])
        }
        lines.append([])
        if !clients.isEmpty { lines.append([Piece("s", .key), Piece(" suspends the client too   ")]) }
        lines.append([Piece("esc", .key), Piece(" closes")])
        for (row, line) in lines.enumerated() where row < area.height {
            _ = frame.put(line, at: Point(x: area.x, y: area.y + row), width: area.width, on: .overlay)
        }
        frame.cursor = area.origin
    }

    private func of(_ last: Int64, _ first: Int64) -> String { ", the last of \(last - first + 1) from \(first) on" }

    private static func text(of counts: RevokedCounts) -> CleanText {
        counts.isNothing
            ? "nothing that was alive"
            : Counted.text([(counts.tokens, "live token"), (counts.credentials, "credential")])
    }

    /// As it was counted when it was revoked, or last before.
    private var ended: RevokedCounts? { done?.ended ?? effect.value?.counts }

    private var endsNothing: Bool {
        ended?.isNothing == true && effect.value?.previews.allSatisfy({ $0.rest == nil }) == true
    }

    /// What is written ends something only where there was something.
    private func result(_ glyphs: Glyphs) -> [Piece] {
        if endsNothing {
            return [Piece(glyphs.up + " ", .caution), Piece("on the disk, but nothing was alive to end", .caution)]
        }
        return [Piece(CleanText(glyphs.isASCII ? "ok " : "✓ "), .good), Piece("revoked, and on the disk", .good)]
    }
}

extension RevocationEffect {
    /// What ends, by client, however many things were chosen; the one with most tokens first.
    fileprivate var shares: [RevocationPreview.Share] {
        var sums: [String: (tokens: Int, credentials: Int)] = [:]
        for share in previews.flatMap(\.shares) {
            sums[share.client, default: (0, 0)].tokens += share.tokens
            sums[share.client, default: (0, 0)].credentials += share.credentials
        }
        return sums.map { RevocationPreview.Share(client: $0, tokens: $1.tokens, credentials: $1.credentials) }
            .sorted { ($1.tokens, $1.credentials, $0.client) < ($0.tokens, $0.credentials, $1.client) }
    }
}

extension RevocationTarget {
    fileprivate var isWholeClient: Bool { if case .client = self { true } else { false } }
}
