/// A field of an access event as JSON and CSV have it, in the order of the `gatehouse traffic` contract.
package enum EventColumn: Hashable, Sendable {
    case time
    case text(TextField)
    case status
    case outcome
    case latency
    case bytes

    package static let all: [EventColumn] = [
        .time, .text(.node), .text(.source), .text(.client), .text(.subject), .text(.token), .text(.address),
        .text(.method), .text(.host), .text(.path), .text(.query), .text(.route), .status, .outcome, .text(.reason),
        .latency, .bytes, .text(.agent), .text(.referrer), .text(.requestID),
    ]

    package var name: String {
        switch self {
        case .time: "time"
        case .text(let field): field.name
        case .status: "status"
        case .outcome: "outcome"
        case .latency: "latency_us"
        case .bytes: "bytes"
        }
    }
}

extension AccessEvent {
    /// The event as one line of JSON; unknown is null.
    package var json: String {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.text
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            for column in EventColumn.all {
                switch column {
                case .time: writer.member(column.name, TimeText.rfc3339(time))
                case .text(let field): writer.member(column.name, self[field])
                case .status: writer.member(column.name, status)
                case .outcome: writer.member(column.name, outcome.name)
                case .latency: writer.member(column.name, latency)
                case .bytes: writer.member(column.name, bytes)
                }
            }
        }
    }

    /// The names of the columns as a line of CSV, without its end.
    package static var csvHeader: String { CSV.row(EventColumn.all.map(\.name)) }

    /// The event as a line of CSV, without its end; unknown is empty.
    package var csv: String {
        CSV.row(
            EventColumn.all.map { column in
                switch column {
                case .time: TimeText.rfc3339(time)
                case .text(let field): self[field]
                case .status: status.map { String($0) }
                case .outcome: outcome.name
                case .latency: latency.map { String($0) }
                case .bytes: bytes.map { String($0) }
                }
            })
    }
}
