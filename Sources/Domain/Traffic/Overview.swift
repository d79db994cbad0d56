/// What the Overview screen and `gatehouse overview` ask of the store.
package struct OverviewQuery: Hashable, Sendable {
    /// The window asked for; `start == .distantPast` means from the first event on.
    package var window: TimeWindow
    package var filter: Filter
    /// How many buckets the series may have at most.
    package var buckets: Int
    /// How many rows each list has at most.
    package var rows: Int
    package var clientMetric: Metric
    package var routeMetric: Metric
    package var addressMetric: Metric
    /// How many of the latest denials to bring along.
    package var denials: Int
    /// Leaves out everything that arrived later, so that a paused screen stays as it was; nil for live.
    package var snapshot: TrafficSnapshot?
    /// Against which `since:10m` in the filter is read.
    package var now: Timestamp

    package init(
        window: TimeWindow, filter: Filter = .everything, buckets: Int = 120, rows: Int = 10,
        clientMetric: Metric = .requests, routeMetric: Metric = .requests, addressMetric: Metric = .requests,
        denials: Int = 0,
        snapshot: TrafficSnapshot? = nil, now: Timestamp
    ) {
        self.window = window
        self.filter = filter
        self.buckets = buckets
        self.rows = rows
        self.clientMetric = clientMetric
        self.routeMetric = routeMetric
        self.addressMetric = addressMetric
        self.denials = denials
        self.snapshot = snapshot
        self.now = now
    }
}

/// What a list of clients, routes or addresses is ordered by.
package enum Metric: String, CaseIterable, Sendable {
    case requests, limited, unauthenticated, forbidden, failed, latency

    /// The outcome that the metric counts; nil for requests (all of them) and latency (the 95th percentile).
    package var outcome: Outcome? {
        switch self {
        case .requests, .latency: nil
        case .limited: .limited
        case .unauthenticated: .unauthenticated
        case .forbidden: .forbidden
        case .failed: .failed
        }
    }
}

/// A summary of the traffic in a window.
package struct Overview: Equatable, Sendable {
    /// The window that was answered for, cut to whole buckets.
    package var window: TimeWindow
    package var totals: OutcomeCounts
    /// The same for the window of equal length before; nil when the store doesn't reach back to its start.
    package var before: OutcomeCounts?
    package var latency: LatencyHistogram
    package var latencyBefore: LatencyHistogram?
    /// Seconds in a bucket of the series.
    package var bucketSeconds: Int64
    package var series: [Bucket]
    package var clients: [Ranked]
    package var routes: [Ranked]
    package var addresses: [Ranked]
    /// The newest denied events in the window, newest first.
    package var denials: [AccessEvent]

    package init(window: TimeWindow, bucketSeconds: Int64) {
        self.window = window
        self.bucketSeconds = bucketSeconds
        totals = OutcomeCounts()
        latency = LatencyHistogram()
        series = []
        clients = []
        routes = []
        addresses = []
        denials = []
    }

    package struct Bucket: Equatable, Sendable {
        package var start: Timestamp
        package var counts: OutcomeCounts
        /// Whether any source was being read then: without it, no events means unknown and not zero.
        package var isCovered: Bool

        package init(start: Timestamp, counts: OutcomeCounts, isCovered: Bool) {
            self.start = start
            self.counts = counts
            self.isCovered = isCovered
        }
    }

    /// A client, a route or an address, with its share of the window.
    package struct Ranked: Equatable, Sendable {
        package var name: String
        /// For a route, the request method; nil otherwise or when unknown.
        package var method: String?
        package var counts: OutcomeCounts
        /// The 95th percentile in microseconds; nil when no latency is known.
        package var latency: Int64?
        /// The same item's count of requests in the window before; nil when unknown.
        package var requestsBefore: Int?

        package init(name: String, method: String? = nil, counts: OutcomeCounts, latency: Int64? = nil) {
            self.name = name
            self.method = method
            self.counts = counts
            self.latency = latency
        }
    }
}
