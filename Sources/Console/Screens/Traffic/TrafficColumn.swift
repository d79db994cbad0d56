import Domain
package import Terminal

/// A column of the traffic table: what it is called, how wide it is, what it shows and how it sorts.
package enum TrafficColumn: String, CaseIterable, ChoosableColumn {
    case time, status, client, subject, address, request, method, host, path, query, route, reason
    case latency, bytes, agent, referrer, node, source, token
    case requestID = "request_id"

    package static let standard: [TrafficColumn] = [
        .time, .status, .client, .address, .request, .latency, .reason, .agent,
    ]

    var title: CleanText {
        switch self {
        case .status: "code"
        default: CleanText(rawValue)
        }
    }

    package var id: String { rawValue }

    package var name: CleanText { CleanText(rawValue) }

    package var explanation: CleanText {
        switch self {
        case .time: "when the request was seen"
        case .status: "outcome and HTTP status"
        case .client: "who called, as the gateway knows it"
        case .subject: "the end user a token speaks for"
        case .address: "where the request came from"
        case .request: "method and path"
        case .method: "request method"
        case .host: "the host asked for"
        case .path: "the path as it was sent"
        case .query: "the query, without its secrets"
        case .route: "the path's template"
        case .reason: "why it was refused or failed"
        case .latency: "from the first byte to the last"
        case .bytes: "length of the answer"
        case .agent: "User-Agent"
        case .referrer: "Referer"
        case .node: "the gateway that saw it"
        case .source: "the log's format"
        case .token: "the token's id"
        case .requestID: "the gateway's request id"
        }
    }

    package var table: TableColumn {
        switch self {
        case .time: TableColumn(title, width: .fixed(12))
        case .status: TableColumn(title, width: .fixed(5))
        case .client: TableColumn(title, width: .flexible(12, weight: 2))
        case .subject: TableColumn(title, width: .flexible(10), dropOrder: 5)
        case .address: TableColumn(title, width: .fixed(15), dropOrder: 4, truncation: .middle)
        case .request: TableColumn(title, width: .flexible(22, weight: 6), truncation: .middle)
        case .method: TableColumn(title, width: .fixed(6), dropOrder: 3)
        case .host: TableColumn(title, width: .flexible(12, weight: 2), dropOrder: 6)
        case .path: TableColumn(title, width: .flexible(18, weight: 5), truncation: .middle)
        case .query: TableColumn(title, width: .flexible(10, weight: 2), dropOrder: 6)
        case .route: TableColumn(title, width: .flexible(16, weight: 4), dropOrder: 5, truncation: .middle)
        case .reason: TableColumn(title, width: .flexible(14, weight: 2), dropOrder: 1)
        case .latency: TableColumn(title, width: .fixed(8), align: .right, dropOrder: 3)
        case .bytes: TableColumn(title, width: .fixed(8), align: .right, dropOrder: 5)
        case .agent: TableColumn(title, width: .flexible(16, weight: 2), dropOrder: 7)
        case .referrer: TableColumn(title, width: .flexible(14, weight: 2), dropOrder: 8)
        case .node: TableColumn(title, width: .flexible(8), dropOrder: 6)
        case .source: TableColumn(title, width: .fixed(10), dropOrder: 7)
        case .token: TableColumn(title, width: .fixed(10), dropOrder: 6)
        case .requestID: TableColumn(title, width: .flexible(12), dropOrder: 8, truncation: .middle)
        }
    }

    func cell(for event: AccessEvent, zone: TimeZoneTable, today: String, glyphs: Glyphs) -> TableCell {
        switch self {
        case .time:
            let date = TimeText.date(event.time, zone: zone)
            let isThisYear = date.prefix(4) == today.prefix(4)
            let text =
                date == today
                ? TimeText.timeOfDay(event.time, zone: zone)
                : isThisYear ? ClockText.dayAndMinute(event.time, zone: zone) : date
            return .text(CleanText(text), Style(.dim))
        case .status:
            let code = event.status.map { CleanText(String($0)) } ?? glyphs.absent
            return .pieces([
                Piece(event.outcome.symbol(glyphs), event.outcome.role), Piece(" "), Piece(code, event.outcome.role),
            ])
        case .request:
            return .text(CleanText([event[.method], event[.path]].compactMap { $0 }.joined(separator: " ")))
        case .reason:
            return .text(CleanText(event[.reason] ?? ""), Style(event.outcome.role))
        case .latency:
            return .text(event.latency.map { NumberText.duration(microseconds: Int($0)) } ?? glyphs.absent, Style(.dim))
        case .bytes:
            return .text(event.bytes.map { NumberText.bytes(Int($0)) } ?? glyphs.absent, Style(.dim))
        case .client, .path, .route:
            return text(field.flatMap { event[$0] }, Style(.text), glyphs)
        case .subject, .address, .method, .host, .query, .agent, .referrer, .node, .source, .token, .requestID:
            return text(field.flatMap { event[$0] }, Style(.dim), glyphs)
        }
    }

    private func text(_ value: String?, _ style: Style, _ glyphs: Glyphs) -> TableCell {
        value.map { .text(CleanText($0), style) } ?? .text(glyphs.absent, Style(.faint))
    }

    /// The text field that the column shows as it is; nil for the others.
    var field: TextField? { TextField.allCases.first { $0.name == rawValue } }

    /// The order that sorting by this column asks for.
    func order(descending: Bool) -> TrafficQuery.Order? {
        switch self {
        case .time: .time
        case .status: .number(.status, descending: descending)
        case .latency: .number(.latency, descending: descending)
        case .bytes: .number(.bytes, descending: descending)
        case .request: .text(.path, descending: descending)
        case .client, .subject, .address, .method, .host, .path, .query, .route, .reason, .agent, .referrer, .node,
            .source, .token, .requestID:
            field.map { .text($0, descending: descending) }
        }
    }
}
