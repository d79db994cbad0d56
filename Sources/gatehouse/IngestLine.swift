import Pipeline
import Terminal

/// One picture of an ingest's progress: a bar if the end is known, the rate, and when it will be done.
struct IngestLine {
    let progress: IngestProgress
    /// Lines a second.
    let rate: Double
    /// Since the start.
    let seconds: Double
    let follows: Bool
    let isUnicode: Bool

    private static let barWidth = 24

    /// The line, cut to a width in columns; what matters least goes first.
    func text(width: Int) -> String {
        var parts = ["\(NumberText.grouped(Int(progress.report.read)).text) lines", rateText]
        if let share {
            parts.insert("\(Int(share * 100)) %", at: 0)
            parts.append(remaining(share))
        }
        if progress.report.unread > 0 {
            parts.append("\(NumberText.grouped(Int(progress.report.unread)).text) unread")
        }
        if follows { parts.insert("following", at: 0) }
        let separator = isUnicode ? " · " : " | "
        while parts.count > 1, parts.joined(separator: separator).unicodeScalars.count > width { parts.removeLast() }
        let text = parts.joined(separator: separator)
        guard let share, text.unicodeScalars.count + Self.barWidth + 1 <= width else {
            return String(String.UnicodeScalarView(text.unicodeScalars.prefix(max(0, width))))
        }
        return bar(share) + " " + text
    }

    private var share: Double? {
        guard let total = progress.totalBytes, total > 0 else { return nil }
        return min(1, Double(progress.inputBytes) / Double(total))
    }

    private var rateText: String { "\(NumberText.si(rate).text) lines/s" }

    private func remaining(_ share: Double) -> String {
        // The first moments say nothing about the rest.
        guard share > 0.01, seconds > 0.5 else { return "…" }
        return "\(NumberText.duration(microseconds: Int(seconds * (1 - share) / share * 1_000_000)).text) left"
    }

    private func bar(_ share: Double) -> String {
        let filled = Int((share * Double(Self.barWidth)).rounded())
        let signs = isUnicode ? ("▓", "░") : ("#", ".")
        return String(repeating: signs.0, count: filled) + String(repeating: signs.1, count: Self.barWidth - filled)
    }
}
