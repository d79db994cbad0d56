import Domain
import Terminal

/// An access event as one aligned line of text, with nothing in it that a terminal would obey.
struct EventLine {
    let style: TextStyle
    let zone: TimeZoneTable
    let now: Timestamp

    /// The columns before the path, each with its width.
    private static let widths = (time: 23, method: 6, client: 16, address: 15, latency: 8)

    func text(_ event: AccessEvent) -> String {
        let glyphs = style.glyphs
        let role = ThemeFile.role(of: event.outcome)
        let status = event.status.map { CleanText("\($0)") } ?? glyphs.absent
        var pieces = [
            Piece(column(time(event.time), Self.widths.time), .dim), Piece("  "),
            Piece(column(status, 3), role), Piece(" "),
            Piece(column(CleanText(event.outcome.name), 15), role), Piece("  "),
            Piece(column(text(event[.client]), Self.widths.client), .text), Piece("  "),
            Piece(column(text(event[.address]), Self.widths.address), .dim), Piece("  "),
            Piece(rightColumn(latency(event.latency), Self.widths.latency), .dim), Piece("  "),
            Piece(column(text(event[.method]), Self.widths.method), .dim), Piece(" "),
            Piece(target(event), .text),
        ]
        if let reason = event[.reason] { pieces += [Piece("  "), Piece(CleanText(reason), role)] }
        return style.line(pieces)
    }

    /// The heading over the lines.
    var heading: String {
        style.line([
            Piece(column("time \(zone.abbreviation(at: now))", Self.widths.time), .header), Piece("  "),
            Piece(column("outcome", 19), .header), Piece("  "),
            Piece(column("client", Self.widths.client), .header), Piece("  "),
            Piece(column("address", Self.widths.address), .header), Piece("  "),
            Piece(rightColumn("latency", Self.widths.latency), .header), Piece("  "),
            Piece("request, reason", .header),
        ])
    }

    private func time(_ time: Timestamp) -> CleanText {
        CleanText(TimeText.dateAndTime(time, zone: zone, decimals: 3))
    }

    private func latency(_ latency: Int64?) -> CleanText {
        latency.map { NumberText.duration(microseconds: Int($0)) } ?? style.glyphs.absent
    }

    private func target(_ event: AccessEvent) -> CleanText {
        let path = text(event[.path])
        guard let query = event[.query] else { return path }
        return path + "?" + CleanText(query)
    }

    private func text(_ text: String?) -> CleanText { text.map { CleanText($0) } ?? style.glyphs.absent }

    /// Longer text pushes the line out where nothing is lost by it, and is cut on a terminal.
    private func column(_ text: CleanText, _ width: Int) -> CleanText {
        let shown = style.width == nil ? text : text.truncated(to: width, .middle, ellipsis: style.glyphs.ellipsis)
        return shown + CleanText(String(repeating: " ", count: max(0, width - shown.columns)))
    }

    private func rightColumn(_ text: CleanText, _ width: Int) -> CleanText {
        CleanText(String(repeating: " ", count: max(0, width - text.columns))) + text
    }
}
