import Domain
import Terminal

/// All that is known of one request.
struct EventDetail {
    let event: AccessEvent
    let context: ScreenContext

    private func fields(_ glyphs: Glyphs) -> [(name: CleanText, value: CleanText, role: StyleRole)] {
        var fields: [(CleanText, CleanText, StyleRole)] = []
        func add(_ name: CleanText, _ value: CleanText?, _ role: StyleRole = .text) {
            fields.append((name, value ?? glyphs.absent, value == nil ? .faint : role))
        }
        func add(_ field: TextField, _ role: StyleRole = .text) {
            add(CleanText(field.name), event[field].map { CleanText($0) }, role)
        }
        let zone = context.zone
        let abbreviation = zone.abbreviation(at: event.time)
        let time = TimeText.date(event.time, zone: zone) + " " + TimeText.timeOfDay(event.time, zone: zone)
        add("time", CleanText("\(time) \(abbreviation)   \(TimeText.relative(event.time, now: context.shownNow))"))
        let status = event.status.map { CleanText(String($0)) + " " } ?? .empty
        add("outcome", event.outcome.symbol(glyphs) + " " + status + CleanText(event.outcome.name), event.outcome.role)
        add(.reason, event.outcome.role)
        add(.client)
        add(.subject)
        add(.token)
        add(.address)
        add(.method)
        add(.host)
        add(.path)
        add(.query)
        add(.route)
        add("latency", event.latency.map { NumberText.duration(microseconds: Int($0)) })
        add("bytes", event.bytes.map { NumberText.bytes(Int($0)) })
        add(.agent)
        add(.referrer)
        add(.requestID)
        add(.node)
        add(.source)
        return fields
    }

    /// The time of day, or the date when it was another day, and how long ago that is.
    private var shortTime: CleanText {
        let zone = context.zone
        let isToday = TimeText.date(event.time, zone: zone) == TimeText.date(context.shownNow, zone: zone)
        let time =
            isToday ? TimeText.timeOfDay(event.time, zone: zone) : ClockText.dayAndMinute(event.time, zone: zone)
        return CleanText(time + "  " + TimeText.relative(event.time, now: context.shownNow))
    }

    /// The fields that don't fit into the table's row, in two columns.
    func drawPane(into frame: inout Frame, in area: Rect, title: CleanText) {
        SectionHeader(title).draw(into: &frame, in: area.row(0))
        let body = area.split(top: 1).rest
        let all = fields(frame.glyphs)
        let short: [CleanText] = ["client", "address", "latency", "bytes"]
        let long: [CleanText] = ["path", "query", "route", "agent", "host"]
        let left = [("time", shortTime, .text)] + short.compactMap { name in all.first { $0.name == name } }
        let right = long.compactMap { name in all.first { $0.name == name } }
        let (leftArea, rightArea) = body.inset(columns: 1).split(left: max(28, body.width * 2 / 5), gap: 2)
        let lines = max(0, body.height - 1)
        draw(left.prefix(lines), into: &frame, in: leftArea, nameWidth: 9)
        draw(right.prefix(lines), into: &frame, in: rightArea, nameWidth: 11)
        if let reason = all.first(where: { $0.name == "reason" }), lines < body.height {
            draw([reason], into: &frame, in: body.inset(columns: 1).split(top: lines).rest, nameWidth: 9)
        }
    }

    /// Every field, long values wrapped.
    func drawFull(into frame: inout Frame, in area: Rect, scroll: Int) {
        SectionHeader("request", note: "esc back").draw(into: &frame, in: area.row(0))
        let body = area.split(top: 1).rest.inset(columns: 1)
        let nameWidth = 12
        let valueWidth = max(1, body.width - nameWidth - 1)
        var lines: [(CleanText?, CleanText, StyleRole)] = []
        for (name, value, role) in fields(frame.glyphs) {
            var rest = value
            var isFirst = true
            repeat {
                let line = rest.prefix(columns: valueWidth)
                lines.append((isFirst ? name : nil, line, role))
                rest = rest.dropFirst(columns: max(1, line.columns))
                isFirst = false
            } while !rest.isEmpty
        }
        let start = min(max(0, scroll), max(0, lines.count - body.height))
        for (row, line) in lines.dropFirst(start).prefix(body.height).enumerated() {
            if let name = line.0 {
                frame.put(name, at: Point(x: body.x, y: body.y + row), style: Style(.dim), width: nameWidth)
            }
            frame.put(
                line.1, at: Point(x: body.x + nameWidth, y: body.y + row), style: Style(line.2), width: valueWidth)
        }
        Scrollbar(total: lines.count, visible: body.height, offset: start)
            .draw(into: &frame, in: area.split(top: 1).rest)
        frame.cursor = body.origin
    }

    private func draw(
        _ fields: some Collection<(name: CleanText, value: CleanText, role: StyleRole)>, into frame: inout Frame,
        in area: Rect, nameWidth: Int
    ) {
        for (row, field) in fields.enumerated() where row < area.height {
            frame.put(field.name, at: Point(x: area.x, y: area.y + row), style: Style(.dim), width: nameWidth)
            frame.put(
                field.value, at: Point(x: area.x + nameWidth, y: area.y + row), style: Style(field.role),
                width: area.width - nameWidth, truncation: .middle)
        }
    }
}
