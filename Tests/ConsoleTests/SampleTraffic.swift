import Domain

/// Traffic that is the same in every run: a quiet API, a client at its limit, and somebody trying passwords.
enum SampleTraffic {
    /// 2026-11-20T11:04:31Z, which is 12:04:31 in the zone of the tests.
    static let now = Timestamp(microseconds: 1_795_172_671_000_000)

    static let zone = TimeZoneTable(
        transitions: [.init(time: .distantPast, offset: 3600, abbreviation: "CET")])

    static let segment = SegmentID(day: now.day, part: 0)

    static var status: StoreStatus {
        var status = StoreStatus()
        status.events = 68_120
        status.oldest = now.advanced(by: -86_400_000_000)
        status.newest = now.advanced(by: -400_000)
        status.heartbeat = now
        status.writer = "ingest, process 4711"
        status.bytes = 3_100_000
        status.nodes = ["edge-1", "edge-2"]
        return status
    }

    static let snapshot = TrafficSnapshot(lengths: [segment: 68_120])

    // MARK: - Events

    private static let requests:
        [(client: String?, method: String, path: String, route: String, status: UInt16, reason: String?)] = [
            ("partner-acme", "GET", "/v1/orders", "/v1/orders", 429, "quota_exceeded:tier"),
            (nil, "POST", "/oauth/token", "/oauth/token", 401, "client_secret_invalid"),
            ("mobile-app", "GET", "/v1/users/42", "/v1/users/{id}", 200, nil),
            ("web-spa", "GET", "/v1/users/77", "/v1/users/{id}", 403, "not_owner"),
            ("mobile-app", "GET", "/v1/orders/9013", "/v1/orders/{id}", 200, nil),
            ("svc-billing", "POST", "/v1/invoices", "/v1/invoices", 201, nil),
            ("svc-search", "GET", "/v1/..%2fadmin", "/v1/{…}", 400, "path_ambiguous"),
            ("mobile-app", "PUT", "/v1/profile", "/v1/profile", 502, "upstream_connect_failed"),
        ]

    /// The newest event is number 0; each is 310 ms older than the one before.
    static func event(_ number: Int) -> AccessEvent {
        let request = requests[number % requests.count]
        var event = AccessEvent(
            id: EventID(segment: segment, ordinal: Int64(68_119 - number)),
            time: now.advanced(by: -400_000 - Int64(number) * 310_000), outcome: Outcome(status: request.status),
            status: request.status, latency: Int64(3100 + number % 7 * 800), bytes: Int64(512 + number % 5 * 300))
        event[.client] = request.client
        event[.method] = request.method
        event[.path] = request.path
        event[.route] = request.route
        event[.reason] = request.reason
        event[.address] = number % 8 == 1 ? "203.0.113.7" : "198.51.100.\(20 + number % 5)"
        event[.agent] = number % 8 == 1 ? "python-requests/2.31" : "okhttp/4.12.0"
        event[.node] = number % 2 == 0 ? "edge-1" : "edge-2"
        event[.source] = "nginx-json"
        event[.requestID] = "5f1c09-\(number)"
        event[.host] = "api.example.com"
        return event
    }

    // MARK: - Overview

    static func overview(_ query: OverviewQuery) -> Overview {
        let step = max(1, Int64(query.window.seconds) / Int64(max(1, query.buckets)))
        var overview = Overview(window: query.window, bucketSeconds: step)
        let count = Int(Int64(query.window.seconds) / step)
        for index in 0..<count {
            let place = Double(index) / Double(count)
            // A hill, a gap of three buckets, and a burst near the end.
            let hill = 0.35 + 0.6 * (1 - (place - 0.4) * (place - 0.4) * 5)
            let burst = place > 0.7 && place < 0.92 ? 1.0 : 0.0
            var counts = OutcomeCounts(
                allowed: Int(max(0.2, hill) * 1000 * Double(step)), unauthenticated: Int(burst * 120 * Double(step)),
                forbidden: Int(3 * step), limited: Int((burst * 180 + 5) * Double(step)), invalid: Int(step),
                failed: index % 17 == 0 ? Int(20 * step) : 0)
            let isGap = index > count / 5 && index < count / 5 + 4
            if isGap { counts = OutcomeCounts() }
            overview.series.append(
                .init(
                    start: query.window.start.advanced(by: Int64(index) * step * 1_000_000), counts: counts,
                    isCovered: !isGap))
            overview.totals += counts
        }
        overview.before = OutcomeCounts(
            allowed: overview.totals.allowed * 9 / 10, unauthenticated: overview.totals.unauthenticated / 4,
            forbidden: overview.totals.forbidden, limited: overview.totals.limited / 2,
            invalid: overview.totals.invalid * 2, failed: overview.totals.failed)
        for number in 0..<1000 { overview.latency.record(Int64(2000 + number * number / 5)) }
        overview.clients = [
            ranked("mobile-app", 183_000, limited: 0, p95: 48_000),
            ranked("partner-acme", 61_200, limited: 7800, p95: 12_000),
            ranked("svc-billing", 29_400, limited: 0, p95: 210_000),
            ranked("svc-search", 23_100, limited: 0, p95: 31_000),
            ranked("web-spa", 19_200, limited: 0, p95: 44_000),
            ranked("partner-globex", 12_300, limited: 300, p95: 9000),
            ranked("", 9000, limited: 0, p95: nil), ranked("batch-export", 900, limited: 0, p95: 900_000),
        ]
        overview.routes = [
            ranked("/v1/orders", 90_000, limited: 7000, p95: 12_000, method: "GET"),
            ranked("/v1/users/{id}", 82_000, limited: 0, p95: 48_000, method: "GET"),
            ranked("/oauth/token", 30_500, limited: 0, p95: 31_000, method: "POST", unauthenticated: 12_000),
            ranked("/v1/profile", 4100, limited: 0, p95: 420_000, method: "PUT"),
            ranked("/admin/reports", 270, limited: 0, p95: 8000, method: "GET", forbidden: 270),
        ]
        overview.addresses = [
            ranked("203.0.113.7", 12_360, limited: 0, p95: 3000, unauthenticated: 12_000),
            ranked("198.51.100.23", 9100, limited: 400, p95: 8000, unauthenticated: 600),
            ranked("2001:db8:40::17", 800, limited: 0, p95: 7000),
        ]
        overview.denials = (0..<40).map { event($0) }.filter { $0.outcome.isDenied }
        return overview
    }

    private static func ranked(
        _ name: String, _ requests: Int, limited: Int, p95: Int64?, method: String? = nil, unauthenticated: Int = 0,
        forbidden: Int = 0
    ) -> Overview.Ranked {
        Overview.Ranked(
            name: name, method: method,
            counts: OutcomeCounts(
                allowed: requests - limited - unauthenticated - forbidden, unauthenticated: unauthenticated,
                forbidden: forbidden, limited: limited),
            latency: p95)
    }
}
