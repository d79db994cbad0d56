import Domain

/// The lists that a summary keeps; the raw values are stored.
enum SummaryList: Int, CaseIterable {
    case clients = 0
    case routes = 1
    case addresses = 2

    var field: TextField {
        switch self {
        case .clients: .client
        case .routes: .route
        case .addresses: .address
        }
    }

    /// The key of an item: its text's id; for a route, with the method's id beside it.
    static func routeKey(route: Int64, method: Int64) -> UInt64 {
        UInt64(truncatingIfNeeded: route) << 32 | UInt64(truncatingIfNeeded: method)
    }
}
