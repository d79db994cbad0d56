import Domain

extension LineReader {
    /// Reads one line as `readLines` does, and tells what came of it and where each field was.
    mutating func explain(_ line: [UInt8]) -> LineExplanation {
        begin(offset: 0, source: "", now: Timestamp(microseconds: 0))
        startMarking()
        readLines(line.span)
        let format = format
        let marks = takeMarks()
        let parsed = finish(line)
        let events = parsed.batch.rows.enumerated().map { index, row in
            Self.fields(of: row, in: parsed.batch, marks: marks.filter { $0.row == index })
        }
        return LineExplanation(
            format: format, events: events,
            reason: events.isEmpty ? parsed.unread.first.flatMap { UnreadReason(rawValue: $0.reason) } : nil)
    }

    private static func fields(
        of row: EventBatch.Row, in batch: EventBatch, marks: [Mark]
    ) -> [LineExplanation.Field] {
        var values: [(name: String, value: String)] = [("time", TimeText.rfc3339(row.time))]
        for field in TextField.allCases where !row[field].isUnknown && field != .node && field != .source {
            values.append((field.name, String(decoding: batch.bytes(row[field]), as: UTF8.self)))
        }
        if row.status > 0 { values.append(("status", String(row.status))) }
        values.append(("outcome", row.outcome.name))
        if row.latency >= 0 { values.append(("latency_us", String(row.latency))) }
        if row.bytes >= 0 { values.append(("bytes", String(row.bytes))) }
        return values.map { name, value in
            // A field that was put twice holds what was put last.
            let range = marks.last { $0.name == name }?.range
            let raw = range.map { Array(batch.lines[$0]) } ?? []
            return LineExplanation.Field(name: name, columns: range, raw: raw, value: value)
        }
    }
}
