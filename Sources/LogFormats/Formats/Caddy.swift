// Caddy's access log (https://caddyserver.com/docs/logging): zap's JSON.
//
// `remote_ip` is the peer; `client_ip` counts only where it is missing, since trusted proxies may be set too wide.

extension JSONTable {
    static let caddy = JSONTable([
        Entry("ts", .time),
        Entry("request.remote_ip", .address, rank: 1),
        Entry("request.client_ip", .address),
        Entry("request.remote_addr", .address),
        Entry("request.method", .method),
        Entry("request.host", .host),
        Entry("request.uri", .target),
        Entry("request.headers.User-Agent", .agent),
        Entry("request.headers.Referer", .referrer),
        Entry("user_id", .client),
        Entry("duration", .latency, .scaled(power: 6)),
        Entry("size", .bytes),
        Entry("status", .status),
        Entry("resp_headers.X-Request-Id", .requestID),
    ])
}
