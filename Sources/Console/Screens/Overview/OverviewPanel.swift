import Domain
import Terminal

/// A part of the Overview that can have the focus.
enum OverviewPanel: CaseIterable, Sendable {
    case chart, clients, routes, addresses, denials

    /// The lists, which have a metric.
    static let lists: [OverviewPanel] = [.clients, .routes, .addresses]

    var title: CleanText {
        switch self {
        case .chart: "requests"
        case .clients: "clients"
        case .routes: "routes"
        case .addresses: "addresses"
        case .denials: "latest denials"
        }
    }

    /// What one row is.
    var rowTitle: CleanText {
        switch self {
        case .chart: "time"
        case .clients: "client"
        case .routes: "route"
        case .addresses: "address"
        case .denials: "request"
        }
    }
}

/// Identifies a row of a list across refreshes.
struct RankedID: Hashable, Sendable {
    var method: String?
    var name: String
}

extension Overview.Ranked {
    var id: RankedID { RankedID(method: method, name: name) }

    /// What the metric says of this row; latency in microseconds.
    func value(of metric: Metric) -> Double? {
        switch metric {
        case .requests: Double(counts.requests)
        case .latency: latency.map(Double.init)
        case .limited, .unauthenticated, .forbidden, .failed: metric.outcome.map { Double(counts[$0]) }
        }
    }
}
