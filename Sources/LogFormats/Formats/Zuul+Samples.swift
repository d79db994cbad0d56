import Domain

extension LogFormat.Description {
    static let zuul = LogFormat.Description(
        summary: "Netflix Zuul",
        layout: "19 fields separated by tabs",
        samples: [
            LogFormat.Sample(
                #"""
                2026-11-21T19:16:48.368	127.0.8.32	7001	GET	/get?x=http://example.com%2f@evil.com/	200	1000	545	85\#
                a13157-e9bb-6047-90df-adb3b2830335	-	"example.com"	"-"	"http"	"-"	"-"	"OWASP CRS test agent"	"-"	"\#
                -"	"application/json"
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795288608368000), outcome: .allowed, status: 200, latency: 1000,
                    bytes: 545,
                    texts: [
                        .address: "127.0.8.32",
                        .method: "GET",
                        .host: "example.com",
                        .path: "/get",
                        .query: "x=http://example.com%2f@evil.com/",
                        .agent: "OWASP CRS test agent",
                        .requestID: "85a13157-e9bb-6047-90df-adb3b2830335",
                    ]))
        ])
}
