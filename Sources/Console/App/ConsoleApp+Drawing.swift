import Domain
package import Terminal

extension ConsoleApp {
    /// The picture of the console as it stands.
    package func frame() -> Frame {
        var frame = Frame(size: size, glyphs: glyphs)
        guard !isTooSmall else {
            drawTooSmall(into: &frame)
            return frame
        }
        let layout = ConsoleLayout(size)
        drawStatus(into: &frame, in: layout.status)
        tabLine.draw(into: &frame, in: layout.tabs)
        drawFilterLine(into: &frame, in: layout.filter)
        if let status = context.status, status.events == 0, screens[current].map({ type(of: $0).needsTraffic }) ?? true
        {
            if status.problems.isEmpty {
                drawEmptyStore(status, into: &frame, in: layout.content)
            } else {
                drawProblems(status.problems, into: &frame, in: layout.content)
            }
        } else {
            screens[current]?.draw(into: &frame, in: layout.content, context: context)
        }
        drawFooter(into: &frame, in: layout.footer)
        if let shown = notice?.notice ?? trouble { draw(shown, into: &frame, above: layout.footer) }
        drawOverlay(into: &frame, layout)
        return frame
    }

    /// The tabs, and the page without one that is open.
    private var tabs: [ScreenName] { ScreenName.tabs + (current.tabKey == nil ? [current] : []) }

    private var tabLine: Tabs {
        Tabs(
            tabs.map { .init(key: $0.tabKey ?? .empty, title: $0.title) }, selected: tabs.firstIndex(of: current) ?? 0)
    }

    /// The screen whose tab is drawn at a column.
    func tab(at column: Int) -> ScreenName? {
        tabLine.tab(at: column, width: ConsoleLayout(size).tabs.width).map { tabs[$0] }
    }

    private func drawTooSmall(into frame: inout Frame) {
        let lines: [CleanText] = [
            "too small",
            CleanText("\(size.width)×\(size.height) is less than \(Self.minimumSize.width)×\(Self.minimumSize.height)"),
            wayOut,
        ]
        for (row, line) in lines.enumerated() {
            frame.put(
                line, at: Point(x: 0, y: size.height / 2 - 1 + row), style: Style(row == 0 ? .title : .dim),
                width: size.width, align: .center)
        }
    }

    /// What keys do while nothing can be seen.
    private var wayOut: CleanText {
        if case .leave = overlay { return "y leaves and loses it   esc stays" }
        if pending != nil, leavesAnyway { return "not known yet: again leaves" }
        return isSomethingOpen ? "ctrl-c leaves" : "q quits"
    }

    // MARK: - Status line

    private func drawStatus(into frame: inout Frame, in rect: Rect) {
        let glyphs = frame.glyphs
        var left = [Piece(" ", .text), Piece("gatehouse", .title)]
        if settings.isDemo { left += [Piece("  ", .text), Piece(" DEMO ", Style(.badge, .reverse))] }
        // What calls for somebody stands where nothing can crowd it out.
        left += callsForSomebody(glyphs)
        if let nodes = context.status?.nodes, let first = nodes.first {
            let more = nodes.count > 1 ? CleanText(" +\(nodes.count - 1)") : .empty
            left += [Piece("  ", .text), Piece(CleanText(first).truncated(to: 20), .text), Piece(more, .dim)]
        }
        left += [Piece("   ", .text)] + stateOfData(glyphs)
        if let state = context.policy.state, size.width >= 70 {
            left += [Piece("   policy ", .dim), Piece(CleanText("\(state.version.number)"), .text)]
            if let shown = context.shownPolicy.state?.version.number, shown != state.version.number {
                left.append(Piece(CleanText(" (shown is \(shown))"), .caution))
            }
        }
        if let unread = context.status?.unread, unread > 0, size.width >= 100 {
            left += [
                Piece("   ", .text), Piece(glyphs.up, .caution), Piece(" ", .text),
                Piece(NumberText.si(Double(unread)), .caution),
                Piece(unread == 1 ? " unread line" : " unread lines", .dim),
            ]
        }
        if let status = context.status, status.events > 0, size.width >= 90 {
            left += [
                Piece("   ", .text), Piece(NumberText.si(Double(status.events)), .text),
                Piece(status.events == 1 ? " request" : " requests", .dim),
            ]
        }
        var right: [Piece] = []
        if let state = context.policy.state, !settings.isReadOnly {
            let name = CleanText(state.actor.name).truncated(to: 20)
            // Where there is little room, one still sees in whose name one acts.
            if size.width >= 100 {
                let duties = CleanText(state.duties.sorted().map(\.name).joined(separator: " "))
                right += [Piece(name, .text), Piece(" ", .text), Piece(duties, .dim), Piece("   ")]
            } else if left.columns + name.columns + 18 <= size.width {
                right += [Piece(name, .dim), Piece("   ")]
            }
        }
        if settings.isReadOnly, !settings.isDemo { right += [Piece("read-only", .dim), Piece("   ", .text)] }
        right += [
            Piece(CleanText(TimeText.timeOfDay(context.now, zone: context.zone, decimals: 0)), .text),
            Piece(" ", .text),
            Piece(CleanText(context.zone.abbreviation(at: context.now)), .dim), Piece(" ", .text),
        ]
        StatusLine(left: left, right: right).draw(into: &frame, in: rect)
    }

    /// A change by break-glass with the time that it has left, and what waits for approval.
    private func callsForSomebody(_ glyphs: Glyphs) -> [Piece] {
        guard let state = context.policy.state else { return [] }
        var pieces: [Piece] = []
        let alarms = state.emergencies.filter { $0.isAlarm(at: context.now) }
        // Of several the one that lasts longest: while anything is in force, it isn't over.
        if let alarm = alarms.filter({ $0.ending == nil }).max(by: { $0.expires < $1.expires }) ?? alarms.first {
            let left = alarm.expires.microseconds - context.now.microseconds
            let isFailed = alarms.contains { $0.ending == .failed }
            let time: CleanText =
                isFailed
                ? "over, still in force"
                : alarm.ending == nil && left > 0 ? NumberText.duration(microseconds: Int(left)) : "over"
            pieces += [Piece("   ", .text), Piece("! break-glass " + time, .danger)]
        }
        if !state.drafts.isEmpty {
            pieces += [
                Piece("   ", .text), Piece(glyphs.up, .caution),
                Piece(CleanText(" \(state.drafts.count) waiting"), .caution),
            ]
        }
        return pieces
    }

    /// Whether what is on the screen is live, paused, old or in trouble.
    private func stateOfData(_ glyphs: Glyphs) -> [Piece] {
        guard let status = context.status else { return [Piece("opening…", .dim)] }
        if let problem = trouble?.text {
            return [Piece("! ", .danger), Piece(CleanText(problem).truncated(to: max(10, size.width - 50)), .danger)]
        }
        if let new = context.newSincePause {
            return [
                Piece(glyphs.paused, .caution), Piece(" paused", .caution),
                Piece(new > 0 ? "  +" + NumberText.grouped(Int(new)) + " new" : .empty, .text),
            ]
        }
        if status.writer != nil, let heartbeat = status.heartbeat,
            context.now.microseconds - heartbeat.microseconds < Self.heartbeatLife
        {
            return [Piece(glyphs.bullet, .good), Piece(" live", .text)]
        }
        guard let newest = status.newest else {
            return [Piece(glyphs.isASCII ? "-" : "○", .dim), Piece(" empty", .dim)]
        }
        return [
            Piece(glyphs.isASCII ? "-" : "○", .caution), Piece(" not live, newest ", .dim),
            Piece(CleanText(TimeText.relative(newest, now: context.now)), .caution),
        ]
    }

    /// A writer that said nothing for so long, in microseconds, isn't there any more.
    private static let heartbeatLife: Int64 = 15_000_000

    /// What is wrong with a store that is shown all the same, without the folder that all its files are in.
    private var trouble: Notice? {
        // Where another store lies there now, what the traffic lacks is no news of its own.
        if case .replaced(let text) = context.policy { return Notice(.problem, text) }
        guard let problem = context.status?.problems.first else {
            guard case .stale(_, let problem) = context.policy else { return nil }
            return Notice(.problem, problem)
        }
        let folder = settings.storePath + "/"
        return Notice(.problem, problem.hasPrefix(folder) ? String(problem.dropFirst(folder.count)) : problem)
    }

    // MARK: - Other lines

    private func drawFilterLine(into frame: inout Frame, in rect: Rect) {
        if let own = screens[current]?.ownFilter { return draw(own, into: &frame, in: rect) }
        let hasFilter = context.filter != .everything
        let note = screens[current]?.filterNote(in: context) ?? .empty
        let (left, right) = rect.split(right: note.columns + 2)
        frame.put("/", at: Point(x: left.x + 1, y: left.y), style: Style(hasFilter ? .key : .faint))
        var pieces = [
            hasFilter ? Piece(CleanText(context.filterText), .accent) : Piece("no filter", .faint)
        ]
        if let chosen = context.chosen {
            let title = Piece(chosen.title, .caution)
            pieces = hasFilter ? pieces + [Piece("  of ", .dim), title] : [title]
            pieces.append(Piece(CleanText("  " + chosen.account), .dim))
        }
        _ = frame.put(pieces, at: Point(x: left.x + 3, y: left.y), width: left.width - 4)
        frame.put(note, at: Point(x: right.x, y: right.y), style: Style(.dim), width: right.width - 1, align: .right)
    }

    private func draw(_ own: OwnFilter, into frame: inout Frame, in rect: Rect) {
        if let prompt = own.prompt { return prompt.draw(into: &frame, in: rect) }
        let note = screens[current]?.filterNote(in: context) ?? .empty
        let (left, right) = rect.split(right: note.columns + 2)
        frame.put("/", at: Point(x: left.x + 1, y: left.y), style: Style(own.text.isEmpty ? .faint : .key))
        frame.put(
            own.text.isEmpty ? "no filter" : CleanText(own.text), at: Point(x: left.x + 3, y: left.y),
            style: Style(own.text.isEmpty ? .faint : .accent), width: left.width - 4)
        frame.put(note, at: Point(x: right.x, y: right.y), style: Style(.dim), width: right.width - 1, align: .right)
    }

    private func drawFooter(into frame: inout Frame, in rect: Rect) {
        if let screen = screens[current], screen.isTyping {
            let pieces = screen.typingHints(glyphs).flatMap {
                [Piece(" " + $0.key, .key), Piece(" " + $0.name + " ", .dim)]
            }
            return StatusLine(left: pieces).draw(into: &frame, in: rect)
        }
        let own = screens[current]?.entries(settings) ?? []
        Footer(own + globalEntries(beside: own), disabled: screens[current]?.disabledReasons(in: context) ?? [:])
            .draw(into: &frame, in: rect)
    }

    private func draw(_ notice: Notice, into frame: inout Frame, above footer: Rect) {
        let role: StyleRole =
            switch notice.kind {
            case .info: .info
            case .done: .good
            case .warning: .caution
            case .problem: .danger
            }
        // What has to be read whole takes more rows, but not the whole screen.
        let style = Style(role, on: .bar)
        let width = footer.width - 2
        let most = max(1, min(5, (footer.y - 2) / 4))
        var lines = [Piece(CleanText(notice.text), style)].wrapped(columns: width)
        if lines.count > most { lines[(most - 1)...] = [lines[(most - 1)...].flatMap { $0 }] }
        for (row, line) in zip((footer.y - lines.count)..., lines) {
            frame.fill(Rect(x: 0, y: row, width: footer.width, height: 1), style: style)
            frame.put(line, at: Point(x: 1, y: row), width: width)
        }
    }

    /// An empty place says what to do next.
    private func drawEmptyStore(_ status: StoreStatus, into frame: inout Frame, in rect: Rect) {
        var lines: [(CleanText, Style)] = [
            ("No traffic yet.", Style(.title)), (.empty, Style(.text)),
            ("In another terminal, follow the access log of a gateway:", Style(.text)),
            ("  gatehouse ingest --follow /var/log/nginx/access.log", Style(.accent)), (.empty, Style(.text)),
            ("nginx, Apache, Kong, Amazon API Gateway, Envoy, HAProxy, Traefik, Caddy", Style(.dim)),
            ("and Zuul are recognised. This screen fills as requests are stored.", Style(.dim)),
            (.empty, Style(.text)),
            ("To look around first, on simulated traffic:", Style(.text)), ("  gatehouse demo", Style(.accent)),
            (.empty, Style(.text)),
            ("store  " + CleanText(settings.storePath), Style(.dim)),
        ]
        if status.unread > 0 {
            lines += [
                (
                    Counted.text(Int(status.unread), "line") + (status.unread == 1 ? " was" : " were")
                        + " read and not understood: U shows them",
                    Style(.caution)
                )
            ]
        }
        let width = min(rect.width - 2, 82)
        let area = rect.centered(Size(width: width, height: lines.count))
        for (row, line) in lines.enumerated() where row < area.height {
            frame.put(line.0, at: Point(x: area.x, y: area.y + row), style: line.1, width: width)
        }
    }

    /// A store that can't be read is no empty one: what is wrong, in full.
    private func drawProblems(_ problems: [String], into frame: inout Frame, in rect: Rect) {
        let width = max(10, min(rect.width - 4, 90))
        var y = rect.y + 2
        frame.put(
            "This store can't be read.", at: Point(x: rect.x + 2, y: y),
            style: Style(foreground: .danger, attributes: .bold))
        y += 2
        for problem in problems {
            var rest = CleanText(problem)
            repeat {
                let line = rest.prefix(columns: width)
                if y < rect.maxY { frame.put(line, at: Point(x: rect.x + 2, y: y), style: Style(.text)) }
                rest = rest.dropFirst(columns: max(1, line.columns))
                y += 1
            } while !rest.isEmpty
        }
        frame.put(
            "store  " + CleanText(settings.storePath), at: Point(x: rect.x + 2, y: y + 1), style: Style(.dim),
            width: rect.width - 4)
    }

    // MARK: - Overlays

    private func drawOverlay(into frame: inout Frame, _ layout: ConsoleLayout) {
        switch overlay {
        case nil: break
        case .menu(let menu): menu.palette.draw(into: &frame)
        case .help(let scroll): drawHelp(scroll: scroll, into: &frame)
        case .filter(let prompt):
            prompt.draw(into: &frame, in: layout.filter, below: layout.content, context: context)
        case .export(let prompt): prompt.draw(into: &frame)
        case .unread(let view): view.draw(into: &frame, context: context)
        case .review(let page): page.draw(into: &frame)
        case .revoke(let dialog): dialog.draw(into: &frame, context: context)
        case .conflict(let page): page.draw(into: &frame)
        case .reason(let dialog): dialog.draw(into: &frame)
        case .rename(let prompt): prompt.draw(into: &frame)
        case .leave: drawLeaving(into: &frame)
        }
    }

    private func drawHelp(scroll: Int, into frame: inout Frame) {
        let content = Dialog(current.title + ": keys", note: "esc closes").draw(into: &frame, contentSize: helpSize)
        var sheet = helpSheet
        sheet.scroll = scroll
        sheet.draw(into: &frame, in: content)
        frame.paint(content, background: .overlay)
        frame.cursor = content.origin
    }

    private var helpSize: Size { Size(width: max(20, size.width - 8), height: max(6, size.height - 6)) }

    private var helpSheet: HelpSheet {
        let own = screens[current]?.entries(settings) ?? []
        return HelpSheet(
            own + globalEntries(beside: own), disabled: screens[current]?.disabledReasons(in: context) ?? [:])
    }

    /// What can be done everywhere, without what the screen's own keys stand for.
    private func globalEntries(beside own: [KeymapEntry]) -> [KeymapEntry] {
        let taken = Set(own.flatMap(\.keys))
        return globalKeymap.entries.filter { !$0.keys.allSatisfy(taken.contains) }
    }

    /// How far the help can be scrolled.
    var longestHelpScroll: Int {
        max(0, helpSheet.height(width: helpSize.width, glyphs: glyphs) - helpSize.height)
    }
}
