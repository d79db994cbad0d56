import Domain
import Pipeline
import Terminal

/// What came of an ingest, in one line.
enum IngestSummary {
    static func text(_ report: IngestReport) -> String {
        var text = "read \(grouped(report.read)) \(report.read == 1 ? "line" : "lines"): "
        text += "\(grouped(report.stored)) stored, \(grouped(report.unread)) unread, "
        text += "\(grouped(report.duplicates)) \(report.duplicates == 1 ? "duplicate" : "duplicates")"
        text += " in \(NumberText.duration(microseconds: Int(report.seconds * 1_000_000)).text)"
        if let rate = rate(report.read - report.duplicates, seconds: report.seconds) { text += ", \(rate)" }
        if report.unread > 0 { text += "; `gatehouse formats explain` tells why lines are unread" }
        return text
    }

    static func json(_ report: IngestReport) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("read", report.read)
            writer.member("stored", report.stored)
            writer.member("unread", report.unread)
            writer.member("duplicates", report.duplicates)
            writer.name("seconds")
            writer.number((report.seconds * 1000).rounded() / 1000)
        }
        return writer.text
    }

    /// Lines a second; nil when there is too little to tell.
    static func rate(_ lines: Int64, seconds: Double) -> String? {
        guard lines > 0, seconds > 0.001 else { return nil }
        return "\(NumberText.si(Double(lines) / seconds).text) lines/s"
    }

    static func grouped(_ count: Int64) -> String { NumberText.grouped(Int(count)).text }
}
