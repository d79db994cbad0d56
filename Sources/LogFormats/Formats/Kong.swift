import Domain

// Kong's file-log and http-log plugins (https://developer.konghq.com/plugins/file-log/).
//
// The consumer is the client; its headers, which may hold keys, are left alone but for host, agent and referrer.

extension JSONTable {
    static let kong = JSONTable([
        Entry("started_at", .time, .epoch(power: 3)),
        Entry("client_ip", .address),
        Entry("request.method", .method),
        Entry("request.uri", .target),
        Entry("request.id", .requestID),
        Entry("request.headers.host", .host),
        Entry("request.headers.user-agent", .agent),
        Entry("request.headers.referer", .referrer),
        Entry("response.status", .status),
        Entry("response.size", .bytes),
        Entry("latencies.request", .latency, .scaled(power: 3)),
        Entry("upstream_status", .upstreamStatus),
        Entry("tries", .upstreamTries),
        Entry("consumer.username", .client, rank: 3),
        Entry("consumer.custom_id", .client, rank: 2),
        Entry("authenticated_entity.consumer_id", .client, rank: 1),
    ])
}

extension LineReader {
    /// Without an upstream's status and without a try to reach one, the answer was Kong's own; a log of a Kong that is
    /// too old to have either field tells nothing.
    func kongVerdict(status: UInt16, _ bytes: Span<UInt8>) -> Verdict? {
        let tries = json.given(.upstreamTries)
        guard json[.upstreamStatus] == nil, tries != nil || json.given(.upstreamStatus) != nil else { return nil }
        guard tries?.kind == .array else { return Verdict.withoutUpstream(status: status) }
        guard status >= 500 else { return nil }
        return Verdict(nil, status == 504 ? .upstreamTimeout : .upstreamConnectionFailed)
    }
}
