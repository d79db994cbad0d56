import Domain
import Foundation
import LogFormats

/// The folder of real logs, beside the tests' sources.
func fixture(_ path: String) throws -> [UInt8] {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: tests.appending(path: "Fixtures/logs/\(path)")))
}

/// A parser for a log in UTC on no named node.
func parser(_ choice: LogParser.Choice = .automatic, localOffset: Int = 0) -> LogParser {
    LogParser(choice: choice, node: "", localOffset: localOffset, now: Timestamp(seconds: 1_800_000_000))
}

/// The events that a text is read as.
func events(_ text: String, _ choice: LogParser.Choice = .automatic, localOffset: Int = 0) -> [AccessEvent] {
    var parser = parser(choice, localOffset: localOffset)
    return parser.parse(Array(text.utf8), offset: 0).events
}

/// The reasons why a text's lines were not understood.
func reasons(_ text: String, _ choice: LogParser.Choice = .automatic) -> [String] {
    var parser = parser(choice)
    return parser.parse(Array(text.utf8), offset: 0).unread.map(\.reason)
}

extension LogParser.Parsed {
    var events: [AccessEvent] {
        batch.rows.map { row in
            var texts: [TextField: String] = [:]
            for field in TextField.allCases where !row[field].isUnknown {
                texts[field] = String(decoding: batch.bytes(row[field]), as: UTF8.self)
            }
            return AccessEvent(
                time: row.time, outcome: row.outcome, status: row.status == 0 ? nil : row.status,
                latency: row.latency < 0 ? nil : row.latency, bytes: row.bytes < 0 ? nil : row.bytes, texts: texts)
        }
    }
}
