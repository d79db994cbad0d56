import Domain

// Envoy's access log in JSON, with the keys of its own documentation and of Istio's default.

extension JSONTable {
    static let envoy = JSONTable([
        Entry("start_time", .time),
        Entry("response_code", .status),
        Entry("method", .method),
        Entry("path", .target, rank: 1),
        Entry("x-envoy-original-path", .target, rank: 2),
        Entry("authority", .host),
        Entry("downstream_remote_address", .address),
        Entry("x_forwarded_for", .forwarded),
        Entry("bytes_sent", .bytes),
        Entry("duration", .latency, .scaled(power: 3)),
        Entry("user_agent", .agent),
        Entry("referer", .referrer),
        Entry("request_id", .requestID),
        Entry("response_flags", .flags),
        Entry("response_code_details", .details),
    ])
}

extension LineReader {
    func envoyVerdict(status: UInt16, _ bytes: Span<UInt8>) -> Verdict? {
        let flags = json[.flags].map { $0.start..<$0.end } ?? 0..<0
        let details = json[.details].map { $0.start..<$0.end } ?? 0..<0
        return EnvoyVerdict.verdict(status: status, flags: flags, details: details, bytes)
    }
}
