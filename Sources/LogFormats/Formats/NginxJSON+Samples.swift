import Domain

extension LogFormat.Description {
    static let nginxJSON = LogFormat.Description(
        summary: "nginx, JSON",
        layout: "JSON whose keys are named like nginx's variables",
        samples: [
            LogFormat.Sample(
                #"""
                {"time_local":"21/Nov/2026:19:16:48 +0000","time_iso8601":"2026-11-21T19:16:48+00:00","msec":"1795\#
                288608.363","remote_addr":"127.0.6.2","remote_port":"54529","remote_user":"","request":"GET /admin\#
                 HTTP/1.1","request_method":"GET","request_uri":"/admin","uri":"/admin","server_protocol":"HTTP/1.\#
                1","status":"403","body_bytes_sent":"153","bytes_sent":"303","request_length":"120","request_time"\#
                :"0.000","http_referrer":"","http_user_agent":"Mozilla/5.0","http_x_forwarded_for":"","http_host":\#
                "api.example.test","upstream_addr":"","upstream_status":"","upstream_response_time":"","request_id\#
                ":"b0a4a7ccfeadf6051f4f598dc0370973"}
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795288608363000), outcome: .forbidden, status: 403, latency: 0,
                    bytes: 153,
                    texts: [
                        .address: "127.0.6.2",
                        .method: "GET",
                        .host: "api.example.test",
                        .path: "/admin",
                        .reason: "refused_by_gateway",
                        .agent: "Mozilla/5.0",
                        .requestID: "b0a4a7ccfeadf6051f4f598dc0370973",
                    ]))
        ])
}
