import Domain

// Traefik's access log in JSON (https://doc.traefik.io/traefik/observe/logs-and-access-logs/); its common log format
// is read in CommonLog.swift.

extension JSONTable {
    static let traefik = JSONTable([
        Entry("StartUTC", .time, .rfc3339, rank: 2),
        Entry("StartLocal", .time, .rfc3339, rank: 1),
        Entry("ClientHost", .address, rank: 1),
        Entry("ClientAddr", .forwarded),
        Entry("ClientUsername", .client),
        Entry("RequestMethod", .method),
        Entry("RequestPath", .target),
        Entry("RequestHost", .host, rank: 1),
        Entry("RequestAddr", .host),
        Entry("DownstreamStatus", .status),
        Entry("DownstreamContentSize", .bytes),
        Entry("Duration", .latency, .scaled(power: -3)),
        Entry("OriginStatus", .upstreamStatus),
        Entry("ServiceName", .service),
        Entry("request_User-Agent", .agent),
        Entry("request_Referer", .referrer),
        Entry("request_X-Request-Id", .requestID),
    ])
}

extension LineReader {
    /// Without a service, a middleware or the router itself answered.
    func traefikVerdict(status: UInt16, _ bytes: Span<UInt8>) -> Verdict? {
        guard json[.service] == nil else { return nil }
        return Verdict.withoutUpstream(status: status)
    }
}
