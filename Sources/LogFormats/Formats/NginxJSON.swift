import Domain

// nginx's JSON as most configurations have it: keys named like the variables (https://nginx.org/en/docs/varindex.html),
// or after what they hold.

extension JSONTable {
    static let nginx = JSONTable([
        Entry("msec", .time, rank: 3),
        Entry("time_iso8601", .time, rank: 2),
        Entry("time_local", .time, rank: 1),
        Entry("time", .time),
        Entry("timestamp", .time),
        Entry("@timestamp", .time),
        Entry("remote_addr", .address),
        Entry("remote_user", .client),
        Entry("request", .requestLine),
        Entry("request_method", .method, rank: 1),
        Entry("method", .method),
        Entry("request_uri", .target, rank: 2),
        Entry("uri", .target, rank: 1),
        Entry("path", .target),
        Entry("args", .query, rank: 1),
        Entry("query_string", .query),
        Entry("status", .status),
        Entry("body_bytes_sent", .bytes, rank: 1),
        Entry("bytes_sent", .bytes),
        Entry("request_time", .latency, .scaled(power: 6)),
        Entry("http_host", .host, rank: 2),
        Entry("host", .host, rank: 1),
        Entry("server_name", .host),
        Entry("vhost", .host),
        Entry("http_user_agent", .agent, rank: 1),
        Entry("user_agent", .agent),
        Entry("http_referer", .referrer, rank: 1),
        Entry("http_referrer", .referrer, rank: 1),
        Entry("referer", .referrer),
        Entry("request_id", .requestID, rank: 1),
        Entry("req_id", .requestID),
        Entry("upstream_status", .upstreamStatus),
    ])
}

extension LineReader {
    /// A log that has upstream statuses tells by an empty one that nginx answered by itself.
    func nginxVerdict(status: UInt16) -> Verdict? {
        guard let upstream = json.given(.upstreamStatus), upstream.kind == .unknown else { return nil }
        return Verdict.withoutUpstream(status: status)
    }
}
