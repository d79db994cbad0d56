import Domain
import LogFormats
import Testing

/// What single lines mean.
@Suite struct SemanticTests {
    private func combined(
        _ request: String = "GET / HTTP/1.1", status: String = "200", address: String = "192.0.2.1",
        time: String = "21/Nov/2026:19:16:48 +0000"
    ) -> String {
        #"\#(address) - - [\#(time)] "\#(request)" \#(status) 5 "-" "curl/8""#
    }

    @Test(arguments: [
        ("GET /a?b=c HTTP/1.1", "GET", nil, "/a", "b=c"),
        ("GET /a?b?c HTTP/2.0", "GET", nil, "/a", "b?c"),
        ("PROPFIND /dav/a b/c HTTP/1.1", "PROPFIND", nil, "/dav/a b/c", nil),
        ("GET http://user:pw@api.test:8080/x?y HTTP/1.1", "GET", "api.test:8080", "/x", "y"),
        ("CONNECT api.test:443 HTTP/1.1", "CONNECT", "api.test:443", "api.test:443", nil),
        ("OPTIONS * HTTP/1.1", "OPTIONS", nil, "*", nil),
        ("GET /old", "GET", nil, "/old", nil),
        ("-", nil, nil, nil, nil),
        ("", nil, nil, nil, nil),
        ("batman", nil, nil, "batman", nil),
        (#"\x16\x03\x01"#, nil, nil, "\u{16}\u{3}\u{1}", nil),
        ("HELLO WORLD", nil, nil, "HELLO WORLD", nil),
        (#"GET /a\"b HTTP/1.1"#, "GET", nil, "/a\"b", nil),
        (#"GET /a"b HTTP/1.1"#, "GET", nil, "/a\"b", nil),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG / HTTP/1.1", nil, nil, "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG / HTTP/1.1", nil),
    ])
    func `a request line gives method, host, path and query`(
        line: String, method: String?, host: String?, path: String?, query: String?
    ) throws {
        let event = try #require(events(combined(line)).first)
        #expect(event[.method] == method)
        #expect(event[.host] == host)
        #expect(event[.path] == path)
        #expect(event[.query] == query)
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("2001:DB8:0:0::1", "2001:db8::1"), ("::ffff:192.0.2.7", "192.0.2.7"),
        ("::1", "::1"), ("client.example.test", "client.example.test"), ("fe80::1%eth0", "fe80::1"),
    ])
    func `addresses are canonical`(given: String, address: String) {
        #expect(events(combined(address: given)).first?[.address] == address)
    }

    @Test(arguments: [
        ("21/Nov/2026:19:16:48 +0000", "2026-11-21T19:16:48.000000Z"),
        ("21/Nov/2026:19:16:48 +0330", "2026-11-21T15:46:48.000000Z"),
        ("21/Nov/2026:19:16:48.677 -0800", "2026-11-22T03:16:48.677000Z"),
        ("29/Feb/2024:23:59:60 +0000", "2024-03-01T00:00:00.000000Z"),
        ("29/Aug/2023 22:02:58", "2023-08-29T20:02:58.000000Z"),
        ("2026-11-21T19:16:48+01:00", "2026-11-21T18:16:48.000000Z"),
    ])
    func `times are read with their zone, and without one as local`(given: String, time: String) throws {
        let line = combined(time: given)
        let event = events(line, localOffset: 7200).first
        if given.contains("T") {
            #expect(event == nil)
        } else {
            #expect(event.map { TimeText.rfc3339($0.time) } == time)
        }
    }

    @Test(arguments: [
        ("30/Feb/2026:19:16:48 +0000", "bad_time"), ("21/Nov/2026:25:16:48 +0000", "bad_time"),
        ("21/Nop/2026:19:16:48 +0000", "bad_time"), ("21/Nov/1826:19:16:48 +0000", "time_out_of_range"),
        ("21/Nov/9026:19:16:48 +0000", "time_out_of_range"),
    ])
    func `impossible times are refused with a reason`(given: String, reason: String) {
        #expect(reasons(combined(time: given)) == [reason])
    }

    @Test func `lines that are cut off say so, unless only the user agent is missing`() {
        let line = combined("GET /v1/users HTTP/1.1")
        #expect(reasons(String(line.prefix(60))) == ["truncated"])
        #expect(reasons(combined(status: "2x0")) == ["bad_status"])
        #expect(events(String(line.dropLast(3))).first?[.agent] == "curl")
    }

    @Test(arguments: [
        ("401", Outcome.unauthenticated, nil), ("403", .forbidden, nil), ("404", .allowed, nil), ("429", .limited, nil),
        ("444", .forbidden, "dropped_by_gateway"), ("495", .unauthenticated, "certificate_invalid"),
        ("499", .allowed, "client_aborted"), ("500", .failed, nil), ("-", .failed, nil), ("000", .failed, nil),
    ])
    func `a status has its outcome, and nginx's own have a reason`(status: String, outcome: Outcome, reason: String?) {
        let event = events(combined(status: status)).first
        #expect(event?.outcome == outcome)
        #expect(event?[.reason] == reason)
    }

    @Test func `who a gateway authenticated is the client`() {
        let line = #"192.0.2.1 - maria [x] [21/Nov/2026:19:16:48 +0000] "GET / HTTP/1.1" 200 5"#
        #expect(events(line).first?[.client] == "maria [x]")
    }

    @Test(arguments: [
        ("UAEX", "403", "-", Outcome.forbidden, "external_authorizer_denied"),
        ("UAEX", "401", "-", .unauthenticated, "external_authorizer_denied"),
        ("RL", "429", "-", .limited, "rate_limited"), ("DC", "0", "-", .allowed, "client_aborted"),
        ("UF,URX", "503", "-", .failed, "upstream_connection_failed"), ("NR", "404", "-", .allowed, "no_route"),
        ("-", "401", "jwt_authn_access_denied{Jwt_is_expired}", .unauthenticated, "token_expired"),
        ("-", "403", "rbac_access_denied_matched_policy[x]", .forbidden, "rbac_denied"),
    ])
    func `Envoy's flags and details refine the outcome`(
        flags: String, status: String, details: String, outcome: Outcome, reason: String
    ) {
        let line = """
            {"start_time":"2026-11-21T19:16:50.859Z","response_code":\(status),"response_flags":"\(flags)",\
            "response_code_details":"\(details)","method":"GET","path":"/","downstream_remote_address":"[::1]:44719"}
            """
        let event = events(line).first
        #expect(event?.outcome == outcome)
        #expect(event?[.reason] == reason)
        #expect(event?[.address] == "::1")
    }

    @Test(arguments: [
        ("PR--", "403", Outcome.forbidden, "refused_by_gateway"), ("PR--", "429", .limited, "rate_limited"),
        ("PT--", "500", .forbidden, "tarpitted"), ("CD--", "-1", .allowed, "client_aborted"),
        ("sH--", "504", .failed, "upstream_timeout"), ("SC--", "503", .failed, "upstream_connection_failed"),
    ])
    func `HAProxy's termination state refines the outcome`(
        state: String, status: String, outcome: Outcome, reason: String
    ) {
        let line = """
            2001:db8::1:57007 [21/Nov/2026:19:27:23.677] fe be/s1 0/0/0/1/2 \(status) 192 - - \(state) 1/1/0/0/0 0/0 \
            {Basic dXNlcjpw|curl/8.5} "GET /a#22b HTTP/1.1"
            """
        let event = events(line).first
        #expect(event?.outcome == outcome)
        #expect(event?[.reason] == reason)
        #expect(event?[.address] == "2001:db8::1")
        #expect(event?[.path] == "/a\"b")
        #expect(event?[.agent] == "curl/8.5")
    }

    @Test(arguments: [
        ("THROTTLED", "429", Outcome.limited, "rate_limited"), ("QUOTA_EXCEEDED", "429", .limited, "quota_exceeded"),
        ("WAF_FILTERED", "403", .forbidden, "waf_blocked"),
        ("ACCESS_DENIED", "403", .forbidden, "external_authorizer_denied"),
        ("EXPIRED_TOKEN", "403", .unauthenticated, "token_expired"),
        ("INVALID_API_KEY", "403", .unauthenticated, "api_key_invalid"),
        ("INTEGRATION_TIMEOUT", "504", .failed, "upstream_timeout"),
    ])
    func `API Gateway's errors refine the outcome, and its API keys are not kept`(
        type: String, status: String, outcome: Outcome, reason: String
    ) {
        let line = """
            {"requestId":"1","requestTimeEpoch":1795288608368,"httpMethod":"GET","path":"/","status":"\(status)",\
            "identity":{"sourceIp":"192.0.2.1","apiKey":"s3cret"},"error":{"responseType":"\(type)"}}
            """
        let event = events(line).first
        #expect(event?.outcome == outcome)
        #expect(event?[.reason] == reason)
        // SHA-256 of "s3cret" begins with these digits.
        #expect(event?[.client] == "key:1ec1c26b50d5")
    }

    @Test func `JSON escapes are undone, also Apache's, and broken ones stay`() {
        let line = #"""
            {"time":"2026-11-21T19:27:02.896+0000","remoteIP":"192.0.2.1","method":"GET","request":"/a\/\u00e9\ud83d\ude00",\#
            "status":"200","userAgent":"\x1b[2J\"\ud800\q"}
            """#
        let event = events(line).first
        #expect(event?[.path] == "/a/é😀")
        #expect(event?[.agent] == "\u{1b}[2J\"\u{FFFD}\\q")
    }

    @Test func `of a key that comes twice, the first value counts`() {
        let line = #"{"ts":1795289218.5,"request":{"uri":"/a","uri":"/b"},"status":200,"status":500}"#
        #expect(events(line).map { $0[.path] } == ["/a"])
        #expect(events(line).map(\.status) == [200])
    }

    @Test func `an array of objects counts each, and what is broken is one unread line`() {
        let one =
            #"{"started_at":1795288608389,"client_ip":"192.0.2.1","request":{"uri":"/"},"response":{"status":200}}"#
        var parser = parser()
        let parsed = parser.parse(Array("[\(one), \(one),{\"x\":1}]\n[\(one),{\"started\n".utf8), offset: 0)
        #expect(parsed.lineCount == 5)
        #expect(parsed.batch.rows.map(\.offset) == [1, 1 + Int64(one.utf8.count) + 2, Int64(one.utf8.count) * 2 + 14])
        #expect(parsed.unread.map(\.reason) == ["no_format", "truncated"])
    }

    @Test(arguments: [
        "Nov 21 19:16:48 edge-1 nginx: ", "<190>Nov 21 19:16:48 edge-1 nginx[77]: ", "<190>Nov  1 19:16:48 nginx: ",
        "2026-11-21T19:16:48.368+01:00 edge-1 nginx: ", "<30>1 2026-11-21T19:16:48Z edge-1 nginx 77 - - ",
        "2026-11-21T19:16:48.368123456Z stdout F ", "nginx-1  | ",
    ])
    func `what a shipper puts before a line is skipped`(head: String) {
        let text = (1...3).map { head + combined("GET /\($0) HTTP/1.1") }.joined(separator: "\n")
        #expect(events(text).map { $0[.path] } == ["/1", "/2", "/3"])
        #expect(events(text).first.map { TimeText.rfc3339($0.time) } == "2026-11-21T19:16:48.000000Z")
    }

    @Test func `Traefik's and Envoy's unescaped quotes stay in the user agent`() {
        let traefik =
            #"192.0.2.1 - - [21/Nov/2026:19:26:53 +0000] "GET / HTTP/1.1" 200 9 "-" "a" 7 "b" 2 "r@file" "-" 3ms"#
        #expect(events(traefik).first?[.agent] == #"a" 7 "b"#)
        let envoy = #"""
            [2026-11-21T19:16:50.859Z] "GET / HTTP/1.1" 200 - 0 19 3 - "192.0.2.1" "a" "b" "c" "id-1" "api.test" "-"
            """#
        #expect(events(envoy).first?[.agent] == #"a" "b" "c"#)
        #expect(events(envoy).first?[.requestID] == "id-1")
    }
}
