import Domain
import Testing

private let event = AccessEvent(
    time: Timestamp(seconds: 1_795_172_000), outcome: .limited, status: 429, latency: 250_000, bytes: nil,
    texts: [
        .client: "acme", .address: "10.1.2.3", .method: "GET", .path: "/v1/users/42", .route: "/v1/users/{id}",
        .host: "API.example", .agent: "curl/8.5", .reason: "quota_exceeded:tier",
    ])

struct FilterMatchingTests {
    @Test(arguments: [
        "", "*", "outcome:limited", "outcome:denied", "status:429", "status:4xx", "status>=400", "status!=200",
        "latency>200ms", "latency:200ms..300ms", "bytes:none", "client:acme", "client:a*e", "client:x,acme",
        "route:/v1/*", "ip:10.0.0.0/8", "ip:10.1.2.3", "ip:10.1.*", "host:api.EXAMPLE", "subject:none",
        "-method:POST", "-subject:x", "since:1h", "until:2026-11-20T11:00Z", "USERS", "curl", "quota", "\"acme\"",
        "status:5xx or client:acme", "-(status:5xx or client:other)", "status:*",
    ])
    func `an event is found by`(filter: String) throws {
        #expect(try parsed(filter).matches(event, now: testNow))
        #expect(try !parsed("-(\(filter.isEmpty ? "*" : filter))").matches(event, now: testNow))
    }

    @Test(arguments: [
        "-*", "outcome:allowed", "status:5xx", "status<400", "bytes>0", "bytes:*", "client:Acme", "client:none",
        "client:acm",
        "subject:*", "subject:x", "ip:192.168.0.0/16", "ip:2001:db8::/32", "since:5m", "until:2026-11-20T08:00Z",
        "example", "nowhere", "client:acme status:200",
    ])
    func `an event is not found by`(filter: String) throws {
        #expect(try !parsed(filter).matches(event, now: testNow))
    }

    @Test func `a moment itself is since and not until`() throws {
        let time = TimeText.shortRFC3339(event.time)
        #expect(try parsed("since:\(time)").matches(event, now: testNow))
        #expect(try !parsed("until:\(time)").matches(event, now: testNow))
    }

    @Test func `normalizing changes no answer`() {
        var random = SeededGenerator(seed: 41)
        for _ in 0..<3000 {
            let filter = randomFilter(depth: 3, using: &random)
            #expect(filter.matches(event, now: testNow) == filter.normalized.matches(event, now: testNow))
        }
    }
}
