/// A field of an access event that holds text.
///
/// The raw values are stored; they never change, and a new field takes the next one.
package enum TextField: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case node = 0
    case source = 1
    case client = 2
    case subject = 3
    case token = 4
    case address = 5
    case method = 6
    case host = 7
    case path = 8
    case query = 9
    case route = 10
    case reason = 11
    case agent = 12
    case referrer = 13
    case requestID = 14

    package static let count = 15

    /// The field's name in JSON, CSV, filters and SQL.
    package var name: String {
        switch self {
        case .node: "node"
        case .source: "source"
        case .client: "client"
        case .subject: "subject"
        case .token: "token"
        case .address: "address"
        case .method: "method"
        case .host: "host"
        case .path: "path"
        case .query: "query"
        case .route: "route"
        case .reason: "reason"
        case .agent: "agent"
        case .referrer: "referrer"
        case .requestID: "request_id"
        }
    }
}

/// A field of an access event that holds a number.
package enum NumberField: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case status = 0
    case latency = 1
    case bytes = 2

    /// The field's name in filters.
    package var name: String {
        switch self {
        case .status: "status"
        case .latency: "latency"
        case .bytes: "bytes"
        }
    }
}
