import Domain
import Terminal

/// Ends tokens, credentials and clients' access: what it hits, why, and a text to type before it does.
///
/// What it is about is fixed when it opens. Cancel has the focus, and Enter alone never confirms.
package struct RevokeDialog: Sendable {
    enum Focus: Int, CaseIterable, Sendable {
        case cancel, reason, typed, revoke, suspend
    }

    let targets: [RevocationTarget]
    var focus = Focus.cancel
    var reason = TextInput()
    var typed = TextInput()
    private var effect = Contents<RevocationEffect>.loading
    private var problem: String?
    private var isRevoking = false
    private(set) var done: PolicyOutcomeReport.Done?
    private var doneText = ""
    /// The clients that could be suspended too, while they aren't.
    private let clients: [Client]
    private var scroll = 0

    init(_ targets: [RevocationTarget], state: PolicyState?) {
        self.targets = targets
        clients = targets.compactMap { target in
            guard case .client(let name) = target, let name = try? Name<Client>(name),
                case .client(let client)? = state?.policy[ItemKey(name)], client.status == .active
            else { return nil }
            return client
        }
    }

    var question: Question { .policy(.preview(targets)) }

    /// What has to be typed: short, and the target's own.
    var code: String {
        guard targets.count == 1, let target = targets.first else { return "\(targets.count)" }
        switch target {
        case .everything: return "everything"
        case .token(_, let id): return String(id.prefix(8))
        case .client(let name), .subject(let name), .issuer(let name):
            let last = name.split { !$0.isLetter && !$0.isNumber }.last ?? Substring(name)
            return String(last.count <= 12 ? last : last.prefix(8))
        case .family(let number), .credential(let number): return String(number)
        case .network(let network): return network.description
        }
    }

    private var title: String {
        guard targets.count == 1, let target = targets.first else { return "Revoke \(targets.count) things" }
        switch target {
        case .token(_, let id): return "Revoke the token \(id)"
        case .family(let number): return "Revoke the token family \(number)"
        case .credential(let number): return "Revoke the credential \(number) and its tokens"
        case .client(let name): return "Revoke every token and credential of \(name)"
        case .subject(let name): return "Revoke every token for \(name)"
        case .issuer(let name): return "Revoke every token of the issuer \(name)"
        case .network(let network): return "Revoke what was issued to \(network) or comes from it"
        case .everything: return "Revoke everything"
        }
    }

    // MARK: - Keys

    enum Step {
        case stay
        case close
        case act(PolicyAction)
        /// A suspension goes through a review like any change.
        case suspend([PolicyEdit])
    }

    mutating func handle(_ key: Key) -> Step {
        guard !isRevoking else { return .stay }
        if done != nil {
            if key == "s", !clients.isEmpty { return .suspend(suspensions) }
            return key == .escape || key == .enter || key == "q" ? .close : .stay
        }
        switch key {
        case .escape: return .close
        case .tab: move(by: 1)
        case .backTab: move(by: -1)
        case .pageDown: scroll += 5
        case .pageUp: scroll = max(0, scroll - 5)
        case .enter: return enter()
        case .left where focus != .reason && focus != .typed: move(by: -1)
        case .right where focus != .reason && focus != .typed: move(by: 1)
        case .down: move(by: 1)
        case .up: move(by: -1)
        default:
            switch focus {
            case .reason: if reason.handle(key) { problem = nil }
            case .typed: if typed.handle(key) { problem = nil }
            case .cancel, .revoke, .suspend: break
            }
        }
        return .stay
    }

    private mutating func move(by step: Int) {
        var next = focus.rawValue
        repeat {
            next = (next + step + Focus.allCases.count) % Focus.allCases.count
        } while Focus(rawValue: next) == .suspend && clients.isEmpty
        focus = Focus(rawValue: next) ?? .cancel
    }

    private var suspensions: [PolicyEdit] {
        clients.map { client in
            var suspended = client
            suspended.status = .suspended
            return PolicyEdit(key: ItemKey(client.name), before: .client(client), after: .client(suspended))
        }
    }

    private mutating func enter() -> Step {
        switch focus {
        case .cancel: return .close
        case .reason: focus = .typed
        case .typed: if typed.text == code { focus = .revoke } else { problem = "that is not \(code)" }
        case .suspend: return .suspend(suspensions)
        case .revoke:
            guard reason.text.contains(where: { $0 != " " }) else {
                problem = "say in a line why you do this"
                focus = .reason
                return .stay
            }
            guard typed.text == code else {
                problem = "type \(code) first"
                focus = .typed
                return .stay
            }
            isRevoking = true
            return .act(.revoke(targets, reason: reason.text))
        }
        return .stay
    }

    mutating func paste(_ text: String) {
        // What has to be typed is typed.
        if focus == .reason { reason.paste(text) }
    }

    mutating func take(_ answer: Answer, to question: Question) {
        guard question == self.question else { return }
        switch answer {
        case .policy(.preview(let found)): effect = .loaded(found)
        case .failed(let text): effect = .failed(text)
        case .policy, .overview, .page, .count, .values, .unread: break
        }
    }

    mutating func take(_ report: PolicyOutcomeReport) {
        isRevoking = false
        switch report {
        case .done(let done): self.done = done
        case .failed(let failure): problem = failure.text
        }
    }

    // MARK: - Drawing

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
                    Counted.text(effect.tokens, "live token") + ", " + Counted.text(effect.credentials, "credential")),
            ])
            let shares = effect.previews.flatMap(\.shares)
            for share in shares.prefix(6) {
                lines.append([
                    label(""), Piece(CleanText(share.client), .accent),
                    Piece(
                        "  " + Counted.text(share.tokens, "token") + ", "
                            + Counted.text(share.credentials, "credential"), .dim),
                ])
            }
            if shares.count > 6 {
                lines.append([label(""), Piece(CleanText("and \(shares.count - 6) more clients"), .dim)])
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
        return lines
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
        frame.put(
            CleanText(problem ?? "enter alone confirms nothing"), at: Point(x: area.x, y: area.y + 3),
            style: Style(problem == nil ? .dim : .danger, on: .overlay), width: area.width)
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
            [Piece(CleanText(frame.glyphs.isASCII ? "ok " : "✓ "), .good), Piece("revoked, and on the disk", .good)],
            [],
            [label("audit"), Piece(CleanText("record \(done.record)"))],
            [label("time"), Piece(CleanText(TimeText.dateAndTime(done.time, zone: context.zone, decimals: 3)))],
        ]
        if let epoch = done.epoch { lines.append([label("epoch"), Piece(CleanText("\(epoch)"))]) }
        lines.append([])
        if !clients.isEmpty { lines.append([Piece("s", .key), Piece(" suspends the client too   ")]) }
        lines.append([Piece("esc", .key), Piece(" closes")])
        for (row, line) in lines.enumerated() where row < area.height {
            _ = frame.put(line, at: Point(x: area.x, y: area.y + row), width: area.width, on: .overlay)
        }
        frame.cursor = area.origin
    }
}

extension RevocationTarget {
    fileprivate var isWholeClient: Bool { if case .client = self { true } else { false } }
}
