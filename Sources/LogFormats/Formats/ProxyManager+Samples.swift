import Domain

extension LogFormat.Description {
    static let nginxProxyManager = LogFormat.Description(
        summary: "Nginx Proxy Manager",
        layout: #"`[time] status - METHOD scheme host "uri" [Client address] [Length bytes] … "agent" "referrer"`"#,
        samples: [
            LogFormat.Sample(
                #"""
                [24/Jan/2022:16:51:02 +0000] - 404 404 - GET http openresty.local "/sdfdsf" [Client 1.2.3.4] [Leng\#
                th 192] [Gzip 3.10] [Sent-to openresty] "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML\#
                , like Gecko) Chrome/96.0.4664.110 Safari/537.36" "-"
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1643043062000000), outcome: .allowed, status: 404, bytes: 192,
                    texts: [
                        .address: "1.2.3.4",
                        .method: "GET",
                        .host: "openresty.local",
                        .path: "/sdfdsf",
                        .agent:
                            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
                            + " Chrome/96.0.4664.110 Safari/537.36",
                    ])),
            LogFormat.Sample(
                #"""
                [01/Oct/2025:14:32:15 +0000] HIT 200 200 - GET https example.com "/api/users" [Client 192.168.1.10\#
                0] [Length 1543] [Gzip 2.45] [Sent-to 10.0.0.15:8080] "Mozilla/5.0 (Windows NT 10.0; Win64; x64) A\#
                ppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.0.0 Safari/537.36" "https://example.com/dashboa\#
                rd"
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1759329135000000), outcome: .allowed, status: 200, bytes: 1543,
                    texts: [
                        .address: "192.168.1.100",
                        .method: "GET",
                        .host: "example.com",
                        .path: "/api/users",
                        .agent:
                            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like"
                            + " Gecko) Chrome/118.0.0.0 Safari/537.36",
                        .referrer: "https://example.com/dashboard",
                    ])),
            LogFormat.Sample(
                #"""
                [10/Feb/2024:21:23:40 +0100] wings.example.com 192.168.1.101 0.002 "GET / HTTP/1.1" 401 77 935 - U\#
                ptime-Kuma/1.23.11
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1707596620000000), outcome: .unauthenticated, status: 401,
                    latency: 2000, bytes: 77,
                    texts: [
                        .address: "192.168.1.101",
                        .method: "GET",
                        .host: "wings.example.com",
                        .path: "/",
                        .agent: "Uptime-Kuma/1.23.11",
                    ])),
        ])
}
