import Domain

extension LogFormat.Description {
    static let envoyJSON = LogFormat.Description(
        summary: "Envoy and Istio, JSON",
        layout: "flat JSON with `start_time`, `response_code`, `response_flags`, …",
        samples: [
            LogFormat.Sample(
                #"""
                {"authority":"api.example.test","bytes_received":0,"bytes_sent":19,"connection_termination_details\#
                ":null,"downstream_local_address":"127.0.0.1:18082","downstream_remote_address":"127.0.6.2:44719",\#
                "duration":0,"method":"GET","path":"/admin","protocol":"HTTP/1.1","request_id":"98f9f306-051a-46fc\#
                -bf6c-9c6b1a6c481e","response_code":403,"response_code_details":"rbac_access_denied_matched_policy\#
                [deny-admin]","response_flags":"-","route_name":"all","start_time":"2026-11-21T19:16:50.859Z","ups\#
                tream_cluster":"up","upstream_host":null,"upstream_service_time":null,"user_agent":"Mozilla/5.0","\#
                x_forwarded_for":"127.0.6.2"}
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795288610859000), outcome: .forbidden, status: 403, latency: 0,
                    bytes: 19,
                    texts: [
                        .address: "127.0.6.2",
                        .method: "GET",
                        .host: "api.example.test",
                        .path: "/admin",
                        .reason: "rbac_denied",
                        .agent: "Mozilla/5.0",
                        .requestID: "98f9f306-051a-46fc-bf6c-9c6b1a6c481e",
                    ]))
        ])
}
