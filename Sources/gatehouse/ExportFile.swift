import Console
import Domain
import Foundation
import Store

/// A view of the console on its way into a file, which must be a new one.
struct ExportFile {
    private static let pageSize = 4096

    private let export: Export
    private let path: String

    init(_ export: Export) {
        self.export = export
        path = export.path.hasPrefix("~/") ? NSHomeDirectory() + export.path.dropFirst() : export.path
    }

    /// Writes the view and returns the number of rows; a file that could not be finished is removed.
    func write(from reader: TrafficReader) throws -> Int {
        // What operators see isn't for everybody on the machine.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure("\(path): \(String(cString: strerror(errno))); choose another name")
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            switch export.view {
            case .overview(let query): return try write(try reader.overview(query), to: file)
            case .rows(let header, let rows): return try write(rows, under: header, to: file)
            case .traffic(let query): return try writeTraffic(query, from: reader, to: file)
            }
        } catch {
            unlink(path)
            throw error
        }
    }

    private func writeTraffic(
        _ query: Question.CountQuery, from reader: TrafficReader, to file: FileHandle
    ) throws -> Int {
        var start = TrafficQuery.Start.oldest
        var rows = 0
        let snapshot = query.snapshot ?? reader.snapshot()
        if export.format == .csv { try file.write(contentsOf: Data((AccessEvent.csvHeader + "\n").utf8)) }
        while true {
            var asked = TrafficQuery(
                start: start, filter: query.filter, limit: Self.pageSize, snapshot: snapshot, now: query.now)
            asked.selection = query.selection
            let page = try reader.page(asked)
            var text = ""
            for event in page.events {
                switch export.format {
                case .csv: text += event.csv + "\n"
                case .json: text += event.json + "\n"
                }
            }
            try file.write(contentsOf: Data(text.utf8))
            rows += page.events.count
            guard !page.reachedEnd, let last = page.events.last else { return rows }
            start = .after(EventPosition(time: last.time, id: last.id))
        }
    }

    private func write(_ rows: [[String]], under header: [String], to file: FileHandle) throws -> Int {
        var text = export.format == .csv ? CSV.row(header) + "\n" : ""
        for row in rows {
            switch export.format {
            case .csv: text += CSV.row(row) + "\n"
            case .json: text += PolicyTree.map(zip(header, row).map { .init($0, .text($1)) }).json + "\n"
            }
        }
        try file.write(contentsOf: Data(text.utf8))
        return rows.count
    }

    private func write(_ overview: Overview, to file: FileHandle) throws -> Int {
        switch export.format {
        case .json:
            try file.write(contentsOf: Data((overview.json + "\n").utf8))
            return 1
        case .csv:
            let lists = [("client", overview.clients), ("route", overview.routes), ("address", overview.addresses)]
            var text = Self.overviewHeader
            for (kind, items) in lists {
                for item in items { text += Self.row(kind, item) }
            }
            try file.write(contentsOf: Data(text.utf8))
            return lists.reduce(0) { $0 + $1.1.count }
        }
    }

    private static let overviewHeader =
        CSV.row(["list", "name", "method", "requests"] + Outcome.allCases.map(\.name) + ["latency_p95_us"]) + "\n"

    private static func row(_ kind: String, _ item: Overview.Ranked) -> String {
        var cells: [String?] = [kind, item.name, item.method, String(item.counts.requests)]
        for outcome in Outcome.allCases { cells.append(String(item.counts[outcome])) }
        cells.append(item.latency.map { String($0) })
        return CSV.row(cells) + "\n"
    }
}
