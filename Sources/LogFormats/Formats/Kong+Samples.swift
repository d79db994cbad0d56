import Domain

extension LogFormat.Description {
    static let kong = LogFormat.Description(
        summary: "Kong, file-log and http-log plugins",
        layout: "a JSON object a line, or arrays of them",
        samples: [
            LogFormat.Sample(
                #"""
                {"request": {"id": "7813cb7025ab3af89a99b88d30ed03d2", "uri": "/admin", "method": "GET", "headers"\#
                : {"host": "api.example.test", "user-agent": "Mozilla/5.0", "connection": "close"}, "size": 120}, \#
                "upstream_status": "", "response": {"status": 403, "size": 303}, "latencies": {"kong": 0, "proxy":\#
                 -1, "request": 0, "receive": 0}, "tries": [], "client_ip": "127.0.6.2", "started_at": 17952886083\#
                89, "source": "kong"}
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795288608389000), outcome: .forbidden, status: 403, latency: 0,
                    bytes: 303,
                    texts: [
                        .address: "127.0.6.2",
                        .method: "GET",
                        .host: "api.example.test",
                        .path: "/admin",
                        .reason: "refused_by_gateway",
                        .agent: "Mozilla/5.0",
                        .requestID: "7813cb7025ab3af89a99b88d30ed03d2",
                    ])),
            LogFormat.Sample(
                #"""
                {"request": {"id": "1fcd9e7e5cf6f7b3a168cfddbbae1741", "uri": "/2.0/files/47278#update_shared_link\#
                ", "method": "PUT", "headers": {"host": "api.example.test", "user-agent": "Mozilla/5.0 (Windows NT\#
                 6.1; WOW64; rv:32.0) Gecko/20100101 Firefox/32.0", "connection": "close", "accept": "application/\#
                json"}, "size": 535}, "upstream_status": "200", "response": {"status": 200, "size": 687}, "latenci\#
                es": {"kong": 0, "proxy": 1, "request": 0, "receive": 0}, "tries": [{"ip": "127.0.0.1", "port": 18\#
                080, "balancer_start": 1795288608417, "balancer_start_ns": 1.795288608417e+18, "balancer_latency":\#
                 0, "balancer_latency_ns": 17664, "keepalive": true}], "client_ip": "127.0.4.38", "started_at": 17\#
                95288608417, "source": "upstream", "consumer": {"id": "40b47944-467d-e1ea-665a-e867d6af9397", "use\#
                rname": "client-0438", "custom_id": "client-0438", "created_at": 1795000000, "updated_at": 1795000\#
                000}, "authenticated_entity": {"id": "4674483b-b4e9-605b-6b0c-691660049142", "consumer_id": "40b47\#
                944-467d-e1ea-665a-e867d6af9397"}}
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795288608417000), outcome: .allowed, status: 200, latency: 0,
                    bytes: 687,
                    texts: [
                        .client: "client-0438",
                        .address: "127.0.4.38",
                        .method: "PUT",
                        .host: "api.example.test",
                        .path: "/2.0/files/47278#update_shared_link",
                        .agent: "Mozilla/5.0 (Windows NT 6.1; WOW64; rv:32.0) Gecko/20100101 Firefox/32.0",
                        .requestID: "1fcd9e7e5cf6f7b3a168cfddbbae1741",
                    ])),
        ])
}
