import Domain
import Terminal

/// What a change would have done to recorded traffic, as far as that is known.
struct ReplayLines {
    /// Nil before anything was replayed.
    let replay: ReplayReport?
    let problem: String?
    let isCancelled: Bool
    /// The time that is replayed, in microseconds.
    let duration: Int64
    /// The row whose requests can be looked at.
    var selection = 0
    /// Whether keys go to the rows; then all of them are listed.
    var isChoosing = false
    var glyphs = Glyphs.unicode

    private static let mostRows = 20

    /// How many lines stand before the first row, and how many rows are listed.
    var place: (first: Int, count: Int) {
        guard let replay, problem == nil else { return (0, 0) }
        return (lines(before: replay).count, shown(of: replay).count)
    }

    private func shown(of replay: ReplayReport) -> ArraySlice<ReplayReport.Row> {
        isChoosing ? replay.rows[...] : replay.rows.prefix(max(Self.mostRows, selection + 1))
    }

    var lines: [[Piece]] {
        if let problem { return [[Piece(CleanText("not known: " + problem), .caution)]] }
        guard let replay else {
            if isCancelled { return [[Piece("stopped before anything was replayed", .dim)]] }
            return [[Piece("replaying…  ", .dim), Piece("ctrl-t stops", .faint)]]
        }
        var lines = lines(before: replay) + rows(of: replay)
        let rest = replay.rows.count - shown(of: replay).count
        if rest > 0 { lines.append([Piece("  and " + Counted.text(rest, "more kind"), .dim)]) }
        guard !replay.rows.isEmpty else { return lines }
        if isChoosing {
            lines.append([Piece("up down choose   enter shows the requests", .faint)])
        } else {
            lines.append([
                Piece("ctrl-o shows the requests of " + glyphs.selection + "   shift-tab chooses another", .faint)
            ])
        }
        return lines
    }

    private func lines(before replay: ReplayReport) -> [[Piece]] {
        var lines: [[Piece]] = []
        if !replay.isComplete {
            let share = replay.total > 0 ? Double(replay.requests) / Double(replay.total) : 0
            let state: CleanText = isCancelled ? "stopped at " : "replaying… "
            lines.append([Piece(state + NumberText.percent(min(1, share)), .dim)])
        }
        return lines + counts(of: replay)
    }

    private func counts(of replay: ReplayReport) -> [[Piece]] {
        let perMinute = Double(replay.newlyDenied) / Double(duration / 60_000_000)
        var lines: [[Piece]] = []
        lines.append([
            Piece(CleanText("- newly refused   "), replay.newlyDenied > 0 ? .danger : .dim),
            Piece(Counted.text(replay.newlyDenied, "request"), replay.newlyDenied > 0 ? .danger : .text),
            Piece(
                replay.newlyDenied > 0
                    ? "  of " + Counted.text(replay.refusedClients, "client") + " on "
                        + Counted.text(replay.refusedRoutes, "route") + ", "
                        + NumberText.figures(perMinute) + "/min" : .empty, .dim),
        ])
        lines.append([
            Piece(CleanText("+ newly allowed   "), replay.newlyAllowed > 0 ? .caution : .dim),
            Piece(Counted.text(replay.newlyAllowed, "request"), replay.newlyAllowed > 0 ? .caution : .text),
        ])
        if replay.otherReason > 0 {
            lines.append([
                Piece("~ other reason    ", .dim), Piece(Counted.text(replay.otherReason, "request"), .dim),
            ])
        }
        lines.append([Piece("  of " + Counted.text(replay.requests, "request") + " that were decided again", .dim)])
        if replay.countsLimits {
            if let balance = balance(of: replay) { lines.append([Piece("  " + balance, .text)]) }
            lines.append([Piece("  limits count from nothing at the beginning of that time", .dim)])
        }
        return lines
    }

    /// What another limit comes to, which refuses other requests than the one before; nil where that is plain.
    private func balance(of replay: ReplayReport) -> CleanText? {
        guard replay.newlyDenied > 0, replay.newlyAllowed > 0 else { return nil }
        let more = replay.newlyDenied - replay.newlyAllowed
        return "in all, " + NumberText.grouped(abs(more)) + (more > 0 ? " more " : " fewer ")
            + (abs(more) == 1 ? "request is refused" : "requests are refused")
    }

    private func rows(of replay: ReplayReport) -> [[Piece]] {
        let shown = shown(of: replay)
        let counts = shown.map { NumberText.grouped($0.sample.count) }
        let widest = counts.map(\.columns).max() ?? 0
        return zip(shown, counts).enumerated().map { index, item in
            let (row, count) = item
            let change = row.change
            let indent = CleanText(String(repeating: " ", count: widest - count.columns))
            return [
                Piece(index == selection ? glyphs.selection : " ", isChoosing ? .key : .faint),
                Piece(change.after == .allowed ? "+ " : change.before == .allowed ? "- " : "~ ", .dim),
                Piece(indent + count, .text), Piece("  "),
                Piece(CleanText(change.client ?? "without credentials"), .accent),
                Piece(CleanText("  \(change.method) \(change.route ?? row.sample.path)")),
                Piece(CleanText("  \(change.before.code) → \(change.after.code)"), .dim),
            ]
        }
    }
}
